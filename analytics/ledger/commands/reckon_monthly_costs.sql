-- Adds up reckoned costs by month and production. What was billed to a production as a whole is not spread over its shots.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_monthly_costs
WITH slices AS (
    SELECT DISTINCT slice_number, production_id, arm, is_synthetic FROM reckoned_shot_numbers
),
summed AS (
    SELECT slice_number, group_number, month, sum(cost) AS cost, sum(line_count) AS line_count
    FROM reckoned_costs AS costs
    LEFT JOIN reckoned_shot_numbers AS shots ON shots.shot_number = costs.shot_number
    WHERE rate_card_id = $rate_card_id
    GROUP BY slice_number, group_number, month
),
parts AS (
    SELECT
        production_id, month, arm, coalesce(is_synthetic, false) OR fact_origin = 'synthetic' AS is_synthetic, workflow,
        cost_kind, part, weaker(fact_origin, rate_origin) AS origin, currency, cost, line_count, missing
    FROM summed
    JOIN reckoned_cost_groups AS groups
      ON groups.rate_card_id = $rate_card_id AND groups.group_number = summed.group_number
    LEFT JOIN slices ON slices.slice_number = summed.slice_number
    WHERE cost_kind <> 'shared'
    UNION ALL
    SELECT
        production_id, date_trunc('month', used_on), NULL, fact_origin = 'synthetic', workflow, cost_kind, part,
        weaker(fact_origin, rate_origin), currency, cost, 1, missing
    FROM priced_charges
    WHERE shot_id IS NULL
)
SELECT
    $rate_card_id, production_id, month, arm, is_synthetic, workflow, cost_kind, part, origin, currency, sum(cost),
    sum(line_count), coalesce(sum(line_count) FILTER (missing IS NOT NULL), 0)
FROM parts
GROUP BY production_id, month, arm, is_synthetic, workflow, cost_kind, part, origin, currency
ORDER BY production_id;
