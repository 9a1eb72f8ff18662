-- Which facts could not be priced, and for want of what?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to count demonstration facts beside real ones
-- column missing VARCHAR: a resource without a rate, or an exchange such as "USD to CAD"
-- column workflow VARCHAR: traditional, ai or hybrid; NULL where it is not known
-- column first_day DATE: of the facts; NULL where no day is known
-- column last_day DATE: of the facts
-- column fact_count BIGINT: how many facts wait for it
-- column fact_amount DOUBLE: their sum
-- column fact_unit VARCHAR: its unit, or the currency of bills
SELECT
    missing,
    workflow,
    min(first_day)                                   AS first_day,
    max(last_day)                                    AS last_day,
    CAST(sum(fact_count) AS BIGINT)                  AS fact_count,
    sum(fact_amount)                                 AS fact_amount,
    fact_unit
FROM reckoned_missing_prices
WHERE rate_card_id = $rate_card_id
  AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
  AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
GROUP BY missing, workflow, fact_unit
ORDER BY missing, workflow, fact_unit;
