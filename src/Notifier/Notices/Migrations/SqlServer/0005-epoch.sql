-- Raised by each process that takes the notices over. One that was taken over without noticing it, such as one that was frozen, reads
-- another number than its own, and sends and writes nothing more.
ALTER TABLE history_position ADD epoch bigint NOT NULL DEFAULT 0;
