-- Notes which facts have no price, by what is missing.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_missing_prices
SELECT
    $rate_card_id, coalesce(shots.production_id, costs.production_id) AS production_id,
    coalesce(shots.is_synthetic, false) OR fact_origin = 'synthetic' AS is_synthetic, workflow, missing, min(first_day),
    max(last_day), sum(line_count), sum(fact_amount), fact_unit
FROM reckoned_costs AS costs
JOIN reckoned_cost_groups AS groups
  ON groups.rate_card_id = $rate_card_id AND groups.group_number = costs.group_number AND missing IS NOT NULL
LEFT JOIN reckoned_shot_numbers AS shots ON shots.shot_number = costs.shot_number
WHERE costs.rate_card_id = $rate_card_id
GROUP BY
    coalesce(shots.production_id, costs.production_id), coalesce(shots.is_synthetic, false) OR fact_origin = 'synthetic',
    workflow, missing, fact_unit;
