-- What the user of xilin-admin prune may do in the notices' database: delete events, attempts, notices and reminders, and record its runs.
-- Run as the owner of the tables, after every xilin-admin migrate: psql -d notices -v role=xilin_prune -f notices-prune-rights.sql
-- With a Search Path in the connection strings, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON alert_event, delivery_attempt, notice, told_alert, reminder_run, reminder, pruning, write_lock, schemaversions TO :"role";
GRANT INSERT ON pruning TO :"role";
GRANT DELETE ON alert_event, delivery_attempt, notice, reminder_run, reminder TO :"role";
GRANT UPDATE (ended_at, notices, events, reminder_runs) ON pruning TO :"role";
GRANT UPDATE ON write_lock TO :"role";
