-- The same table as 0003-reviews.sql of SQLite, which describes it.
CREATE TABLE cube_review (
    sequence     bigint NOT NULL PRIMARY KEY,
    reviewed_row bigint NOT NULL,
    unit         text   COLLATE "C" NOT NULL,
    period       bigint NOT NULL,
    decision     text   COLLATE "C" NOT NULL,
    taken_at     text   COLLATE "C" NOT NULL,
    sender       text   COLLATE "C" NOT NULL,
    reason       text   COLLATE "C" NULL
);
