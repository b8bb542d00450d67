-- Every alert event that was taken, once. Its identity is the alert and the version, with the time of publication, because versions
-- start at 1 again where the results were rebuilt. is_late: a newer event of the alert was taken before it.
CREATE TABLE alert_event (
    id           INTEGER NOT NULL PRIMARY KEY,
    unit         TEXT    NOT NULL,
    indicator    TEXT    NOT NULL,
    year         INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    published_at TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    colour       TEXT    NOT NULL,
    silenced_by  TEXT    NULL,
    taken_at     TEXT    NOT NULL,
    is_late      INTEGER NOT NULL,
    payload      TEXT    NOT NULL,
    UNIQUE (unit, indicator, year, version, published_at)
);

-- One row: the publication through which the published alerts were read, and its time, by which another set of results is known.
CREATE TABLE history_position (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    publication  INTEGER NOT NULL,
    published_at TEXT    NOT NULL
);

INSERT INTO history_position (id, publication, published_at) VALUES (1, 0, '');

-- The outbox: what is told, by which route, to which group of alerts. state: pending, sent or refused. content: the notice as JSON, which
-- is never changed, so that every attempt sends the same.
CREATE TABLE notice (
    number          INTEGER NOT NULL PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    route           TEXT    NOT NULL,
    group_key       TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    created_at      TEXT    NOT NULL,
    content         TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('pending', 'sent', 'refused')),
    attempts        INTEGER NOT NULL,
    next_attempt_at TEXT    NOT NULL,
    finished_at     TEXT    NULL,
    answer          TEXT    NULL
);

CREATE INDEX notice_pending ON notice (channel, number) WHERE state = 'pending';

-- What a route was told last of an alert: its colour, and the event through which the versions are told.
CREATE TABLE told_alert (
    route     TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    year      INTEGER NOT NULL,
    colour    TEXT    NOT NULL,
    event_id  INTEGER NOT NULL,
    PRIMARY KEY (route, unit, indicator, year)
) WITHOUT ROWID;

-- Each attempt to send a notice, with the answer. Rows are only ever added.
CREATE TABLE delivery_attempt (
    notice    INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    tried_at  TEXT    NOT NULL,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('accepted', 'refused', 'failed')),
    answer    TEXT    NOT NULL,
    PRIMARY KEY (notice, number)
) WITHOUT ROWID;
