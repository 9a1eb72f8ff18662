-- A shot may begin with a plate: the stage `plate` stands for what a camera on a set recorded, and is neither workflow's
-- work. DuckDB cannot change a CHECK in place, so the table is made again with the longer list of stages.
CREATE TABLE stages_with_plates (
    render_id         VARCHAR,
    stage_number      UTINYINT CHECK (stage_number > 0),
    name              VARCHAR NOT NULL CHECK (name IN ('load', 'plate', 'blocking', 'simulate', 'render', 'denoise', 'decode', 'composite', 'encode')),
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
INSERT INTO stages_with_plates BY NAME SELECT * FROM stages ORDER BY render_started_at, render_id, stage_number;
DROP TABLE stages;
ALTER TABLE stages_with_plates RENAME TO stages;
COMMENT ON COLUMN stages.stage_number IS 'From 1, in the order they ran.';
COMMENT ON COLUMN stages.name IS 'Loading and the plate are no part of a workflow''s own machine time.';
COMMENT ON COLUMN stages.wall_seconds IS 'Seconds by a monotonic clock.';
COMMENT ON COLUMN stages.cpu_seconds IS 'User and system seconds of the process and its children.';
COMMENT ON COLUMN stages.gpu_seconds IS 'Seconds in which a GPU was held; NULL where there is none.';
COMMENT ON COLUMN stages.energy_joules IS 'Processor and GPU; energy_origin says whether it was metered.';
COMMENT ON COLUMN stages.peak_memory_bytes IS 'Highest resident memory of the process tree during the stage.';
COMMENT ON COLUMN stages.render_started_at IS 'Instant in UTC, equal to renders.started_at: join on both.';
