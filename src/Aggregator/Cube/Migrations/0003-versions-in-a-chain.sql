-- A version names the one before it, and what was last said names the newest: versions need no index, into which each would go at a place of its own.
CREATE TABLE vintage_in_a_chain (
    id           INTEGER NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    indicator    TEXT    NOT NULL,
    period       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    previous_id  INTEGER NULL,
    event        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    published_at TEXT    NOT NULL
);

INSERT INTO vintage_in_a_chain (id, kind, unit, indicator, period, version, previous_id, event, payload, published_at)
SELECT id, kind, unit, indicator, period, version, LAG(id) OVER (PARTITION BY kind, unit, indicator, period ORDER BY version), event, payload, published_at
FROM vintage
ORDER BY id;

-- By month first: what one month's submissions change stands together.
CREATE TABLE said_by_month (
    period      INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    indicator   TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    vintage_id  INTEGER NOT NULL,
    fingerprint     TEXT    NOT NULL,
    PRIMARY KEY (period, kind, unit, indicator)
) WITHOUT ROWID;

INSERT INTO said_by_month (period, kind, unit, indicator, version, vintage_id, fingerprint)
SELECT s.period, s.kind, s.unit, s.indicator, s.version, v.id, s.fingerprint
FROM said s JOIN vintage v USING (kind, unit, indicator, period, version);

DROP TABLE said;
DROP TABLE vintage;
ALTER TABLE said_by_month RENAME TO said;
ALTER TABLE vintage_in_a_chain RENAME TO vintage;

CREATE INDEX vintage_alert ON vintage (id) WHERE kind = 'alert';
