-- Two more stages: `condition` encodes the text and the control pictures that a model is given, `conform` brings what it
-- made to the size, rate and range of the shot. DuckDB cannot change a CHECK in place, so the table is made again.
CREATE TABLE stages_with_conform (
    render_id         VARCHAR,
    stage_number      UTINYINT CHECK (stage_number > 0),
    name              VARCHAR NOT NULL CHECK (name IN ('load', 'plate', 'blocking', 'simulate', 'render', 'condition', 'denoise', 'decode', 'composite', 'conform', 'encode')),
    wall_seconds      DOUBLE NOT NULL CHECK (wall_seconds >= 0),
    cpu_seconds       DOUBLE NOT NULL CHECK (cpu_seconds >= 0),
    gpu_seconds       DOUBLE CHECK (gpu_seconds >= 0),
    energy_joules     DOUBLE CHECK (energy_joules >= 0),
    energy_origin     VARCHAR CHECK (energy_origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    peak_memory_bytes BIGINT NOT NULL CHECK (peak_memory_bytes >= 0),
    peak_vram_bytes   BIGINT CHECK (peak_vram_bytes >= 0),
    origin            VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    render_started_at TIMESTAMPTZ,
    PRIMARY KEY (render_id, stage_number)
);
INSERT INTO stages_with_conform BY NAME SELECT * FROM stages ORDER BY render_started_at, render_id, stage_number;
DROP TABLE stages;
ALTER TABLE stages_with_conform RENAME TO stages;
COMMENT ON COLUMN stages.stage_number IS 'From 1, in the order they ran.';
COMMENT ON COLUMN stages.name IS 'Loading and the plate are no part of a workflow''s own machine time.';
COMMENT ON COLUMN stages.wall_seconds IS 'Seconds by a monotonic clock.';
COMMENT ON COLUMN stages.cpu_seconds IS 'User and system seconds of the process and its children.';
COMMENT ON COLUMN stages.gpu_seconds IS 'Seconds in which a GPU was held; NULL where there is none.';
COMMENT ON COLUMN stages.energy_joules IS 'Processor and GPU; energy_origin says whether it was metered.';
COMMENT ON COLUMN stages.peak_memory_bytes IS 'Highest resident memory of the process tree during the stage.';
COMMENT ON COLUMN stages.render_started_at IS 'Instant in UTC, equal to renders.started_at: join on both.';

-- A score says which version of its measure made it, so that scores of two versions are never held against each other.
ALTER TABLE quality_scores ADD COLUMN measure_version VARCHAR;
ALTER TABLE quality_scores ADD COLUMN per_frame DOUBLE[];
COMMENT ON COLUMN quality_scores.measure_version IS 'Of the measures as a whole; NULL where imported.';
COMMENT ON COLUMN quality_scores.per_frame IS 'The metric of each frame in order; NULL inside where a frame has none.';

-- A person's preference between two renders of a shot that were shown as A and B in an order nobody knew. A row appears
-- when the two are laid out, which keeps the hidden order, and is completed once by the answer.
CREATE TABLE blind_reviews (
    blind_review_id VARCHAR PRIMARY KEY,
    shot_id         VARCHAR NOT NULL,
    a_render_id     VARCHAR NOT NULL,
    b_render_id     VARCHAR NOT NULL,
    folder          VARCHAR NOT NULL,
    laid_out_at     TIMESTAMPTZ NOT NULL,
    answered_at     TIMESTAMPTZ,
    preferred       VARCHAR CHECK (preferred IN ('a', 'b', 'neither')),
    a_note          UTINYINT CHECK (a_note BETWEEN 1 AND 5),
    b_note          UTINYINT CHECK (b_note BETWEEN 1 AND 5),
    reviewer        VARCHAR,
    comment         VARCHAR,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    CHECK (a_render_id <> b_render_id),
    CHECK (answered_at >= laid_out_at),
    CHECK ((answered_at IS NULL) = (preferred IS NULL))
);
COMMENT ON COLUMN blind_reviews.folder IS 'Absolute path of what was shown.';
COMMENT ON COLUMN blind_reviews.answered_at IS 'Instant in UTC; NULL until somebody has answered.';
COMMENT ON COLUMN blind_reviews.a_note IS 'From 1, unusable, to 5, could be delivered.';

-- What a model cost to make, so that its shots can carry it.
CREATE TABLE training_runs (
    training_run_id VARCHAR PRIMARY KEY,
    model           VARCHAR NOT NULL,
    revision        VARCHAR NOT NULL,
    parameter_count BIGINT CHECK (parameter_count > 0),
    started_at      TIMESTAMPTZ NOT NULL,
    ended_at        TIMESTAMPTZ NOT NULL,
    hardware_id     VARCHAR NOT NULL,
    wall_seconds    DOUBLE NOT NULL CHECK (wall_seconds >= 0),
    cpu_seconds     DOUBLE CHECK (cpu_seconds >= 0),
    gpu_seconds     DOUBLE CHECK (gpu_seconds >= 0),
    energy_joules   DOUBLE CHECK (energy_joules >= 0),
    energy_origin   VARCHAR CHECK (energy_origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    CHECK (ended_at >= started_at)
);
COMMENT ON COLUMN training_runs.revision IS 'SHA-256 over the weights that came of it, as renders record it.';
COMMENT ON COLUMN training_runs.wall_seconds IS 'Seconds in which the machine was taken, pauses left out.';

CREATE TABLE training_footage (
    training_run_id VARCHAR,
    part_number     INTEGER CHECK (part_number > 0),
    hardware_id     VARCHAR NOT NULL,
    clip_count      INTEGER NOT NULL CHECK (clip_count >= 0),
    frame_count     INTEGER CHECK (frame_count >= 0),
    wall_seconds    DOUBLE NOT NULL CHECK (wall_seconds >= 0),
    cpu_seconds     DOUBLE CHECK (cpu_seconds >= 0),
    energy_joules   DOUBLE CHECK (energy_joules >= 0),
    energy_origin   VARCHAR CHECK (energy_origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    PRIMARY KEY (training_run_id, part_number)
);
COMMENT ON TABLE training_footage IS 'The clips a model was trained on, a row for each machine that rendered some of them.';
COMMENT ON COLUMN training_footage.wall_seconds IS 'Seconds in which the machine was taken by rendering them.';
