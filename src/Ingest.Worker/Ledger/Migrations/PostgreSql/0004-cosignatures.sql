-- The same columns as 0004-cosignatures.sql of SQLite, which describes them.
CREATE TABLE ledger_cosignature (
    tree_size bigint NOT NULL,
    witness   text   COLLATE "C" NOT NULL,
    signature text   COLLATE "C" NOT NULL,
    PRIMARY KEY (tree_size, witness)
);
