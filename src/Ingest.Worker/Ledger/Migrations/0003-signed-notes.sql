-- A checkpoint is a signed note. "signature" holds its signature lines; "origin" is the first line of its text, which names the ledger.
-- It is empty in the checkpoints of before, whose signatures are of another form and not verified any more.
ALTER TABLE ledger_checkpoint ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- The keys that signed the ledger, oldest first: its own and those of its times. A key signs checkpoints of more than "after_size" rows,
-- until a newer one takes its place, which it introduces by a note. Rows are only ever added.
CREATE TABLE ledger_key (
    number       INTEGER NOT NULL PRIMARY KEY,
    vkey         TEXT    NOT NULL,
    after_size   INTEGER NOT NULL,
    introduction TEXT    NULL
);
