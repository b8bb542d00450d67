-- The same columns as 0003-signed-notes.sql of SQLite, which describes them.
ALTER TABLE ledger_checkpoint ADD COLUMN origin text COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE ledger_key (
    number       bigint NOT NULL PRIMARY KEY,
    vkey         text   COLLATE "C" NOT NULL,
    after_size   bigint NOT NULL,
    introduction text   COLLATE "C" NULL
);
