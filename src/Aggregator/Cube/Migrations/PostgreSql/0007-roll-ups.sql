-- The same tables as 0007-roll-ups.sql of SQLite, which describes them.
CREATE TABLE cube_roll_up (
    sender    text   COLLATE "C" NOT NULL,
    unit      text   COLLATE "C" NOT NULL,
    indicator text   COLLATE "C" NOT NULL,
    year      bigint NOT NULL,
    data      bytea  NOT NULL,
    PRIMARY KEY (sender, unit, indicator, year)
);

CREATE TABLE cube_roll_up_sender (
    sender text COLLATE "C" NOT NULL PRIMARY KEY,
    data   bytea NOT NULL
);
