-- What an aggregator may do in the cube's database: a published version can be added, and neither changed nor taken away.
-- Run as the owner of the tables, after every xilin-admin migrate: psql -d cube -v role=xilin_aggregator -f cube-rights.sql
GRANT USAGE ON SCHEMA public TO :role;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :role;
GRANT INSERT ON vintage, said, cube_standing, indicator_number TO :role;
GRANT UPDATE ON said, cube_standing, cube_state, write_lock TO :role;
GRANT DELETE ON cube_standing TO :role;
