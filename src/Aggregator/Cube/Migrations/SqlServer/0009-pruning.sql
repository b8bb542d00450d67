-- The same table and index as 0009-pruning.sql of SQLite, which describes them.
CREATE TABLE pruning (
    number     bigint NOT NULL PRIMARY KEY,
    started_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ended_at   varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    older_than varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    through    bigint NOT NULL,
    totals     bigint NOT NULL,
    rankings   bigint NOT NULL,
    bytes      bigint NOT NULL
);

CREATE INDEX month_release_publication_of ON month_release_publication (publication);
