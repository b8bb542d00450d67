-- The same columns as 0003-signed-notes.sql of SQLite, which describes them.
ALTER TABLE ledger_checkpoint ADD origin nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT '';
ALTER TABLE ledger_checkpoint ALTER COLUMN signature nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL;

CREATE TABLE ledger_key (
    number       bigint NOT NULL PRIMARY KEY,
    vkey         nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    after_size   bigint NOT NULL,
    introduction nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL
);
