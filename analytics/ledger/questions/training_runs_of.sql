-- What did it take to train these revisions of models, footage included?
-- parameter revisions VARCHAR[]: SHA-256 over the weights, as renders record it
-- column training_run_id VARCHAR: primary key
-- column model VARCHAR: name
-- column revision VARCHAR: SHA-256 over the weights
-- column parameter_count BIGINT: of the network
-- column started_at TIMESTAMPTZ: UTC
-- column ended_at TIMESTAMPTZ: UTC
-- column machine VARCHAR: that trained, in words
-- column wall_seconds DOUBLE: of training alone
-- column energy_joules DOUBLE: of training alone
-- column energy_origin VARCHAR: metered or assumed
-- column footage_clip_count BIGINT: clips rendered for it
-- column footage_wall_seconds DOUBLE: machine seconds of rendering them
-- column footage_energy_joules DOUBLE: of rendering them; NULL where a part is unknown
-- column footage_energy_origin VARCHAR: the weakest
-- column footage_origin VARCHAR: of the seconds, the weakest
-- column origin VARCHAR: of the run
WITH footage AS (
    SELECT
        training_run_id,
        sum(clip_count)   AS clip_count,
        sum(wall_seconds) AS wall_seconds,
        if(count(energy_joules) = count(*), sum(energy_joules), NULL) AS energy_joules,
        arg_min(energy_origin, CASE energy_origin WHEN 'synthetic' THEN 1 WHEN 'assumed' THEN 2 WHEN 'imported' THEN 3 ELSE 4 END) AS energy_origin,
        arg_min(origin, CASE origin WHEN 'synthetic' THEN 1 WHEN 'assumed' THEN 2 WHEN 'imported' THEN 3 ELSE 4 END) AS origin
    FROM training_footage
    GROUP BY training_run_id
)
SELECT
    training_runs.training_run_id,
    training_runs.model,
    training_runs.revision,
    training_runs.parameter_count,
    training_runs.started_at,
    training_runs.ended_at,
    CASE
        WHEN hardware.gpu_count > 1 THEN concat(hardware.gpu_count, ' x ', hardware.gpu_model)
        ELSE coalesce(hardware.gpu_model, concat(hardware.cpu_count, ' x ', hardware.cpu_model))
    END AS machine,
    training_runs.wall_seconds,
    training_runs.energy_joules,
    training_runs.energy_origin,
    CAST(coalesce(footage.clip_count, 0) AS BIGINT) AS footage_clip_count,
    coalesce(footage.wall_seconds, 0) AS footage_wall_seconds,
    if(footage.training_run_id IS NULL, 0, footage.energy_joules) AS footage_energy_joules,
    footage.energy_origin AS footage_energy_origin,
    footage.origin AS footage_origin,
    training_runs.origin
FROM training_runs
LEFT JOIN hardware USING (hardware_id)
LEFT JOIN footage USING (training_run_id)
WHERE list_contains($revisions::VARCHAR[], training_runs.revision)
ORDER BY training_runs.started_at, training_runs.training_run_id;
