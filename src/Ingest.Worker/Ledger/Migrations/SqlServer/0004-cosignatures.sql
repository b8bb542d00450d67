-- The same columns as 0004-cosignatures.sql of SQLite, which describes them.
CREATE TABLE ledger_cosignature (
    tree_size bigint NOT NULL,
    witness   nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    signature nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (tree_size, witness)
);
