-- Which hours came in twice, under different ids, by different imports?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column found_count BIGINT: work entries that say what one of another import says: shot, day, department, seniority, vendor and hours
-- column of_count BIGINT: work entries
-- column amount DOUBLE: people-hours that are one too many
-- column examples STRUCT(label VARCHAR, detail VARCHAR, shot_id VARCHAR)[]: the five that weigh most; shot_id is NULL where one is no shot
WITH asked AS (
    SELECT * RENAME (people_hours AS booked_hours), concat_ws(' ', production_name, code) AS label
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
),
told_twice AS (
    -- Most ledgers have none of these, which spares them from being grouped by the hour.
    SELECT shot_id FROM work_entries GROUP BY shot_id HAVING count(DISTINCT import_batch_id) > 1
),
entries AS (
    SELECT label, shot_id, worked_on, department, seniority, vendor, people_hours, work_entries.import_batch_id FROM work_entries JOIN asked USING (shot_id)
),
found AS (
    SELECT
        label, shot_id, (count(*) - 1) * people_hours AS weight, count(*) - 1 AS entry_count,
        format('{} entries of {:.2f} h of {} on {}', count(*), people_hours, department, worked_on::VARCHAR) AS detail
    FROM entries SEMI JOIN told_twice USING (shot_id)
    WHERE people_hours > 0
    GROUP BY label, shot_id, worked_on, department, seniority, vendor, people_hours
    HAVING count(DISTINCT import_batch_id) > 1
)
SELECT
    coalesce((SELECT sum(entry_count) FROM found), 0)::BIGINT AS found_count,
    (SELECT count(*) FROM entries) AS of_count,
    coalesce((SELECT sum(weight) FROM found), 0)::DOUBLE AS amount,
    coalesce((
        SELECT list({'label': label, 'detail': detail, 'shot_id': shot_id} ORDER BY weight DESC, label, detail)
        FROM (SELECT label, detail, shot_id, weight FROM found ORDER BY weight DESC, label, detail LIMIT 5)
    ), []) AS examples
