-- Records what was rendered for a training run, numbered in its order; what is there stays as it is.
-- parameter training_run_id VARCHAR: the run
-- parameter footage VARCHAR: JSON list of objects with the fields of footage, the machine by its id
INSERT INTO training_footage (training_run_id, part_number, hardware_id, clip_count, frame_count, wall_seconds, cpu_seconds,
                              energy_joules, energy_origin, origin)
SELECT
    $training_run_id, position, part.hardware_id, part.clip_count, part.frame_count, part.wall_seconds, part.cpu_seconds,
    part.energy_joules, part.energy_origin, part.origin
FROM (
    SELECT unnest(listed) AS part, generate_subscripts(listed, 1) AS position
    FROM (
        SELECT from_json($footage::JSON, '[{"hardware_id": "VARCHAR", "clip_count": "INTEGER", "frame_count": "INTEGER",
            "wall_seconds": "DOUBLE", "cpu_seconds": "DOUBLE", "energy_joules": "DOUBLE", "energy_origin": "VARCHAR",
            "origin": "VARCHAR"}]') AS listed
    )
) AS given
ON CONFLICT DO NOTHING;
