-- The unit and kind that each indicator's figures are recorded under: a catalogue that says otherwise must not be taken.
CREATE TABLE recorded_indicator (
    code TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL
) WITHOUT ROWID;
