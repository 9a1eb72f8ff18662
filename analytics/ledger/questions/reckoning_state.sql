-- Asks whether something reckoned still holds, and what changed since.
-- parameter name VARCHAR: what was reckoned
-- column change_number BIGINT: the last change of facts
-- column reckoned_number BIGINT: the last change that the reckoning knows; NULL if it never ran
-- column changed_shot_ids VARCHAR[]: shots whose facts changed since; NULL where it may have been any
WITH reckoned AS (
    SELECT max(change_number) AS change_number FROM reckonings WHERE name = $name
),
since AS (
    SELECT fact_changes.* FROM fact_changes, reckoned WHERE fact_changes.change_number > reckoned.change_number
)
SELECT
    (SELECT max(change_number) FROM fact_changes) AS change_number,
    reckoned.change_number                        AS reckoned_number,
    CASE
        -- Changes that were forgotten may have touched any shot.
        WHEN (SELECT bool_and(shot_id IS NOT NULL) AND min(since.change_number) = reckoned.change_number + 1 FROM since, reckoned GROUP BY reckoned.change_number)
        THEN (SELECT coalesce(list(DISTINCT shot_id ORDER BY shot_id) FILTER (shot_id <> ''), []) FROM since)
    END                                           AS changed_shot_ids
FROM reckoned
