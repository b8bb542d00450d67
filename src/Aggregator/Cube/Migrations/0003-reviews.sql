-- The reviews of reports among the applied ledger rows. Of a reviewed row, the review with the greatest sequence counts.
-- period: yyyymm.
CREATE TABLE cube_review (
    sequence     INTEGER NOT NULL PRIMARY KEY,
    reviewed_row INTEGER NOT NULL,
    unit         TEXT    NOT NULL,
    period       INTEGER NOT NULL,
    decision     TEXT    NOT NULL,
    taken_at     TEXT    NOT NULL,
    sender       TEXT    NOT NULL,
    reason       TEXT    NULL
);
