-- Machine work: the machines, the renders run on them, and what each stage of a render took.
CREATE TABLE hardware (
    hardware_id      VARCHAR PRIMARY KEY,
    rate_resource    VARCHAR,
    cpu_model        VARCHAR,
    cpu_count        INTEGER CHECK (cpu_count > 0),
    memory_bytes     BIGINT CHECK (memory_bytes >= 0),
    cpu_tdp_watts    DOUBLE CHECK (cpu_tdp_watts >= 0),
    gpu_model        VARCHAR,
    gpu_count        INTEGER CHECK (gpu_count >= 0),
    gpu_memory_bytes BIGINT CHECK (gpu_memory_bytes >= 0),
    operating_system VARCHAR,
    python_version   VARCHAR,
    origin           VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id  VARCHAR
);
COMMENT ON COLUMN hardware.rate_resource IS 'The rate a machine-hour is charged at, such as machine:gpu.';
COMMENT ON COLUMN hardware.cpu_tdp_watts IS 'Thermal design power of the processor package.';

-- A row appears when a render starts, as interrupted and without an end, and is completed once. After that it is a fact
-- and no command of ours changes it.
CREATE TABLE renders (
    render_id         VARCHAR PRIMARY KEY,
    shot_id           VARCHAR NOT NULL,
    workflow          VARCHAR NOT NULL CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    purpose           VARCHAR NOT NULL DEFAULT 'shot' CHECK (purpose IN ('shot', 'warm_up', 'benchmark', 'training')),
    engine            VARCHAR,
    model             VARCHAR,
    version_number    INTEGER,
    quality           VARCHAR,
    seed              BIGINT,
    repeat_number     INTEGER CHECK (repeat_number > 0),
    first_frame       INTEGER CHECK (first_frame >= 0),
    last_frame        INTEGER,
    frame_count       INTEGER CHECK (frame_count >= 0),
    width             INTEGER CHECK (width > 0),
    height            INTEGER CHECK (height > 0),
    fps_numerator     INTEGER CHECK (fps_numerator > 0),
    fps_denominator   INTEGER CHECK (fps_denominator > 0),
    generated_seconds DOUBLE CHECK (generated_seconds >= 0),
    hardware_id       VARCHAR,
    started_at        TIMESTAMPTZ,
    ended_at          TIMESTAMPTZ,
    wall_seconds      DOUBLE NOT NULL CHECK (wall_seconds >= 0),
    cpu_seconds       DOUBLE CHECK (cpu_seconds >= 0),
    gpu_seconds       DOUBLE CHECK (gpu_seconds >= 0),
    energy_joules     DOUBLE CHECK (energy_joules >= 0),
    outcome           VARCHAR NOT NULL CHECK (outcome IN ('ok', 'failed', 'interrupted')),
    failure           VARCHAR,
    folder            VARCHAR,
    movie             VARCHAR,
    settings          JSON,
    origin            VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id   VARCHAR,
    CHECK (last_frame >= first_frame),
    CHECK (ended_at >= started_at),
    CHECK (ended_at IS NOT NULL OR outcome = 'interrupted' OR origin <> 'measured')
);
COMMENT ON COLUMN renders.started_at IS 'Instant in UTC.';
COMMENT ON COLUMN renders.ended_at IS 'Instant in UTC; NULL while it runs, and for ever if it was killed.';
COMMENT ON COLUMN renders.wall_seconds IS 'Seconds by a monotonic clock, the sum of the stages; 0 until it ended.';
COMMENT ON COLUMN renders.cpu_seconds IS 'Only where imported without stages; otherwise see render_totals.';
COMMENT ON COLUMN renders.gpu_seconds IS 'Only where imported without stages; otherwise see render_totals.';
COMMENT ON COLUMN renders.energy_joules IS 'Only where imported without stages; otherwise see render_totals.';
COMMENT ON COLUMN renders.generated_seconds IS 'Seconds of footage that a generator was asked and billed for, rejected tries included.';
COMMENT ON COLUMN renders.folder IS 'Absolute path of frames, movie, log and manifest.';
COMMENT ON COLUMN renders.movie IS 'File name inside folder.';
COMMENT ON COLUMN renders.settings IS 'Everything that changes the picture, so that the render can be repeated.';

