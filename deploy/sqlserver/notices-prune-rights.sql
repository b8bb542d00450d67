-- What the user of xilin-admin prune may do in the notices' database: delete events, attempts, notices and reminders, and record its runs.
-- Run as the owner of the tables, after every xilin-admin migrate: sqlcmd -d notices -v role=xilin_prune -i notices-prune-rights.sql
GRANT SELECT ON SCHEMA::dbo TO $(role);
GRANT INSERT ON pruning TO $(role);
GRANT UPDATE ON pruning (ended_at, notices, events, reminder_runs) TO $(role);
GRANT UPDATE ON write_lock TO $(role);
GRANT DELETE ON alert_event TO $(role);
GRANT DELETE ON delivery_attempt TO $(role);
GRANT DELETE ON notice TO $(role);
GRANT DELETE ON reminder_run TO $(role);
GRANT DELETE ON reminder TO $(role);
