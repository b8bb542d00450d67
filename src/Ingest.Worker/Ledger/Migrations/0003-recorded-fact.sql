-- What the catalogue said when figures were recorded under it, cell by cell: a catalogue that says otherwise must not be taken.
-- What is not here yet is taken from the catalogue at the next start.
CREATE TABLE recorded_fact (
    file   TEXT NOT NULL,
    code   TEXT NOT NULL,
    field TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (file, code, field)
) WITHOUT ROWID;

INSERT INTO recorded_fact (file, code, field, value) SELECT 'indicators.csv', code, 'unit', unit FROM recorded_indicator;
INSERT INTO recorded_fact (file, code, field, value) SELECT 'indicators.csv', code, 'kind', kind FROM recorded_indicator;

DROP TABLE recorded_indicator;
