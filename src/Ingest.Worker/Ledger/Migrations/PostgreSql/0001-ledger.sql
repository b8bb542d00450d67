-- The same tables as 0001-ledger.sql of SQLite, which describes each. Codes are compared by their bytes, whatever the database's collation.
CREATE TABLE ledger_entry (
    sequence      bigint NOT NULL PRIMARY KEY,
    submission_id text   COLLATE "C" NOT NULL UNIQUE,
    unit          text   COLLATE "C" NOT NULL,
    period        text   COLLATE "C" NOT NULL,
    revision      bigint NOT NULL,
    verdict       text   COLLATE "C" NOT NULL CHECK (verdict IN ('accepted', 'refused', 'superseded')),
    findings      text   NULL,
    body          bytea  NOT NULL,
    received_at   text   COLLATE "C" NOT NULL,
    sender        text   COLLATE "C" NOT NULL,
    leaf_hash     bytea  NOT NULL
);

CREATE INDEX ledger_entry_unit_period ON ledger_entry (unit, period);

CREATE TABLE ledger_checkpoint (
    tree_size  bigint NOT NULL PRIMARY KEY,
    root       text   COLLATE "C" NOT NULL,
    created_at text   COLLATE "C" NOT NULL,
    signature  text   COLLATE "C" NOT NULL
);

CREATE TABLE ledger_head (
    id       bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    frontier bytea  NOT NULL
);

INSERT INTO ledger_head (id, frontier) VALUES (1, decode('0000000000000000', 'hex'));

CREATE TABLE ledger_effective_month (
    unit   text   COLLATE "C" NOT NULL,
    period bigint NOT NULL,
    data   bytea  NOT NULL,
    PRIMARY KEY (unit, period)
);

CREATE TABLE indicator_number (
    number bigint NOT NULL PRIMARY KEY,
    code   text   COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE recorded_fact (
    source_file text COLLATE "C" NOT NULL,
    code        text COLLATE "C" NOT NULL,
    field       text COLLATE "C" NOT NULL,
    value       text COLLATE "C" NOT NULL,
    PRIMARY KEY (source_file, code, field)
);

CREATE TABLE tree_node (
    level  bigint NOT NULL,
    number bigint NOT NULL,
    hash   bytea  NOT NULL,
    PRIMARY KEY (level, number)
);

CREATE TABLE storage_probe (
    padding bytea NOT NULL
);

-- One row. A transaction that raises generation holds the row, and is the only writer, until it ends.
CREATE TABLE write_lock (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL
);

INSERT INTO write_lock (id, generation) VALUES (1, 0);
