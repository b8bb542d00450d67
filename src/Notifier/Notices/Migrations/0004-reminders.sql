-- When units were reminded of a month, by a rule or by hand. id: of a rule, its name and the month; by hand, the id of the request. So a
-- rule reminds once of a month, and a request that comes twice reminds once. Rows are only ever added, and deleted when they are old.
CREATE TABLE reminder_run (
    number  INTEGER NOT NULL PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    by_rule TEXT    NULL,
    unit    TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    made_at TEXT    NOT NULL,
    made_by TEXT    NULL
);

-- Each message of a run. missing: the codes of what is missing, with spaces between them. channel and notice: null where no channel reaches
-- the unit. withdrawn_at: when it was taken out of the outbox, because everything had been reported.
CREATE TABLE reminder (
    number       INTEGER NOT NULL PRIMARY KEY,
    run          INTEGER NOT NULL,
    unit         TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    is_digest    INTEGER NOT NULL,
    missing      TEXT    NOT NULL,
    channel      TEXT    NULL,
    notice       TEXT    NULL,
    withdrawn_at TEXT    NULL
);

CREATE INDEX reminder_period ON reminder (period, number);
CREATE INDEX reminder_run_of ON reminder (run);
CREATE INDEX reminder_notice ON reminder (notice);
