-- The same table and index as 0009-pruning.sql of SQLite, which describes them.
CREATE TABLE pruning (
    number     bigint NOT NULL PRIMARY KEY,
    started_at text   COLLATE "C" NOT NULL,
    ended_at   text   COLLATE "C" NULL,
    older_than text   COLLATE "C" NOT NULL,
    made_by    text NOT NULL,
    through    bigint NOT NULL,
    totals     bigint NOT NULL,
    rankings   bigint NOT NULL,
    bytes      bigint NOT NULL
);

CREATE INDEX month_release_publication_of ON month_release_publication (publication);
