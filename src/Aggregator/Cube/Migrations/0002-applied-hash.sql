-- The leaf hash of the ledger row applied_through: what follows on it is this ledger, what does not is another. NULL: not known yet.
ALTER TABLE cube_state ADD COLUMN applied_hash TEXT NULL;
