-- The same tables as 0001-notices.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the collation of the
-- database.
CREATE TABLE alert_event (
    id           bigint NOT NULL PRIMARY KEY,
    unit         text COLLATE "C" NOT NULL,
    indicator    text COLLATE "C" NOT NULL,
    year         bigint NOT NULL,
    version      bigint NOT NULL,
    published_at text COLLATE "C" NOT NULL,
    period       text COLLATE "C" NOT NULL,
    colour       text COLLATE "C" NOT NULL,
    silenced_by  text COLLATE "C" NULL,
    taken_at     text COLLATE "C" NOT NULL,
    is_late      bigint NOT NULL,
    payload      text NOT NULL,
    UNIQUE (unit, indicator, year, version, published_at)
);

CREATE TABLE history_position (
    id           bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    publication  bigint NOT NULL,
    published_at text COLLATE "C" NOT NULL
);

INSERT INTO history_position (id, publication, published_at) VALUES (1, 0, '');

CREATE TABLE notice (
    number          bigint NOT NULL PRIMARY KEY,
    id              text COLLATE "C" NOT NULL UNIQUE,
    route           text COLLATE "C" NOT NULL,
    group_key       text COLLATE "C" NOT NULL,
    channel         text COLLATE "C" NOT NULL,
    reason          text COLLATE "C" NOT NULL,
    created_at      text COLLATE "C" NOT NULL,
    content         text NOT NULL,
    state           text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sent', 'refused')),
    attempts        bigint NOT NULL,
    next_attempt_at text COLLATE "C" NOT NULL,
    finished_at     text COLLATE "C" NULL,
    answer          text NULL
);

CREATE INDEX notice_pending ON notice (channel, number) WHERE state = 'pending';

CREATE TABLE told_alert (
    route     text COLLATE "C" NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    indicator text COLLATE "C" NOT NULL,
    year      bigint NOT NULL,
    colour    text COLLATE "C" NOT NULL,
    event_id  bigint NOT NULL,
    PRIMARY KEY (route, unit, indicator, year)
);

CREATE TABLE delivery_attempt (
    notice    bigint NOT NULL,
    number    bigint NOT NULL,
    tried_at  text COLLATE "C" NOT NULL,
    outcome   text COLLATE "C" NOT NULL CHECK (outcome IN ('accepted', 'refused', 'failed')),
    answer    text NOT NULL,
    PRIMARY KEY (notice, number)
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
