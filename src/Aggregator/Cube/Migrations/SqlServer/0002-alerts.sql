-- Alerts are chosen by unit and year: the index has what they are chosen by, and the payload is looked up for those that are given alone.
DROP INDEX vintage_alert ON vintage;
CREATE INDEX vintage_alert ON vintage (id) INCLUDE (kind, unit, period) WHERE kind = 'alert';
