-- The same column as 0010-release-notes.sql of SQLite, which describes it.
ALTER TABLE month_release ADD COLUMN checkpoint_origin text COLLATE "C" NULL;
