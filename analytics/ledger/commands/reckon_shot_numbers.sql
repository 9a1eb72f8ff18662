-- Numbers the shots, production after production. The same facts always give the same numbers.
INSERT INTO reckoned_shot_numbers
SELECT
    row_number() OVER (ORDER BY production_id, shot_id),
    dense_rank() OVER (ORDER BY production_id, sequence, arm, is_synthetic),
    shot_id, production_id, sequence, arm, is_synthetic
FROM reckoned_shots
ORDER BY production_id, shot_id;
