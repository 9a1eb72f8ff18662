-- Gives some renders back whole, as they were recorded from their manifests.
-- parameter render_ids VARCHAR[]: the renders
-- column render_id VARCHAR: primary key
-- column shot_id VARCHAR: the shot
-- column workflow VARCHAR: traditional, ai or hybrid
-- column purpose VARCHAR: shot, warm_up, benchmark or training
-- column engine VARCHAR: program and version
-- column model VARCHAR: AI model
-- column quality VARCHAR: level, such as draft
-- column seed BIGINT: of everything random
-- column repeat_number INTEGER: from 1
-- column first_frame INTEGER: inclusive
-- column last_frame INTEGER: inclusive
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column fps_numerator INTEGER: frames per second are fps_numerator / fps_denominator
-- column fps_denominator INTEGER: see fps_numerator
-- column hardware_id VARCHAR: the machine
-- column started_at TIMESTAMPTZ: UTC
-- column ended_at TIMESTAMPTZ: UTC; NULL while it runs or if it was killed
-- column wall_seconds DOUBLE: seconds by a monotonic clock
-- column outcome VARCHAR: ok, failed or interrupted
-- column failure VARCHAR: why it failed
-- column folder VARCHAR: absolute path
-- column movie VARCHAR: file name inside folder
-- column settings JSON: everything that changes the picture
-- column origin VARCHAR: measured, imported, assumed or synthetic
-- column stages STRUCT(name VARCHAR, wall_seconds DOUBLE, cpu_seconds DOUBLE, gpu_seconds DOUBLE, energy_joules DOUBLE, energy_origin VARCHAR, peak_memory_bytes BIGINT, peak_vram_bytes BIGINT)[]: in the order they ran
WITH chosen AS MATERIALIZED (
    SELECT * FROM renders SEMI JOIN (SELECT unnest($render_ids::VARCHAR[]) AS render_id) AS given USING (render_id)
)
SELECT
    chosen.render_id, shot_id, workflow, purpose, engine, model, quality, seed, repeat_number, first_frame, last_frame,
    width, height, fps_numerator, fps_denominator, hardware_id, started_at, ended_at, wall_seconds, outcome, failure,
    folder, movie, settings, origin, coalesce(staged.stages, []) AS stages
FROM chosen
LEFT JOIN (
    SELECT stages.render_id, list({
        'name': name, 'wall_seconds': wall_seconds, 'cpu_seconds': cpu_seconds, 'gpu_seconds': gpu_seconds,
        'energy_joules': energy_joules, 'energy_origin': energy_origin,
        'peak_memory_bytes': peak_memory_bytes, 'peak_vram_bytes': peak_vram_bytes
    } ORDER BY stage_number) AS stages
    FROM stages
    SEMI JOIN chosen ON stages.render_id = chosen.render_id AND stages.render_started_at = chosen.started_at
    GROUP BY stages.render_id
) AS staged USING (render_id)
