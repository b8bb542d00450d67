-- The same tables as 0003-silences-and-tasks.sql of SQLite, which describes each.
CREATE TABLE silence (
    number    bigint NOT NULL PRIMARY KEY,
    id        text COLLATE "C" NOT NULL UNIQUE,
    unit      text COLLATE "C" NOT NULL,
    indicator text COLLATE "C" NULL,
    level     text COLLATE "C" NOT NULL CHECK (level IN ('amber', 'red')),
    starts_at text COLLATE "C" NOT NULL,
    ends_at   text COLLATE "C" NOT NULL,
    made_by   text NOT NULL,
    reason    text NOT NULL
);

CREATE TABLE silence_end (
    silence  bigint NOT NULL PRIMARY KEY,
    ended_at text COLLATE "C" NOT NULL,
    ended_by text NOT NULL
);

CREATE TABLE task_event (
    id        bigint NOT NULL PRIMARY KEY,
    task      bigint NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    indicator text COLLATE "C" NOT NULL,
    year      bigint NOT NULL,
    action    text COLLATE "C" NOT NULL CHECK (action IN ('taken', 'noted', 'handedOver', 'givenBack', 'done')),
    at        text COLLATE "C" NOT NULL,
    made_by   text NULL,
    assignee  text NULL,
    note      text NULL,
    due       text COLLATE "C" NULL
);

CREATE INDEX task_event_alert ON task_event (unit, indicator, year, id);
CREATE INDEX task_event_task ON task_event (task, id);
