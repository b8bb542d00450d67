-- Raised every few seconds by the process that works on the cube. One that stands by watches whether it moves, by a clock of its own; the lock stays what counts.
ALTER TABLE cube_state ADD COLUMN sign_of_life bigint NOT NULL DEFAULT 0;
