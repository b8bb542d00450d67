-- Raised by each process that takes the cube over: one that has been taken over meanwhile can then no longer write.
ALTER TABLE cube_state ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
