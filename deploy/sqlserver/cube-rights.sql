-- What an aggregator may do in the cube's database: a published version can be added, and neither changed nor taken away.
-- Run as the owner of the tables, after every xilin-admin migrate: sqlcmd -d cube -v role=xilin_aggregator -i cube-rights.sql
-- Once, as the owner too and with the services stopped, so that reading and writing do not wait for each other:
--     ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON
GRANT SELECT ON SCHEMA::dbo TO $(role);
GRANT INSERT ON publication TO $(role);
GRANT INSERT, DELETE ON newest_publication TO $(role);
GRANT INSERT, UPDATE, DELETE ON cube_effective_month TO $(role);
GRANT INSERT, UPDATE, DELETE ON cube_month_change TO $(role);
GRANT INSERT ON month_release TO $(role);
GRANT INSERT ON month_release_publication TO $(role);
GRANT INSERT ON month_release_text TO $(role);
GRANT INSERT ON report_text TO $(role);
GRANT INSERT, UPDATE, DELETE ON cube_review TO $(role);
GRANT INSERT, UPDATE, DELETE ON cube_roll_up TO $(role);
GRANT INSERT, UPDATE, DELETE ON cube_roll_up_sender TO $(role);
GRANT INSERT ON indicator_number TO $(role);
GRANT UPDATE ON cube_state TO $(role);
GRANT UPDATE ON write_lock TO $(role);
