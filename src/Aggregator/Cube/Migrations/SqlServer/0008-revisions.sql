-- The same columns as 0008-revisions.sql of SQLite, which describes them.
ALTER TABLE cube_state ADD
    revision          bigint NOT NULL DEFAULT 0,
    replaced_revision bigint NOT NULL DEFAULT 0;
ALTER TABLE cube_effective_month ADD revision bigint NOT NULL DEFAULT 0;
ALTER TABLE cube_month_change ADD revision bigint NOT NULL DEFAULT 0;
ALTER TABLE cube_review ADD revision bigint NOT NULL DEFAULT 0;
ALTER TABLE cube_roll_up ADD revision bigint NOT NULL DEFAULT 0;
ALTER TABLE cube_roll_up_sender ADD revision bigint NOT NULL DEFAULT 0;

CREATE INDEX cube_effective_month_revision ON cube_effective_month (revision) WHERE revision > 0;
CREATE INDEX cube_month_change_revision ON cube_month_change (revision) WHERE revision > 0;
CREATE INDEX cube_review_revision ON cube_review (revision) WHERE revision > 0;
CREATE INDEX cube_roll_up_revision ON cube_roll_up (revision) WHERE revision > 0;
