-- The same tables as 0004-reminders.sql of SQLite, which describes each.
CREATE TABLE reminder_run (
    number  bigint NOT NULL PRIMARY KEY,
    id      text COLLATE "C" NOT NULL UNIQUE,
    by_rule text COLLATE "C" NULL,
    unit    text COLLATE "C" NOT NULL,
    period  text COLLATE "C" NOT NULL,
    made_at text COLLATE "C" NOT NULL,
    made_by text NULL
);

CREATE TABLE reminder (
    number       bigint NOT NULL PRIMARY KEY,
    run          bigint NOT NULL,
    unit         text COLLATE "C" NOT NULL,
    period       text COLLATE "C" NOT NULL,
    is_digest    bigint NOT NULL,
    missing      text COLLATE "C" NOT NULL,
    channel      text COLLATE "C" NULL,
    notice       text COLLATE "C" NULL,
    withdrawn_at text COLLATE "C" NULL
);

CREATE INDEX reminder_period ON reminder (period, number);
CREATE INDEX reminder_run_of ON reminder (run);
CREATE INDEX reminder_notice ON reminder (notice);
