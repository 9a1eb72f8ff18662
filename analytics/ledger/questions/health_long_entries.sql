-- Which entries hold more hours than a day?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: work entries above 24 hours
-- column of_count BIGINT: work entries
-- column amount DOUBLE: people-hours
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
entries AS (SELECT label, shot_id, worked_on, department, people_hours FROM work_entries JOIN asked USING (shot_id)),
found AS (
    SELECT label, shot_id, people_hours AS weight, format('{:.1f} h of {} on {}', people_hours, department, worked_on::VARCHAR) AS detail
    FROM entries WHERE people_hours > 24
)
SELECT
    (SELECT count(*) FROM found) AS found_count,
    (SELECT count(*) FROM entries) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
