-- What the user of xilin-admin prune may do in the cube's database: replace event and text of a publication, and record its runs. It can
-- neither add nor delete a result. Give it to a role that no service uses, and only for as long as it prunes.
-- Run as the owner of the tables, after every xilin-admin migrate: sqlcmd -d cube -v role=xilin_prune -i cube-prune-rights.sql
GRANT SELECT ON SCHEMA::dbo TO $(role);
GRANT INSERT ON pruning TO $(role);
GRANT UPDATE ON publication (event, payload) TO $(role);
GRANT UPDATE ON pruning (ended_at, through, totals, rankings, bytes) TO $(role);
GRANT UPDATE ON write_lock TO $(role);
