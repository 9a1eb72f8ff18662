-- Adds up what the facts of each shot cost by cost group and month; what could not be priced stays apart.
-- parameter rate_card_id VARCHAR: what the prices were looked up under
INSERT INTO reckoned_costs
WITH priced AS (
    SELECT
        shot_number, cost_group(price_group, workflow, NULL, fact_origin, missing, fact_unit) AS cost_group, used_on, cost,
        missing IS NOT NULL AS is_missing, fact_amount
    FROM priced_work_entries
    WHERE rate_card_id = $rate_card_id
    UNION ALL
    SELECT
        shots.shot_number,
        cost_group(
            price_group, workflow, if(cost_kind IN ('machine', 'idle'), part, NULL), fact_origin, missing, fact_unit
        ),
        used_on, cost, missing IS NOT NULL, fact_amount
    FROM priced_renders AS renders
    JOIN reckoned_shot_numbers AS shots ON shots.shot_id = renders.shot_id
    WHERE rate_card_id = $rate_card_id
    UNION ALL
    SELECT
        shots.shot_number, cost_group(price_group, workflow, NULL, fact_origin, missing, fact_unit), used_on, cost,
        missing IS NOT NULL, fact_amount
    FROM priced_charges AS charges
    JOIN reckoned_shot_numbers AS shots ON shots.shot_id = charges.shot_id
    UNION ALL
    SELECT
        NULL, cost_group(price_group, 'ai', part, fact_origin, missing, fact_unit), used_on, cost, missing IS NOT NULL,
        fact_amount
    FROM priced_training
    WHERE rate_card_id = $rate_card_id
),
summed AS (
    SELECT
        shot_number, cost_group, CAST(date_trunc('month', used_on) AS DATE) AS month, sum(cost) AS cost,
        count(*) AS line_count, min(used_on) FILTER (is_missing) AS first_day, max(used_on) FILTER (is_missing) AS last_day,
        sum(fact_amount) FILTER (is_missing) AS fact_amount
    FROM priced
    GROUP BY shot_number, cost_group, month
)
SELECT $rate_card_id, shot_number, NULL, group_number, month, cost, line_count, first_day, last_day, fact_amount
FROM summed
-- A fact whose group nobody thought of has to fail here, where a group may not be NULL, and not to fall out.
LEFT JOIN reckoned_cost_groups AS groups ON groups.rate_card_id = $rate_card_id AND groups.cost_group = summed.cost_group
ORDER BY shot_number;
