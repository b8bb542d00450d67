-- The runs of xilin-admin prune, which deletes what is older than it says. older_than: what was sent, taken or made before it.
-- ended_at: null while a run goes on, and of one that was broken off. notices, events, reminder_runs: how many were deleted.
CREATE TABLE pruning (
    number        INTEGER NOT NULL PRIMARY KEY,
    started_at    TEXT NOT NULL,
    ended_at      TEXT NULL,
    older_than    TEXT NOT NULL,
    made_by       TEXT NOT NULL,
    notices       INTEGER NOT NULL,
    events        INTEGER NOT NULL,
    reminder_runs INTEGER NOT NULL
);
