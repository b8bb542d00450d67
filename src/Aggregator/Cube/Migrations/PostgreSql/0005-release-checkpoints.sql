-- The same columns as 0005-release-checkpoints.sql of SQLite, which describes them.
ALTER TABLE month_release
    ADD COLUMN checkpoint_size      bigint NULL,
    ADD COLUMN checkpoint_root      text   COLLATE "C" NULL,
    ADD COLUMN checkpoint_time      text   COLLATE "C" NULL,
    ADD COLUMN checkpoint_signature text   COLLATE "C" NULL;
