-- The units that have figures are asked for under the write lock, at each edit of the catalogue: a narrow index, where the table's own key carries every figure.
CREATE INDEX ledger_standing_unit ON ledger_standing (unit);
