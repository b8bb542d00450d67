-- Always empty: what is written here and taken away again shows that a disk that was full has room.
CREATE TABLE storage_probe (
    filler BLOB NOT NULL
);
