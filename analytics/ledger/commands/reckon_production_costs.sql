-- Adds up the costs of sequences by production.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_production_costs
SELECT
    $rate_card_id, production_id, arm, is_synthetic, workflow, cost_kind, part, origin, currency, sum(cost),
    sum(line_count), sum(missing_count)
FROM reckoned_sequence_costs
WHERE rate_card_id = $rate_card_id
GROUP BY production_id, arm, is_synthetic, workflow, cost_kind, part, origin, currency
ORDER BY production_id;
