-- Records the stages of one render, in the order they ran.
-- parameter render_id VARCHAR: the render
-- parameter render_started_at TIMESTAMPTZ: when the render started, UTC
-- parameter stages VARCHAR: JSON list of objects with the fields of a stage
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO stages (render_id, stage_number, name, wall_seconds, cpu_seconds, gpu_seconds, energy_joules, energy_origin,
                    peak_memory_bytes, peak_vram_bytes, origin, render_started_at)
SELECT
    $render_id, generate_subscripts(given.stages, 1), unnest(given.stages).name, unnest(given.stages).wall_seconds,
    unnest(given.stages).cpu_seconds, unnest(given.stages).gpu_seconds, unnest(given.stages).energy_joules,
    unnest(given.stages).energy_origin, unnest(given.stages).peak_memory_bytes, unnest(given.stages).peak_vram_bytes, $origin,
    $render_started_at
FROM (
    SELECT from_json($stages::JSON, '[{"name": "VARCHAR", "wall_seconds": "DOUBLE", "cpu_seconds": "DOUBLE", "gpu_seconds": "DOUBLE",
        "energy_joules": "DOUBLE", "energy_origin": "VARCHAR", "peak_memory_bytes": "BIGINT", "peak_vram_bytes": "BIGINT"}]') AS stages
) AS given;
