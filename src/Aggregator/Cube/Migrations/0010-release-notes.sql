-- The origin of the checkpoint that a release carries: the ledger's name. checkpoint_signature has the signature lines of its note.
ALTER TABLE month_release ADD COLUMN checkpoint_origin TEXT NULL;
