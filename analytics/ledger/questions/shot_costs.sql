-- What did each shot cost, in one currency?
-- Costs are kept in the currency of the production; all of a production's are exchanged at one rate, that of its last day.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter currency VARCHAR: ISO 4217, to answer in
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to list demonstration shots beside real ones; a ledger of demonstration shots alone lists them always
-- column shot_id VARCHAR: the shot
-- column production_id VARCHAR: its production
-- column cost_gross DECIMAL(38, 12): of all its facts; NULL where one has no price
-- column cost_gross_ai DECIMAL(38, 12): of its facts of the AI workflow; NULL where there are none or one has no price
-- column cost_gross_traditional DECIMAL(38, 12): of its facts of the traditional workflow, likewise
-- column known_cost DECIMAL(38, 12): of the facts that have a price; NULL where its currency cannot be exchanged
-- column line_count BIGINT: priced facts, a line for each price of each
-- column missing_count BIGINT: lines without a price
-- column weakest_origin VARCHAR: of the facts and the rates behind it
SELECT
    costs.shot_id,
    costs.production_id,
    if(missing_count = 0, exchanged(cost, exchange_rate), NULL)                         AS cost_gross,
    if(missing_count_ai = 0, exchanged(cost_ai, exchange_rate), NULL)                   AS cost_gross_ai,
    if(missing_count_traditional = 0, exchanged(cost_traditional, exchange_rate), NULL) AS cost_gross_traditional,
    exchanged(cost, exchange_rate)                                                      AS known_cost,
    line_count,
    missing_count,
    weakest_origin
FROM reckoned_shot_costs AS costs
LEFT JOIN reporting_rates($currency) AS rates
  ON rates.production_id = costs.production_id AND rates.currency = costs.currency
WHERE rate_card_id = $rate_card_id
  AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, costs.production_id))
  AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
ORDER BY costs.production_id, costs.shot_id;
