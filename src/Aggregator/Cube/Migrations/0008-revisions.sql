-- Who follows a cube that another process works on reads what was written since, and not all of it. Each transaction that stores a step
-- raises cube_state.revision by one and writes it into the rows that it stores. Rows from before, and those of a process that nobody may
-- follow, have 0 and are in no index. replaced_revision: the last revision that replaced all rows, or may have; who follows from an older
-- one reads all.
ALTER TABLE cube_state ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_state ADD COLUMN replaced_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_effective_month ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_month_change ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_review ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_roll_up ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cube_roll_up_sender ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

CREATE INDEX cube_effective_month_revision ON cube_effective_month (revision) WHERE revision > 0;
CREATE INDEX cube_month_change_revision ON cube_month_change (revision) WHERE revision > 0;
CREATE INDEX cube_review_revision ON cube_review (revision) WHERE revision > 0;
CREATE INDEX cube_roll_up_revision ON cube_roll_up (revision) WHERE revision > 0;
