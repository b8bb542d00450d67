-- The same tables as 0004-releases.sql of SQLite, which describes them.
CREATE TABLE month_release (
    period         bigint NOT NULL,
    number         bigint NOT NULL,
    released_at    text   COLLATE "C" NOT NULL,
    ledger_through bigint NOT NULL,
    ledger_hash    text   COLLATE "C" NULL,
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
