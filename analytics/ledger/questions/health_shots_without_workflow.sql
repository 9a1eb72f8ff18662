-- Of which shots in work is it not known by which workflow they are made?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: shots that nothing gives to a workflow
-- column of_count BIGINT: shots that are final or have facts, omitted ones apart
-- column amount DOUBLE: the same as found_count
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
kept AS (SELECT * FROM asked WHERE status = 'final' OR status = 'open' AND first_fact_on IS NOT NULL),
found AS (
    SELECT label, shot_id, 1 AS weight, concat(status, ', no assignment, and no hours or render that name one') AS detail
    FROM kept WHERE arm IS NULL
)
SELECT
    (SELECT count(*) FROM found) AS found_count,
    (SELECT count(*) FROM kept) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
