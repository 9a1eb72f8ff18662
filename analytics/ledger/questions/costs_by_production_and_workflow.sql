-- What did each production's work cost by the workflow that did it, in the production's own currency?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter with_synthetic BOOLEAN: whether to count demonstration facts beside real ones; a ledger of demonstration shots alone counts them always
-- column production_id VARCHAR: the production
-- column production_name VARCHAR: as people call it
-- column workflow VARCHAR: traditional, ai or hybrid; NULL where it is not known
-- column currency VARCHAR: ISO 4217
-- column cost DECIMAL(38, 12): of the facts that have a price; NULL where none has
-- column line_count BIGINT: priced facts, a line for each price of each
-- column missing_count BIGINT: of these, without a price
SELECT
    sums.production_id, productions.name AS production_name, sums.workflow, sums.currency, sum(sums.cost) AS cost,
    CAST(sum(sums.line_count) AS BIGINT) AS line_count, CAST(sum(sums.missing_count) AS BIGINT) AS missing_count
FROM reckoned_production_costs AS sums
JOIN productions ON productions.production_id = sums.production_id
WHERE rate_card_id = $rate_card_id
  AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
GROUP BY ALL
ORDER BY production_name, sums.production_id, sums.workflow, sums.currency;
