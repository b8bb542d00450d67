-- The same table as 0003-reviews.sql of SQLite, which describes it.
CREATE TABLE cube_review (
    sequence     bigint NOT NULL PRIMARY KEY,
    reviewed_row bigint NOT NULL,
    unit         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period       bigint NOT NULL,
    decision     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    taken_at     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sender       nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason       nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL
);
