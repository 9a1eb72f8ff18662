-- Which shots were given to two workflows on the same days?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: shots with assignments that overlap
-- column of_count BIGINT: shots with several assignments
-- column amount DOUBLE: days on which they overlap
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
given AS (
    SELECT
        label, shot_id, assignment_number, workflow, started_on, ended_on,
        lead(started_on) OVER by_shot AS next_started_on, lead(workflow) OVER by_shot AS next_workflow, count(*) OVER (PARTITION BY shot_id) AS given_count
    FROM (SELECT assignments.*, label FROM assignments JOIN asked USING (shot_id))
    WINDOW by_shot AS (PARTITION BY shot_id ORDER BY assignment_number)
),
several AS (SELECT DISTINCT shot_id FROM given WHERE given_count > 1),
found AS (
    SELECT
        any_value(label) AS label, shot_id, sum(ended_on - next_started_on) AS weight,
        format('{} until {}, {} from {} on', any_value(workflow), max(ended_on)::VARCHAR, any_value(next_workflow), min(next_started_on)::VARCHAR) AS detail
    FROM given WHERE ended_on > next_started_on AND workflow <> next_workflow GROUP BY shot_id
)
SELECT
    (SELECT count(*) FROM found) AS found_count,
    (SELECT count(*) FROM several) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
