-- The releases of months: which publications had the newest totals and rankings of a month when it became final. No row ever changes.
-- period: yyyymm. number: from 1 for each month. ledger_through, ledger_hash: the ledger row up to which the results were computed, and its
-- leaf hash. month_row: the closing or reopening that counted; null: the calendar's dates.
CREATE TABLE month_release (
    period         INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    released_at    TEXT    NOT NULL,
    ledger_through INTEGER NOT NULL,
    ledger_hash    TEXT    NULL,
    month_row      INTEGER NULL,
    publications   INTEGER NOT NULL,
    PRIMARY KEY (period, number)
);

CREATE TABLE month_release_publication (
    period      INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    publication INTEGER NOT NULL,
    PRIMARY KEY (period, number, publication)
) WITHOUT ROWID;
