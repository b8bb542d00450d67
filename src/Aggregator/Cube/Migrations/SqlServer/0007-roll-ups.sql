-- The same tables as 0007-roll-ups.sql of SQLite, which describes them.
CREATE TABLE cube_roll_up (
    sender    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unit      varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    indicator varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    year      bigint NOT NULL,
    data      varbinary(max) NOT NULL,
    PRIMARY KEY (sender, unit, indicator, year)
);

CREATE TABLE cube_roll_up_sender (
    sender varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    data   varbinary(max) NOT NULL
);
