-- One row per submission, append only; nothing here is ever updated.
CREATE TABLE ledger_entry (
    sequence      INTEGER NOT NULL PRIMARY KEY,
    submission_id TEXT    NOT NULL UNIQUE,
    unit          TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    revision      INTEGER NOT NULL,
    verdict       TEXT    NOT NULL CHECK (verdict IN ('accepted', 'refused', 'superseded')),
    findings      TEXT    NULL,
    body          BLOB    NOT NULL,
    received_at   TEXT    NOT NULL,
    sender        TEXT    NOT NULL,
    leaf_hash     BLOB    NOT NULL
);

CREATE INDEX ledger_entry_unit_period ON ledger_entry (unit, period);

-- The signed state after each commit group.
CREATE TABLE ledger_checkpoint (
    tree_size INTEGER NOT NULL PRIMARY KEY,
    root      TEXT    NOT NULL,
    made_at   TEXT    NOT NULL,
    signature TEXT    NOT NULL
);

-- One row: the frontier that lets the next group extend the tree. Whoever writes it orders the groups.
CREATE TABLE ledger_head (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    frontier BLOB    NOT NULL
);

INSERT INTO ledger_head (id, frontier) VALUES (1, x'0000000000000000');

-- What stands per unit and month: the history that the checks ask, and what decides "superseded". Derived from the rows above.
CREATE TABLE ledger_standing (
    unit   TEXT    NOT NULL,
    period INTEGER NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (unit, period)
) WITHOUT ROWID;

CREATE TABLE indicator_number (
    number INTEGER NOT NULL PRIMARY KEY,
    code   TEXT    NOT NULL UNIQUE
);
