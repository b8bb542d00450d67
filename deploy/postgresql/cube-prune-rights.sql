-- What the user of xilin-admin prune may do in the cube's database: replace event and text of a publication, and record its runs. It can
-- neither add nor delete a result. Give it to a role that no service uses, and only for as long as it prunes.
-- Run as the owner of the tables, after every xilin-admin migrate: psql -d cube -v role=xilin_prune -f cube-prune-rights.sql
-- With a Search Path in the connection strings, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON publication, newest_publication, month_release_publication, cube_state, pruning, write_lock, schemaversions TO :"role";
GRANT INSERT ON pruning TO :"role";
GRANT UPDATE (event, payload) ON publication TO :"role";
GRANT UPDATE (ended_at, through, totals, rankings, bytes) ON pruning TO :"role";
GRANT UPDATE ON write_lock TO :"role";
