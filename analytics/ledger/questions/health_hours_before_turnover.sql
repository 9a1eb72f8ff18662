-- Which hours were booked more than two weeks before their shot was turned over?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: work entries of such days
-- column of_count BIGINT: work entries of shots with a turnover
-- column amount DOUBLE: people-hours
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
entries AS (
    SELECT label, shot_id, turnover_on, worked_on, people_hours
    FROM work_entries JOIN asked USING (shot_id) WHERE turnover_on IS NOT NULL
),
early AS (SELECT * FROM entries WHERE worked_on < turnover_on - 14),
found AS (
    SELECT
        label, shot_id, sum(people_hours) AS weight,
        format('{:.1f} h from {} on, turnover {}', weight, min(worked_on)::VARCHAR, any_value(turnover_on)::VARCHAR) AS detail
    FROM early GROUP BY label, shot_id
)
SELECT
    (SELECT count(*) FROM early) AS found_count,
    (SELECT count(*) FROM entries) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
