-- Finds values that cannot be. Most are kept out by the tables' own checks; these are what a check cannot see or a foreign hand may have changed.
-- column table_name VARCHAR: where the row stands
-- column row_id VARCHAR: its primary key
-- column field VARCHAR: the column
-- column value VARCHAR: what stands there
-- column why VARCHAR: why it cannot be, as the end of a sentence that begins with the value
WITH amounts AS (
    SELECT 'renders' AS table_name, render_id AS row_id, 'wall_seconds' AS field, wall_seconds AS amount FROM renders
    UNION ALL SELECT 'renders', render_id, 'cpu_seconds', cpu_seconds FROM renders
    UNION ALL SELECT 'renders', render_id, 'gpu_seconds', gpu_seconds FROM renders
    UNION ALL SELECT 'renders', render_id, 'energy_joules', energy_joules FROM renders
    UNION ALL SELECT 'renders', render_id, 'generated_seconds', generated_seconds FROM renders
    UNION ALL SELECT 'stages', concat(render_id, ' #', stage_number), 'wall_seconds', wall_seconds FROM stages
    UNION ALL SELECT 'stages', concat(render_id, ' #', stage_number), 'cpu_seconds', cpu_seconds FROM stages
    UNION ALL SELECT 'stages', concat(render_id, ' #', stage_number), 'gpu_seconds', gpu_seconds FROM stages
    UNION ALL SELECT 'stages', concat(render_id, ' #', stage_number), 'energy_joules', energy_joules FROM stages
    UNION ALL SELECT 'work_entries', work_entry_id, 'people_hours', people_hours FROM work_entries
    UNION ALL SELECT 'training_runs', training_run_id, 'wall_seconds', wall_seconds FROM training_runs
    UNION ALL SELECT 'training_runs', training_run_id, 'energy_joules', energy_joules FROM training_runs
    UNION ALL SELECT 'training_footage', concat(training_run_id, ' #', part_number), 'wall_seconds', wall_seconds FROM training_footage
    UNION ALL SELECT 'training_footage', concat(training_run_id, ' #', part_number), 'energy_joules', energy_joules FROM training_footage
)
SELECT table_name, row_id, field, amount::VARCHAR AS value, if(amount < 0, 'is negative', 'is no finite number') AS why
FROM amounts
WHERE amount < 0 OR NOT isfinite(amount)
UNION ALL
SELECT 'renders', render_id, 'frame_count', frame_count::VARCHAR, concat('is not the length of ', first_frame, '-', last_frame)
FROM renders
WHERE frame_count <> last_frame - first_frame + 1
UNION ALL
SELECT 'renders', render_id, 'ended_at', ended_at::VARCHAR, 'lies before the start'
FROM renders
WHERE ended_at < started_at
UNION ALL
SELECT 'renders', render_id, 'outcome', outcome, 'needs an end, and there is none'
FROM renders
WHERE ended_at IS NULL AND outcome <> 'interrupted' AND origin = 'measured'
UNION ALL
SELECT 'renders', render_id, 'stages', '0', 'is too few for a measured render that went well'
FROM renders
ANTI JOIN stages USING (render_id)
WHERE outcome = 'ok' AND origin = 'measured'
UNION ALL
SELECT 'stages', concat(render_id, ' #', stage_number), 'energy_origin', 'NULL', 'leaves open whether the energy was metered'
FROM stages
WHERE energy_joules IS NOT NULL AND energy_origin IS NULL
UNION ALL
SELECT 'stages', concat(stages.render_id, ' #', stage_number), 'render_started_at', stages.render_started_at::VARCHAR,
    'is not when its render started'
FROM stages
JOIN renders USING (render_id)
WHERE stages.render_started_at IS DISTINCT FROM renders.started_at OR renders.started_at IS NULL
UNION ALL
SELECT 'quality_scores', concat(render_id, ' ', metric), 'value', value::VARCHAR, 'is no finite number'
FROM quality_scores
WHERE NOT isfinite(value)
UNION ALL
SELECT 'training_runs', training_run_id, 'energy_origin', 'NULL', 'leaves open whether the energy was metered'
FROM training_runs
WHERE energy_joules IS NOT NULL AND energy_origin IS NULL
UNION ALL
SELECT 'assignments', concat(shot_id, ' #', assignment_number), 'ended_on', ended_on::VARCHAR, 'lies before the start'
FROM assignments
WHERE ended_on < started_on
ORDER BY table_name, row_id, field
