-- The same column as 0010-release-notes.sql of SQLite, which describes it.
ALTER TABLE month_release ADD checkpoint_origin nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE month_release ALTER COLUMN checkpoint_signature nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL;
