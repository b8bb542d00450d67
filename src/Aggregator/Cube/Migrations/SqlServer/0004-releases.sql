-- The same tables as 0004-releases.sql of SQLite, which describes them.
CREATE TABLE month_release (
    period         bigint NOT NULL,
    number         bigint NOT NULL,
    released_at    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ledger_through bigint NOT NULL,
    ledger_hash    varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    month_row      bigint NULL,
    publications   bigint NOT NULL,
    PRIMARY KEY (period, number)
);

CREATE TABLE month_release_publication (
    period      bigint NOT NULL,
    number      bigint NOT NULL,
    publication bigint NOT NULL,
    PRIMARY KEY (period, number, publication)
);
