-- The effective values of each unit and month, each with its order key and its ledger row. The cube is loaded from this table.
CREATE TABLE cube_effective_month (
    unit   TEXT    NOT NULL,
    period INTEGER NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (unit, period)
) WITHOUT ROWID;

-- The numbers that stand for indicator codes in cube_effective_month.data.
CREATE TABLE indicator_number (
    number INTEGER NOT NULL PRIMARY KEY,
    code   TEXT    NOT NULL UNIQUE
);

-- One row.
-- applied_through: every ledger row up to it is in cube_effective_month.
-- applied_hash: the leaf hash of the ledger row applied_through, which identifies the ledger. NULL before the first row.
-- published_through: every publication up to it was handed to the bus.
-- epoch: raised by each process that acquires the cube's lease. A process with an older epoch can no longer write.
-- heartbeat: raised every few seconds by the holder of the lease. A standby watches whether it moves; the lock alone decides.
CREATE TABLE cube_state (
    id                INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    applied_through   INTEGER NOT NULL,
    applied_hash      TEXT    NULL,
    published_through INTEGER NOT NULL,
    epoch             INTEGER NOT NULL,
    heartbeat         INTEGER NOT NULL
);

INSERT INTO cube_state (id, applied_through, published_through, epoch, heartbeat) VALUES (1, 0, 0, 0, 0);

-- Every published message, never changed. kind: total, ranking or alert. period: yyyymm, or the year of an alert. indicator: NULL where
-- the message has totals of several. previous_id names the publication before it of the same kind, unit, indicator and period, so that
-- the versions of a result are found without an index.
CREATE TABLE publication (
    id           INTEGER NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    indicator    TEXT    NULL,
    period       INTEGER NOT NULL,
    previous_id  INTEGER NULL,
    event        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    published_at TEXT    NOT NULL
);

CREATE INDEX publication_alert ON publication (id) WHERE kind = 'alert';

-- The publications that have the newest version of a result. The published results are loaded from them.
CREATE TABLE newest_publication (
    id INTEGER NOT NULL PRIMARY KEY
);
