-- Adds up reckoned costs by shot.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_shot_costs
WITH groups AS (
    SELECT
        group_number, currency,
        coalesce(workflow = 'ai', false)                       AS is_ai,
        coalesce(workflow = 'traditional', false)              AS is_traditional,
        cost_kind IN ('people', 'supervision', 'overhead')     AS is_people,
        cost_kind IN ('machine', 'idle', 'energy')             AS is_machine,
        missing IS NOT NULL                                    AS is_missing,
        list_position(['synthetic', 'assumed', 'imported', 'measured'], weaker(fact_origin, rate_origin)) AS sureness
    FROM reckoned_cost_groups
    WHERE rate_card_id = $rate_card_id
),
summed AS (
    SELECT
        shot_number,
        any_value(currency)                                     AS currency,
        coalesce(sum(cost), 0)                                  AS cost,
        -- Work without a price is work all the same: its cost starts at what is known of it, not at NULL.
        if(bool_or(is_ai), coalesce(sum(cost) FILTER (is_ai), 0), NULL)                   AS cost_ai,
        if(bool_or(is_traditional), coalesce(sum(cost) FILTER (is_traditional), 0), NULL) AS cost_traditional,
        coalesce(sum(cost) FILTER (is_people), 0)               AS people_cost,
        coalesce(sum(cost) FILTER (is_machine), 0)              AS machine_cost,
        ['synthetic', 'assumed', 'imported', 'measured'][min(sureness)] AS weakest_origin,
        sum(line_count)                                         AS line_count,
        coalesce(sum(line_count) FILTER (is_missing), 0)        AS missing_count,
        coalesce(sum(line_count) FILTER (is_missing AND is_ai), 0) AS missing_count_ai,
        coalesce(sum(line_count) FILTER (is_missing AND is_traditional), 0) AS missing_count_traditional
    FROM reckoned_costs AS costs
    JOIN groups ON groups.group_number = costs.group_number
    WHERE rate_card_id = $rate_card_id AND shot_number IS NOT NULL
    GROUP BY shot_number
)
SELECT
    $rate_card_id, production_id, sequence, shot_id, arm, is_synthetic, currency, cost, cost_ai, cost_traditional,
    people_cost, machine_cost, weakest_origin, line_count, missing_count, missing_count_ai, missing_count_traditional
FROM summed
JOIN reckoned_shot_numbers AS shots ON shots.shot_number = summed.shot_number
ORDER BY summed.shot_number;
