-- What a notifier may do in the notices' database: an event, a notice, an attempt, a silence, a reminder and what happens to a task can be
-- added; of these a notice and a reminder alone can be changed, and events, attempts, notices and reminders older than Notices__KeepDays be
-- deleted.
-- The one process keeps its notices in a file and needs none of this. Run as the owner of the tables, after every xilin-admin migrate:
-- sqlcmd -d notices -v role=xilin_notifier -i notices-rights.sql
GRANT SELECT ON SCHEMA::dbo TO $(role);
GRANT INSERT, DELETE ON alert_event TO $(role);
GRANT INSERT, DELETE ON delivery_attempt TO $(role);
GRANT INSERT ON silence TO $(role);
GRANT INSERT ON silence_end TO $(role);
GRANT INSERT ON task_event TO $(role);
GRANT INSERT, UPDATE, DELETE ON notice TO $(role);
GRANT INSERT, UPDATE, DELETE ON reminder TO $(role);
GRANT INSERT, DELETE ON reminder_run TO $(role);
GRANT INSERT, UPDATE ON told_alert TO $(role);
GRANT UPDATE ON history_position TO $(role);
GRANT UPDATE ON write_lock TO $(role);
