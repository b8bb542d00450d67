-- The roots of complete subtrees of 16, 256, 4,096 … leaves, so that a proof reads a few rows. Derived from ledger_entry; a proof made of
-- them is checked against a signed checkpoint before it is given.
CREATE TABLE tree_node (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID;
