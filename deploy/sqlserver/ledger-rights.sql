-- What a worker may do in the ledger's database, and no more: rows of the log can be added, and neither changed nor taken away.
-- Run as the owner of the tables, after every xilin-admin migrate: sqlcmd -d ledger -v role=xilin_worker -i ledger-rights.sql
-- Once, as the owner too and with the services stopped, so that reading and writing do not wait for each other:
--     ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON
GRANT SELECT ON SCHEMA::dbo TO $(role);
GRANT INSERT ON ledger_entry TO $(role);
GRANT INSERT ON ledger_checkpoint TO $(role);
GRANT INSERT ON ledger_key TO $(role);
GRANT INSERT, UPDATE, DELETE ON ledger_cosignature TO $(role);
GRANT INSERT, UPDATE ON ledger_effective_month TO $(role);
GRANT INSERT, UPDATE ON tree_node TO $(role);
GRANT INSERT ON indicator_number TO $(role);
GRANT INSERT, DELETE ON recorded_fact TO $(role);
GRANT INSERT, DELETE ON storage_probe TO $(role);
GRANT UPDATE ON ledger_head TO $(role);
GRANT UPDATE ON write_lock TO $(role);
