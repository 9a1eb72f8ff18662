-- Which hours came in, or were corrected, after an import had already told of later days of their production?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: work entries that came in late
-- column of_count BIGINT: work entries that were imported
-- column amount DOUBLE: people-hours
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
entries AS (
    SELECT production_id, production_name, import_batch_id, worked_on, people_hours
    FROM work_entries JOIN asked USING (shot_id) WHERE work_entries.import_batch_id IS NOT NULL
),
brought AS (
    SELECT production_id, import_batch_id, max(worked_on) AS last_on, any_value(imported_at) AS imported_at
    FROM entries JOIN import_batches USING (import_batch_id)
    GROUP BY ALL
),
known AS (
    SELECT
        production_id, import_batch_id,
        max(last_on) OVER (PARTITION BY production_id ORDER BY imported_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known_until
    FROM brought
),
late AS (
    SELECT entries.*, known_until - worked_on AS late_days
    FROM entries JOIN known USING (production_id, import_batch_id) WHERE worked_on < known_until
),
found AS (
    SELECT
        any_value(production_name) AS label, NULL::VARCHAR AS shot_id, sum(people_hours) AS weight,
        format('{} entries, {:.1f} h, up to {} days late', count(*), weight, max(late_days)) AS detail
    FROM late GROUP BY production_id
)
SELECT
    (SELECT count(*) FROM late) AS found_count,
    (SELECT count(*) FROM entries) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
