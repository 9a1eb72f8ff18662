-- Lists the stages of one shot's renders, in the order they ran.
-- parameter shot_id VARCHAR: the shot
-- column render_id VARCHAR: the render
-- column workflow VARCHAR: traditional, ai or hybrid
-- column purpose VARCHAR: shot, warm_up, benchmark or training
-- column quality VARCHAR: level, such as draft
-- column outcome VARCHAR: how the render ended
-- column started_at TIMESTAMPTZ: of the render, UTC
-- column stage_number UTINYINT: from 1
-- column name VARCHAR: of the stage
-- column wall_seconds DOUBLE: seconds by a monotonic clock
-- column cpu_seconds DOUBLE: user and system seconds, children included
-- column gpu_seconds DOUBLE: seconds in which a GPU was held
-- column energy_joules DOUBLE: processor and GPU
-- column energy_origin VARCHAR: metered or assumed
-- column peak_memory_bytes BIGINT: of the process tree
-- column peak_vram_bytes BIGINT: allocated on the GPU
-- column rate_resource VARCHAR: the rate a machine-hour is charged at
-- column frame_count INTEGER: frames of the render
-- column origin VARCHAR: of the render
SELECT
    renders.render_id, renders.workflow, renders.purpose, renders.quality, renders.outcome, renders.started_at,
    stages.stage_number, stages.name, stages.wall_seconds, stages.cpu_seconds, stages.gpu_seconds, stages.energy_joules,
    stages.energy_origin, stages.peak_memory_bytes, stages.peak_vram_bytes,
    hardware.rate_resource, renders.frame_count, renders.origin
FROM renders
JOIN stages ON stages.render_id = renders.render_id AND stages.render_started_at = renders.started_at
LEFT JOIN hardware USING (hardware_id)
WHERE renders.shot_id = $shot_id
ORDER BY renders.started_at, renders.render_id, stages.stage_number
