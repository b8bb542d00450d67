-- The runs of xilin-admin prune, which takes the figures out of versions that are no longer kept: event and payload of their publications
-- are replaced, and no row is deleted. older_than: the versions were published before it. ended_at: null while a run goes on, and of one
-- that was broken off. through: the last publication that was pruned. totals, rankings: how many messages. bytes: by how much their texts
-- became shorter.
CREATE TABLE pruning (
    number     INTEGER NOT NULL PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at   TEXT NULL,
    older_than TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    through    INTEGER NOT NULL,
    totals     INTEGER NOT NULL,
    rankings   INTEGER NOT NULL,
    bytes      INTEGER NOT NULL
);

CREATE INDEX month_release_publication_of ON month_release_publication (publication);
