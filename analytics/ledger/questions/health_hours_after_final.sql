-- Which hours were booked more than a week after their shot was final?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: work entries of such days
-- column of_count BIGINT: work entries of final shots
-- column amount DOUBLE: people-hours
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
entries AS (
    SELECT label, shot_id, final_on, worked_on, people_hours
    FROM work_entries JOIN asked USING (shot_id) WHERE status = 'final' AND final_on IS NOT NULL
),
late AS (SELECT * FROM entries WHERE worked_on > final_on + 7),
found AS (
    SELECT
        label, shot_id, sum(people_hours) AS weight,
        format('{:.1f} h until {}, final {}', weight, max(worked_on)::VARCHAR, any_value(final_on)::VARCHAR) AS detail
    FROM late GROUP BY label, shot_id
)
SELECT
    (SELECT count(*) FROM late) AS found_count,
    (SELECT count(*) FROM entries) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
