-- The same table as 0002-months.sql of SQLite, which describes it.
CREATE TABLE cube_month_change (
    sequence   bigint NOT NULL PRIMARY KEY,
    period     bigint NOT NULL,
    transition varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    taken_at   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    open_until varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    sender     nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason     nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL
);
