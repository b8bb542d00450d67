-- The same tables as 0001-cube.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the database's collation.
CREATE TABLE cube_effective_month (
    unit   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period bigint NOT NULL,
    data   varbinary(max) NOT NULL,
    PRIMARY KEY (unit, period)
);

CREATE TABLE indicator_number (
    number bigint NOT NULL PRIMARY KEY,
    code   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);

CREATE TABLE cube_state (
    id                bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    applied_through   bigint NOT NULL,
    applied_hash      varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    published_through bigint NOT NULL,
    epoch             bigint NOT NULL,
    heartbeat         bigint NOT NULL
);

INSERT INTO cube_state (id, applied_through, published_through, epoch, heartbeat) VALUES (1, 0, 0, 0, 0);

CREATE TABLE publication (
    id           bigint NOT NULL PRIMARY KEY,
    kind         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unit         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator    varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    period       bigint NOT NULL,
    previous_id  bigint NULL,
    event        varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    payload      nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    published_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL
);

-- Alerts are selected by unit and year, which the index includes; the payload is read for the selected rows alone.
CREATE INDEX publication_alert ON publication (id) INCLUDE (kind, unit, period) WHERE kind = 'alert';

CREATE TABLE newest_publication (
    id bigint NOT NULL PRIMARY KEY
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
