-- What a notifier may do in the notices' database: an event, a notice, an attempt, a silence, a reminder and what happens to a task can be
-- added; of these a notice and a reminder alone can be changed, and events, attempts, notices and reminders older than Notices__KeepDays be
-- deleted.
-- The one process keeps its notices in a file and needs none of this. Run as the owner of the tables, after every xilin-admin migrate:
-- psql -d notices -v role=xilin_notifier -f notices-rights.sql
-- With a Search Path in the connection strings, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
GRANT INSERT ON alert_event, delivery_attempt, notice, told_alert, silence, silence_end, task_event,
    reminder_run, reminder TO :"role";
GRANT UPDATE ON notice, reminder, told_alert, history_position, write_lock TO :"role";
GRANT DELETE ON alert_event, delivery_attempt, notice, reminder_run, reminder TO :"role";
