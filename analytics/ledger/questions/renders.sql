-- Lists renders, newest first, with their totals and their stages.
-- parameter render_id VARCHAR: only this render; NULL for all
-- parameter shot_id VARCHAR: only of this shot; NULL for all
-- parameter shot_code VARCHAR: only of shots with this code; NULL for all
-- parameter workflow VARCHAR: only by this workflow; NULL for all
-- parameter purpose VARCHAR: only for this purpose; NULL for all
-- parameter outcome VARCHAR: only those that ended so; NULL for all
-- parameter quality VARCHAR: only of this level; NULL for all
-- parameter with_synthetic BOOLEAN: whether to list demonstration rows beside real ones; a ledger of demonstration rows alone lists them always
-- parameter row_limit BIGINT: at most so many; NULL for all
-- column render_id VARCHAR: primary key
-- column title_id VARCHAR: title of the production
-- column production_id VARCHAR: production of the shot
-- column sequence VARCHAR: of the shot
-- column shot_id VARCHAR: the shot
-- column shot_code VARCHAR: as the cut writes it
-- column workflow VARCHAR: traditional, ai or hybrid
-- column purpose VARCHAR: shot, warm_up, benchmark or training
-- column outcome VARCHAR: ok, failed or interrupted
-- column failure VARCHAR: why it failed
-- column engine VARCHAR: program and version
-- column model VARCHAR: AI model
-- column quality VARCHAR: level, such as draft
-- column seed BIGINT: of everything random
-- column repeat_number INTEGER: from 1
-- column first_frame INTEGER: inclusive
-- column last_frame INTEGER: inclusive
-- column frame_count INTEGER: frames rendered
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column fps_numerator INTEGER: frames per second are fps_numerator / fps_denominator
-- column fps_denominator INTEGER: see fps_numerator
-- column hardware_id VARCHAR: the machine
-- column cpu_model VARCHAR: of the machine
-- column gpu_model VARCHAR: of the machine
-- column rate_resource VARCHAR: the rate a machine-hour is charged at
-- column started_at TIMESTAMPTZ: UTC
-- column ended_at TIMESTAMPTZ: UTC; NULL while it runs or if it was killed
-- column wall_seconds DOUBLE: seconds by a monotonic clock
-- column cpu_seconds DOUBLE: user and system seconds, children included
-- column gpu_seconds DOUBLE: seconds in which a GPU was held
-- column energy_joules DOUBLE: processor and GPU
-- column energy_origin VARCHAR: the weakest origin among the stages
-- column peak_memory_bytes BIGINT: of the process tree
-- column peak_vram_bytes BIGINT: allocated on the GPU
-- column folder VARCHAR: absolute path
-- column movie VARCHAR: file name inside folder
-- column settings JSON: everything that changes the picture
-- column origin VARCHAR: measured, imported, assumed or synthetic
-- column stages STRUCT(name VARCHAR, wall_seconds DOUBLE, cpu_seconds DOUBLE, gpu_seconds DOUBLE, energy_joules DOUBLE, energy_origin VARCHAR, peak_memory_bytes BIGINT, peak_vram_bytes BIGINT)[]: in the order they ran
-- The ids are chosen first, from few columns: sorting whole rows of 100,000 renders to keep twenty takes ten times as long.
WITH chosen AS MATERIALIZED (
    SELECT render_id, started_at, rowid AS row_id
    FROM renders
    WHERE ($render_id::VARCHAR IS NULL OR render_id = $render_id)
      AND ($shot_id::VARCHAR IS NULL OR shot_id = $shot_id)
      AND ($shot_code::VARCHAR IS NULL OR shot_id IN (SELECT shots.shot_id FROM shots WHERE shots.code = $shot_code))
      AND ($workflow::VARCHAR IS NULL OR workflow = $workflow)
      AND ($purpose::VARCHAR IS NULL OR purpose = $purpose)
      AND ($outcome::VARCHAR IS NULL OR outcome = $outcome)
      AND ($quality::VARCHAR IS NULL OR quality = $quality)
      AND ($with_synthetic::BOOLEAN OR origin <> 'synthetic'
           OR (SELECT bool_and(every.origin = 'synthetic') FROM renders AS every))
    ORDER BY started_at DESC NULLS LAST
    LIMIT $row_limit::BIGINT
), asked AS (
    SELECT renders.*, shots.production_id, shots.sequence, shots.code AS shot_code
    FROM renders
    SEMI JOIN chosen ON renders.rowid = chosen.row_id
    LEFT JOIN shots USING (shot_id)
), staged AS (
    SELECT
        stages.render_id,
        sum(cpu_seconds)       AS cpu_seconds,
        sum(gpu_seconds)       AS gpu_seconds,
        sum(energy_joules)     AS energy_joules,
        CASE
            WHEN bool_or(energy_origin = 'synthetic') THEN 'synthetic'
            WHEN bool_or(energy_origin = 'assumed') THEN 'assumed'
            WHEN bool_or(energy_origin = 'imported') THEN 'imported'
            WHEN bool_or(energy_origin = 'measured') THEN 'measured'
        END AS energy_origin,
        max(peak_memory_bytes) AS peak_memory_bytes,
        max(peak_vram_bytes)   AS peak_vram_bytes,
        list({
            'name': name, 'wall_seconds': wall_seconds, 'cpu_seconds': cpu_seconds, 'gpu_seconds': gpu_seconds,
            'energy_joules': energy_joules, 'energy_origin': energy_origin,
            'peak_memory_bytes': peak_memory_bytes, 'peak_vram_bytes': peak_vram_bytes
        } ORDER BY stage_number) AS stages
    FROM stages
    SEMI JOIN chosen ON stages.render_id = chosen.render_id AND stages.render_started_at = chosen.started_at
    GROUP BY stages.render_id
)
SELECT
    asked.render_id, productions.title_id, asked.production_id, asked.sequence, asked.shot_id, asked.shot_code,
    asked.workflow, asked.purpose, asked.outcome, asked.failure, asked.engine, asked.model, asked.quality, asked.seed,
    asked.repeat_number, asked.first_frame, asked.last_frame, asked.frame_count, asked.width, asked.height,
    asked.fps_numerator, asked.fps_denominator, asked.hardware_id, hardware.cpu_model, hardware.gpu_model, hardware.rate_resource,
    asked.started_at, asked.ended_at, asked.wall_seconds,
    coalesce(staged.cpu_seconds, asked.cpu_seconds)     AS cpu_seconds,
    coalesce(staged.gpu_seconds, asked.gpu_seconds)     AS gpu_seconds,
    coalesce(staged.energy_joules, asked.energy_joules) AS energy_joules,
    CASE
        WHEN staged.energy_joules IS NOT NULL THEN staged.energy_origin
        WHEN asked.energy_joules IS NOT NULL THEN asked.origin
    END AS energy_origin,
    staged.peak_memory_bytes, staged.peak_vram_bytes,
    asked.folder, asked.movie, asked.settings, asked.origin,
    coalesce(staged.stages, []) AS stages
FROM asked
LEFT JOIN staged USING (render_id)
LEFT JOIN productions USING (production_id)
LEFT JOIN hardware USING (hardware_id)
ORDER BY asked.started_at DESC NULLS LAST, asked.render_id
