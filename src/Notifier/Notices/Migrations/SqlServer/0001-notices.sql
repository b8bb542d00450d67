-- The same tables as 0001-notices.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the collation of the
-- database.
CREATE TABLE alert_event (
    id           bigint NOT NULL PRIMARY KEY,
    unit         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    year         bigint NOT NULL,
    version      bigint NOT NULL,
    published_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    colour       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    silenced_by  varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    taken_at     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    is_late      bigint NOT NULL,
    payload      nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (unit, indicator, year, version, published_at)
);

CREATE TABLE history_position (
    id           bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    publication  bigint NOT NULL,
    published_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL
);

INSERT INTO history_position (id, publication, published_at) VALUES (1, 0, '');

CREATE TABLE notice (
    number          bigint NOT NULL PRIMARY KEY,
    id              varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    route           varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    group_key       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason          varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content         nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state           varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CHECK (state IN ('pending', 'sent', 'refused')),
    attempts        bigint NOT NULL,
    next_attempt_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    finished_at     varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    answer          nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE INDEX notice_pending ON notice (channel, number) WHERE state = 'pending';

CREATE TABLE told_alert (
    route     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unit      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    year      bigint NOT NULL,
    colour    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    event_id  bigint NOT NULL,
    PRIMARY KEY (route, unit, indicator, year)
);

CREATE TABLE delivery_attempt (
    notice    bigint NOT NULL,
    number    bigint NOT NULL,
    tried_at  varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    outcome   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CHECK (outcome IN ('accepted', 'refused', 'failed')),
    answer    nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (notice, number)
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
