-- What did each shot of a sequence take, and by which workflows was it tried? Ask after the costs were reckoned.
-- parameter production_id VARCHAR: the production
-- parameter sequence VARCHAR: name of the sequence; NULL for shots in none
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- column shot_id VARCHAR: the shot
-- column code VARCHAR: as the cut writes it
-- column kind VARCHAR: what the work is
-- column complexity VARCHAR: easy, medium, hard or hero
-- column status VARCHAR: open, final or omitted
-- column arm VARCHAR: the workflow it counts in; NULL where nothing says
-- column enabled BOOLEAN: true where it would not have been made otherwise
-- column cut_seconds DOUBLE: seconds on screen
-- column versions INTEGER: largest number of a version; NULL without any
-- column retake_count BIGINT: reviews that asked for a retake
-- column people_hours DOUBLE: hours of touch time; NULL where none are booked
-- column machine_seconds DOUBLE: seconds of renders; NULL without any
-- column calendar_days INTEGER: from turnover to final; NULL unless final
-- column cost DECIMAL(38, 12): of the facts that have a price, in the currency of the production; NULL without any
-- column missing_count BIGINT: facts without a price
-- column attempts STRUCT(workflow VARCHAR, started_on DATE, ended_on DATE, outcome VARCHAR)[]: in order of time
WITH tried AS (
    SELECT
        shot_id,
        list(
            struct_pack(workflow := workflow, started_on := started_on, ended_on := ended_on, outcome := outcome)
            ORDER BY assignment_number
        ) AS attempts
    FROM assignments
    WHERE shot_id IN (FROM reckoned_shots SELECT shot_id WHERE production_id = $production_id)
    GROUP BY shot_id
)
SELECT
    shots.shot_id, code, kind, complexity, status, shots.arm, enabled, cut_seconds, versions, retake_count, people_hours,
    machine_seconds, calendar_days, costs.cost, coalesce(costs.missing_count, 0) AS missing_count,
    coalesce(tried.attempts, []) AS attempts
FROM reckoned_shots AS shots
LEFT JOIN reckoned_shot_costs AS costs ON costs.shot_id = shots.shot_id AND costs.rate_card_id = $rate_card_id
LEFT JOIN tried ON tried.shot_id = shots.shot_id
WHERE shots.production_id = $production_id AND shots.sequence IS NOT DISTINCT FROM $sequence
ORDER BY code, shots.shot_id;
