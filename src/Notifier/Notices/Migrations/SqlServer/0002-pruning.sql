-- How old notices and events are found, and what keeps them from being deleted.
CREATE INDEX notice_finished ON notice (finished_at);
CREATE INDEX notice_group ON notice (route, group_key, number);
CREATE INDEX alert_event_taken ON alert_event (taken_at);
CREATE INDEX told_alert_of ON told_alert (unit, indicator, year, event_id);
