-- The same table as 0002-months.sql of SQLite, which describes it.
CREATE TABLE cube_month_change (
    sequence   bigint NOT NULL PRIMARY KEY,
    period     bigint NOT NULL,
    transition text   COLLATE "C" NOT NULL,
    taken_at   text   COLLATE "C" NOT NULL,
    open_until text   COLLATE "C" NULL,
    sender     text   COLLATE "C" NOT NULL,
    reason     text   COLLATE "C" NULL
);
