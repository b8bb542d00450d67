-- The same tables as 0001-ledger.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the database's collation.
CREATE TABLE ledger_entry (
    sequence      bigint NOT NULL PRIMARY KEY,
    submission_id varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    unit          nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period        nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    revision      bigint NOT NULL,
    verdict       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CHECK (verdict IN ('accepted', 'refused', 'superseded')),
    findings      nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    body          varbinary(max) NOT NULL,
    received_at   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sender        nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    leaf_hash     varbinary(32) NOT NULL
);

CREATE INDEX ledger_entry_unit_period ON ledger_entry (unit, period);

CREATE TABLE ledger_checkpoint (
    tree_size  bigint NOT NULL PRIMARY KEY,
    root       varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    signature  varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE ledger_head (
    id       bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    frontier varbinary(max) NOT NULL
);

INSERT INTO ledger_head (id, frontier) VALUES (1, 0x0000000000000000);

CREATE TABLE ledger_effective_month (
    unit   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    period bigint NOT NULL,
    data   varbinary(max) NOT NULL,
    PRIMARY KEY (unit, period)
);

-- The units with figures are read under the write lock at each edit of the catalogue. The primary key carries every figure; this index
-- is narrow.
CREATE INDEX ledger_effective_month_unit ON ledger_effective_month (unit);

CREATE TABLE indicator_number (
    number bigint NOT NULL PRIMARY KEY,
    code   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);

CREATE TABLE recorded_fact (
    source_file varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    code        nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    field       varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    value       nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (source_file, code, field)
);

CREATE TABLE tree_node (
    level  bigint NOT NULL,
    number bigint NOT NULL,
    hash   varbinary(32) NOT NULL,
    PRIMARY KEY (level, number)
);

CREATE TABLE storage_probe (
    padding varbinary(max) NOT NULL
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
