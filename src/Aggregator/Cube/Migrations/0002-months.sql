-- The closings and reopenings of months among the applied ledger rows. Of a month, the change with the greatest sequence counts.
-- period: yyyymm. open_until: when a reopened month closes again by itself.
CREATE TABLE cube_month_change (
    sequence   INTEGER NOT NULL PRIMARY KEY,
    period     INTEGER NOT NULL,
    transition TEXT    NOT NULL,
    taken_at   TEXT    NOT NULL,
    open_until TEXT    NULL,
    sender     TEXT    NOT NULL,
    reason     TEXT    NULL
);
