-- One row for each submission. Rows are only ever added.
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

-- The signed state of the Merkle tree after each commit batch.
CREATE TABLE ledger_checkpoint (
    tree_size  INTEGER NOT NULL PRIMARY KEY,
    root       TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    signature  TEXT    NOT NULL
);

-- One row: the frontier of the Merkle tree, which the next commit batch extends.
CREATE TABLE ledger_head (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    frontier BLOB    NOT NULL
);

INSERT INTO ledger_head (id, frontier) VALUES (1, x'0000000000000000');

-- The effective values of each unit and month, derived from ledger_entry. Checks read the history here, and the order rule decides
-- "superseded" by it. The month comes first in the key: the rows of a batch are mostly of one month, and lie in few pages.
CREATE TABLE ledger_effective_month (
    unit   TEXT    NOT NULL,
    period INTEGER NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (period, unit)
) WITHOUT ROWID;

-- The numbers that stand for indicator codes in ledger_effective_month.data.
CREATE TABLE indicator_number (
    number INTEGER NOT NULL PRIMARY KEY,
    code   TEXT    NOT NULL UNIQUE
);

-- The catalogue's cells under which figures were recorded. A catalogue that contradicts one of them is refused.
-- Cells that are missing here are added from the catalogue at the next start.
CREATE TABLE recorded_fact (
    source_file TEXT NOT NULL,
    code        TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (source_file, code, field)
) WITHOUT ROWID;

-- The roots of complete subtrees of 16, 256, 4,096 … leaves, derived from ledger_entry, so that an inclusion proof reads a few rows.
-- A proof is checked against a signed checkpoint before it is returned.
CREATE TABLE tree_node (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID;

-- Always empty. The worker inserts a row and deletes it to see whether a disk that was full has room again.
CREATE TABLE storage_probe (
    padding BLOB NOT NULL
);
