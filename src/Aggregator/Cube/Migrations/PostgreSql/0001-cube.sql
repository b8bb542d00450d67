-- The same tables as 0001-cube.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the database's collation.
CREATE TABLE cube_effective_month (
    unit   text   COLLATE "C" NOT NULL,
    period bigint NOT NULL,
    data   bytea  NOT NULL,
    PRIMARY KEY (unit, period)
);

CREATE TABLE indicator_number (
    number bigint NOT NULL PRIMARY KEY,
    code   text   COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE cube_state (
    id                bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    applied_through   bigint NOT NULL,
    applied_hash      text   COLLATE "C" NULL,
    published_through bigint NOT NULL,
    epoch             bigint NOT NULL,
    heartbeat         bigint NOT NULL
);

INSERT INTO cube_state (id, applied_through, published_through, epoch, heartbeat) VALUES (1, 0, 0, 0, 0);

CREATE TABLE publication (
    id           bigint NOT NULL PRIMARY KEY,
    kind         text   COLLATE "C" NOT NULL,
    unit         text   COLLATE "C" NOT NULL,
    indicator    text   COLLATE "C" NULL,
    period       bigint NOT NULL,
    previous_id  bigint NULL,
    event        text   COLLATE "C" NOT NULL,
    payload      text NOT NULL,
    published_at text   COLLATE "C" NOT NULL
);

CREATE INDEX publication_alert ON publication (id) WHERE kind = 'alert';

CREATE TABLE newest_publication (
    id bigint NOT NULL PRIMARY KEY
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
