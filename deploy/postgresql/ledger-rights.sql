-- What a worker may do in the ledger's database, and no more: rows of the log can be added, and neither changed nor taken away.
-- Run as the owner of the tables, after every xilin-admin migrate: psql -d ledger -v role=xilin_worker -f ledger-rights.sql
-- With a Search Path in the connection strings, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
GRANT INSERT ON ledger_entry, ledger_checkpoint, ledger_key, ledger_effective_month, tree_node, indicator_number, recorded_fact,
    ledger_cosignature, storage_probe TO :"role";
GRANT UPDATE ON ledger_head, ledger_effective_month, ledger_cosignature, tree_node, write_lock TO :"role";
GRANT DELETE ON recorded_fact, ledger_cosignature, storage_probe
    TO :"role";
