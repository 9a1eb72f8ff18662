-- When did a production book no hours for two weeks or more, while shots were in work?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: stretches of 14 days or more without an hour
-- column of_count BIGINT: productions with hours
-- column amount DOUBLE: days without an hour
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
days AS (
    SELECT DISTINCT production_id, worked_on FROM work_entries JOIN asked USING (shot_id)
),
gaps AS (
    SELECT production_id, worked_on AS from_day, lead(worked_on) OVER (PARTITION BY production_id ORDER BY worked_on) AS to_day
    FROM days
    QUALIFY to_day - from_day > 14
),
found AS (
    SELECT
        any_value(production_name) AS label, NULL::VARCHAR AS shot_id, to_day - from_day - 1 AS weight,
        format('{} to {}, {} shots in work', (from_day + 1)::VARCHAR, (to_day - 1)::VARCHAR, count(*)) AS detail
    FROM gaps JOIN asked USING (production_id)
    WHERE coalesce(turnover_on, arm_started_on) <= from_day AND (final_on IS NULL OR final_on >= to_day) AND status <> 'omitted'
    GROUP BY production_id, from_day, to_day
),
productions_with_hours AS (SELECT DISTINCT production_id FROM days)
SELECT
    (SELECT count(*) FROM found) AS found_count,
    (SELECT count(*) FROM productions_with_hours) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
