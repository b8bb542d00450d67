-- What an aggregator may do in the cube's database: a published version can be added, and neither changed nor taken away.
-- Run as the owner of the tables, after every xilin-admin migrate: psql -d cube -v role=xilin_aggregator -f cube-rights.sql
-- With a Search Path in the connection strings, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
GRANT INSERT ON publication, newest_publication, cube_effective_month, cube_month_change, cube_review, indicator_number TO :"role";
GRANT INSERT, UPDATE, DELETE ON cube_roll_up, cube_roll_up_sender TO :"role";
GRANT INSERT ON month_release, month_release_publication, month_release_text, report_text TO :"role";
GRANT UPDATE ON cube_effective_month, cube_month_change, cube_review, cube_state, write_lock TO :"role";
GRANT DELETE ON newest_publication, cube_effective_month, cube_month_change, cube_review TO :"role";
