-- The same tables as 0003-silences-and-tasks.sql of SQLite, which describes each.
CREATE TABLE silence (
    number    bigint NOT NULL PRIMARY KEY,
    id        varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    unit      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    level     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CHECK (level IN ('amber', 'red')),
    starts_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ends_at   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by   nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason    nvarchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE silence_end (
    silence  bigint NOT NULL PRIMARY KEY,
    ended_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ended_by nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE task_event (
    id        bigint NOT NULL PRIMARY KEY,
    task      bigint NOT NULL,
    unit      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    year      bigint NOT NULL,
    action    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL
        CHECK (action IN ('taken', 'noted', 'handedOver', 'givenBack', 'done')),
    at        varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by   nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    assignee  nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    note      nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
    due       varchar(100) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE INDEX task_event_alert ON task_event (unit, indicator, year, id);
CREATE INDEX task_event_task ON task_event (task, id);
