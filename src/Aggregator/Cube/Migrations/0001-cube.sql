-- What stands per unit and month, each value with its order key and its ledger row: the cube reloads from it.
CREATE TABLE cube_standing (
    unit   TEXT    NOT NULL,
    period INTEGER NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (unit, period)
) WITHOUT ROWID;

CREATE TABLE indicator_number (
    number INTEGER NOT NULL PRIMARY KEY,
    code   TEXT    NOT NULL UNIQUE
);

-- One row. Every ledger row up to applied_through is in cube_standing; every vintage up to published_through was handed to the bus.
CREATE TABLE cube_state (
    id                INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    applied_through   INTEGER NOT NULL,
    published_through INTEGER NOT NULL
);

INSERT INTO cube_state (id, applied_through, published_through) VALUES (1, 0, 0);

-- Every result as it was published, for good. kind: total, ranking, alert. period: yyyymm, or the year of an alert.
CREATE TABLE vintage (
    id           INTEGER NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    indicator    TEXT    NOT NULL,
    period       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    event        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    published_at TEXT    NOT NULL,
    UNIQUE (kind, unit, indicator, period, version)
);

-- What was last said, to know what has changed since.
CREATE TABLE said (
    kind        TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    indicator   TEXT    NOT NULL,
    period      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    fingerprint     TEXT    NOT NULL,
    PRIMARY KEY (kind, unit, indicator, period)
) WITHOUT ROWID;
