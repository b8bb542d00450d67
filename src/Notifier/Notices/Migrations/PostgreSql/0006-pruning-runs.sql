-- The same table as 0006-pruning-runs.sql of SQLite, which describes it.
CREATE TABLE pruning (
    number        bigint NOT NULL PRIMARY KEY,
    started_at    text   COLLATE "C" NOT NULL,
    ended_at      text   COLLATE "C" NULL,
    older_than    text   COLLATE "C" NOT NULL,
    made_by       text NOT NULL,
    notices       bigint NOT NULL,
    events        bigint NOT NULL,
    reminder_runs bigint NOT NULL
);
