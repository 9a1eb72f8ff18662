-- Records a training run that is new; one that is there stays as it is.
-- parameter training_run_id VARCHAR: primary key
-- parameter model VARCHAR: name
-- parameter revision VARCHAR: SHA-256 over the weights that came of it
-- parameter parameter_count BIGINT: of the network
-- parameter started_at TIMESTAMPTZ: UTC
-- parameter ended_at TIMESTAMPTZ: UTC
-- parameter hardware_id VARCHAR: the machine
-- parameter wall_seconds DOUBLE: seconds in which the machine was taken
-- parameter cpu_seconds DOUBLE: user and system seconds
-- parameter gpu_seconds DOUBLE: seconds in which a GPU was held
-- parameter energy_joules DOUBLE: processor and GPU
-- parameter energy_origin VARCHAR: metered or assumed
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO training_runs (training_run_id, model, revision, parameter_count, started_at, ended_at, hardware_id, wall_seconds,
                           cpu_seconds, gpu_seconds, energy_joules, energy_origin, origin)
VALUES ($training_run_id, $model, $revision, $parameter_count, $started_at, $ended_at, $hardware_id, $wall_seconds,
        $cpu_seconds, $gpu_seconds, $energy_joules, $energy_origin, $origin)
ON CONFLICT DO NOTHING;
