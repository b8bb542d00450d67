-- What the cubes of other partitions have sent, where the unit tree is split: the newest of each. With it a start publishes at once.
-- sender: the path of the partition. data: the sums of the twelve months, as they were sent.
CREATE TABLE cube_roll_up (
    sender    TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    year      INTEGER NOT NULL,
    data      BLOB    NOT NULL,
    PRIMARY KEY (sender, unit, indicator, year)
) WITHOUT ROWID;

-- The last message of each of them: its position, the ledger rows up to which it is true, and the months that were reported.
CREATE TABLE cube_roll_up_sender (
    sender TEXT NOT NULL PRIMARY KEY,
    data   BLOB NOT NULL
) WITHOUT ROWID;
