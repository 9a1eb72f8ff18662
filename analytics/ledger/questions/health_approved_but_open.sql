-- Which shots were approved long ago and still stand as open?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: open shots approved more than four weeks before the last fact of their production
-- column of_count BIGINT: open shots
-- column amount DOUBLE: days since, added up
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
open_shots AS (SELECT * FROM asked WHERE status = 'open'),
known AS (SELECT production_id, max(greatest(last_fact_on, final_on)) AS last_on FROM reckoned_shots GROUP BY production_id),
found AS (
    SELECT
        label, shot_id, known.last_on - first_approved_on AS weight,
        concat('approved ', first_approved_on, ', ', weight, ' days before the last fact of the production') AS detail
    FROM open_shots JOIN known USING (production_id)
    WHERE first_approved_on < known.last_on - 28
)
SELECT
    (SELECT count(*) FROM found) AS found_count,
    (SELECT count(*) FROM open_shots) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
