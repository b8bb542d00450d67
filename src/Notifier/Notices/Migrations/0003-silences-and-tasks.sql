-- For which alerts no notice is made, from when until when, by whom and why. indicator: null is all. level: the worst colour that is held
-- back. Rows are only ever added; what ends a silence before its time is a row of its own.
CREATE TABLE silence (
    number    INTEGER NOT NULL PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    unit      TEXT    NOT NULL,
    indicator TEXT    NULL,
    level     TEXT    NOT NULL CHECK (level IN ('amber', 'red')),
    starts_at TEXT    NOT NULL,
    ends_at   TEXT    NOT NULL,
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
);

CREATE TABLE silence_end (
    silence  INTEGER NOT NULL PRIMARY KEY,
    ended_at TEXT    NOT NULL,
    ended_by TEXT    NOT NULL
);

-- What happened to the task of an alert: who took it, for whom, with which note and date. task: the id of the task's first row; an alert
-- that comes again gets another task. assignee, note and due are those after the event. Rows are only ever added.
CREATE TABLE task_event (
    id        INTEGER NOT NULL PRIMARY KEY,
    task      INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    year      INTEGER NOT NULL,
    action    TEXT    NOT NULL CHECK (action IN ('taken', 'noted', 'handedOver', 'givenBack', 'done')),
    at        TEXT    NOT NULL,
    made_by   TEXT    NULL,
    assignee  TEXT    NULL,
    note      TEXT    NULL,
    due       TEXT    NULL
);

CREATE INDEX task_event_alert ON task_event (unit, indicator, year, id);
CREATE INDEX task_event_task ON task_event (task, id);
