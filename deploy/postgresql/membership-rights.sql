-- What an aggregator of a cluster may do in the membership's database: enter the silos and strike them out. The statements by which the
-- engine does so (orleansquery) it reads alone.
-- Run as the owner of the tables, after every migrate of the silo: psql -d membership -v role=xilin_aggregator -f membership-rights.sql
-- With a Search Path in the connection string, the same one before it: PGOPTIONS='-c search_path=xilin'. What fails ends psql with 3.
\set ON_ERROR_STOP on
SELECT current_schema() AS schema \gset
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
GRANT INSERT, UPDATE, DELETE ON silo, silo_table_version TO :"role";
