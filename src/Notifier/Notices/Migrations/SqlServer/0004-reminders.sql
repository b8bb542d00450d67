-- The same tables as 0004-reminders.sql of SQLite, which describes each.
CREATE TABLE reminder_run (
    number  bigint NOT NULL PRIMARY KEY,
    id      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    by_rule varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    unit    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period  varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE TABLE reminder (
    number       bigint NOT NULL PRIMARY KEY,
    run          bigint NOT NULL,
    unit         varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    is_digest    bigint NOT NULL,
    missing      varchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    channel      varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    notice       varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    withdrawn_at varchar(100) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE INDEX reminder_period ON reminder (period, number);
CREATE INDEX reminder_run_of ON reminder (run);
CREATE INDEX reminder_notice ON reminder (notice);
