-- The cosignatures of witnesses (c2sp.org/tlog-cosignature) over the checkpoint of "tree_size" rows; "witness" is the key that made one.
-- Kept are the newest one of each witness, and those of the newest checkpoint that has a quorum.
CREATE TABLE ledger_cosignature (
    tree_size INTEGER NOT NULL,
    witness   TEXT    NOT NULL,
    signature TEXT    NOT NULL,
    PRIMARY KEY (tree_size, witness)
) WITHOUT ROWID;
