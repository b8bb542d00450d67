-- The ledger's signed checkpoint that covers ledger_through, as the release carries it; null in releases from before. Size, root, time and
-- signature are those of the ledger's ledger_checkpoint.
ALTER TABLE month_release ADD COLUMN checkpoint_size INTEGER NULL;
ALTER TABLE month_release ADD COLUMN checkpoint_root TEXT NULL;
ALTER TABLE month_release ADD COLUMN checkpoint_time TEXT NULL;
ALTER TABLE month_release ADD COLUMN checkpoint_signature TEXT NULL;
