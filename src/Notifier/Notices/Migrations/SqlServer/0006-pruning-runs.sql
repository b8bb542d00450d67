-- The same table as 0006-pruning-runs.sql of SQLite, which describes it.
CREATE TABLE pruning (
    number        bigint NOT NULL PRIMARY KEY,
    started_at    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ended_at      varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    older_than    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    notices       bigint NOT NULL,
    events        bigint NOT NULL,
    reminder_runs bigint NOT NULL
);
