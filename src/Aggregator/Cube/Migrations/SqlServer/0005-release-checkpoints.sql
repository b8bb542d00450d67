-- The same columns as 0005-release-checkpoints.sql of SQLite, which describes them.
ALTER TABLE month_release ADD
    checkpoint_size      bigint NULL,
    checkpoint_root      varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    checkpoint_time      varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    checkpoint_signature varchar(100) COLLATE Latin1_General_100_BIN2 NULL;