CREATE TABLE stages (
    render_id         VARCHAR,
    stage_number      UTINYINT CHECK (stage_number > 0),
    name              VARCHAR NOT NULL CHECK (name IN ('load', 'blocking', 'simulate', 'render', 'denoise', 'decode', 'composite', 'encode')),
    wall_seconds      DOUBLE NOT NULL CHECK (wall_seconds >= 0),
    cpu_seconds       DOUBLE NOT NULL CHECK (cpu_seconds >= 0),
    gpu_seconds       DOUBLE CHECK (gpu_seconds >= 0),
    energy_joules     DOUBLE CHECK (energy_joules >= 0),
    energy_origin     VARCHAR CHECK (energy_origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    peak_memory_bytes BIGINT NOT NULL CHECK (peak_memory_bytes >= 0),
    peak_vram_bytes   BIGINT CHECK (peak_vram_bytes >= 0),
    origin            VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    PRIMARY KEY (render_id, stage_number)
);
COMMENT ON COLUMN stages.stage_number IS 'From 1, in the order they ran.';
COMMENT ON COLUMN stages.wall_seconds IS 'Seconds by a monotonic clock.';
COMMENT ON COLUMN stages.cpu_seconds IS 'User and system seconds of the process and its children.';
COMMENT ON COLUMN stages.gpu_seconds IS 'Seconds in which a GPU was held; NULL where there is none.';
COMMENT ON COLUMN stages.energy_joules IS 'Processor and GPU; energy_origin says whether it was metered.';
COMMENT ON COLUMN stages.peak_memory_bytes IS 'Highest resident memory of the process tree during the stage.';

-- One row a render with what it took on each meter, whether it came with stages or as imported totals.
CREATE VIEW render_totals AS
SELECT
    renders.render_id,
    renders.wall_seconds,
    coalesce(staged.cpu_seconds, renders.cpu_seconds)     AS cpu_seconds,
    coalesce(staged.gpu_seconds, renders.gpu_seconds)     AS gpu_seconds,
    coalesce(staged.energy_joules, renders.energy_joules) AS energy_joules,
    CASE
        WHEN staged.energy_joules IS NOT NULL THEN staged.energy_origin
        WHEN renders.energy_joules IS NOT NULL THEN renders.origin
    END AS energy_origin,
    staged.peak_memory_bytes,
    staged.peak_vram_bytes
FROM renders
LEFT JOIN (
    SELECT
        render_id,
        sum(cpu_seconds)       AS cpu_seconds,
        sum(gpu_seconds)       AS gpu_seconds,
        sum(energy_joules)     AS energy_joules,
        -- A sum is only as good as its weakest part: one assumed stage makes the whole assumed.
        CASE
            WHEN bool_or(energy_origin = 'synthetic') THEN 'synthetic'
            WHEN bool_or(energy_origin = 'assumed') THEN 'assumed'
            WHEN bool_or(energy_origin = 'imported') THEN 'imported'
            WHEN bool_or(energy_origin = 'measured') THEN 'measured'
        END AS energy_origin,
        max(peak_memory_bytes) AS peak_memory_bytes,
        max(peak_vram_bytes)   AS peak_vram_bytes
    FROM stages
    GROUP BY render_id
) AS staged USING (render_id);

CREATE TABLE quality_scores (
    render_id   VARCHAR,
    metric      VARCHAR,
    against     VARCHAR,
    value       DOUBLE NOT NULL,
    unit        VARCHAR,
    computed_at TIMESTAMPTZ,
    origin      VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    PRIMARY KEY (render_id, metric, against)
);
COMMENT ON COLUMN quality_scores.metric IS 'Such as ssim, psnr or flicker.';
COMMENT ON COLUMN quality_scores.against IS 'The render_id of the reference, or an empty text where the metric needs none.';
