-- Adds up reckoned costs by sequence.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_sequence_costs
WITH slices AS (
    SELECT DISTINCT slice_number, production_id, sequence, is_synthetic FROM reckoned_shot_numbers
),
summed AS (
    SELECT
        slice_number, costs.production_id, group_number, sum(cost) AS cost, sum(line_count) AS line_count
    FROM reckoned_costs AS costs
    LEFT JOIN reckoned_shot_numbers AS shots ON shots.shot_number = costs.shot_number
    WHERE rate_card_id = $rate_card_id
    GROUP BY slice_number, costs.production_id, group_number
)
SELECT
    $rate_card_id, coalesce(slices.production_id, summed.production_id) AS production_id, sequence,
    coalesce(is_synthetic, false) OR fact_origin = 'synthetic' AS is_synthetic, cost_kind,
    weaker(fact_origin, rate_origin) AS origin, currency, sum(cost), sum(line_count),
    coalesce(sum(line_count) FILTER (missing IS NOT NULL), 0)
FROM summed
JOIN reckoned_cost_groups AS groups
  ON groups.rate_card_id = $rate_card_id AND groups.group_number = summed.group_number
LEFT JOIN slices ON slices.slice_number = summed.slice_number
GROUP BY
    coalesce(slices.production_id, summed.production_id), sequence,
    coalesce(is_synthetic, false) OR fact_origin = 'synthetic', cost_kind, origin, currency
ORDER BY production_id, sequence;
