-- What did each shot cost, in one currency, with what no shot could be found for in rows without a shot_id?
-- The whole cost of a shot counts as sure as its weakest part.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter currency VARCHAR: ISO 4217, to answer in
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to count demonstration facts beside real ones; a ledger of demonstration shots alone counts them always
-- column production_id VARCHAR: NULL where a row is of several productions or of none
-- column label VARCHAR: what the row is of; NULL where that is not known
-- column shot_id VARCHAR: NULL but for the costs of shots
-- column shot_count BIGINT: shots behind it; NULL where a shot may stand in several rows
-- column line_count BIGINT: priced facts, a line for each price of each
-- column missing_count BIGINT: lines that no rate or no exchange was found for
-- column cost DECIMAL(38, 12): of the lines that have a price; NULL where none has
-- column people_cost DECIMAL(38, 12): of these, hours with supervision and overhead
-- column machine_cost DECIMAL(38, 12): of these, machines with their idle time and energy
-- column measured_cost DECIMAL(38, 12): of these, where fact and rate were measured
-- column imported_cost DECIMAL(38, 12): where one of them was imported and none less sure
-- column assumed_cost DECIMAL(38, 12): where one of them was assumed and none synthetic
-- column synthetic_cost DECIMAL(38, 12): where one of them was synthetic
WITH summed AS (
    SELECT
        production_id, currency, sequence, shot_id, line_count, missing_count, cost, people_cost, machine_cost,
        if(weakest_origin = 'measured', cost, 0)  AS measured_cost,
        if(weakest_origin = 'imported', cost, 0)  AS imported_cost,
        if(weakest_origin = 'assumed', cost, 0)   AS assumed_cost,
        if(weakest_origin = 'synthetic', cost, 0) AS synthetic_cost
    FROM reckoned_shot_costs
    WHERE rate_card_id = $rate_card_id
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
    UNION ALL
    SELECT
        costs.production_id, currency, NULL, NULL, sum(line_count), sum(line_count) FILTER (missing IS NOT NULL), sum(cost), 0, 0,
        sum(cost) FILTER (weaker(fact_origin, rate_origin) = 'measured'),
        sum(cost) FILTER (weaker(fact_origin, rate_origin) = 'imported'),
        sum(cost) FILTER (weaker(fact_origin, rate_origin) = 'assumed'),
        sum(cost) FILTER (weaker(fact_origin, rate_origin) = 'synthetic')
    FROM reckoned_costs AS costs
    JOIN reckoned_cost_groups AS groups
      ON groups.rate_card_id = $rate_card_id AND groups.group_number = costs.group_number
    WHERE costs.rate_card_id = $rate_card_id
      AND shot_number IS NULL
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, costs.production_id))
      AND ($with_synthetic OR fact_origin <> 'synthetic' OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
    GROUP BY costs.production_id, currency
),
exchanged AS (
    SELECT
        summed.* EXCLUDE (currency, cost, people_cost, machine_cost, measured_cost, imported_cost, assumed_cost, synthetic_cost),
        exchange_rate IS NULL                        AS is_unexchanged,
        exchanged(cost, exchange_rate)               AS cost,
        exchanged(people_cost, exchange_rate)        AS people_cost,
        exchanged(machine_cost, exchange_rate)       AS machine_cost,
        exchanged(measured_cost, exchange_rate)      AS measured_cost,
        exchanged(imported_cost, exchange_rate)      AS imported_cost,
        exchanged(assumed_cost, exchange_rate)       AS assumed_cost,
        exchanged(synthetic_cost, exchange_rate)     AS synthetic_cost
    FROM summed
    LEFT JOIN reporting_rates($currency) AS rates
      ON rates.production_id IS NOT DISTINCT FROM summed.production_id AND rates.currency = summed.currency
)
SELECT
    exchanged.production_id,
    shots.code AS label,
    exchanged.shot_id,
    CAST(if(exchanged.shot_id IS NULL, 0, 1) AS BIGINT) AS shot_count,
    CAST(coalesce(line_count, 0) AS BIGINT) AS line_count,
    CAST(if(is_unexchanged, line_count, coalesce(missing_count, 0)) AS BIGINT) AS missing_count,
    if(missing_count = line_count, NULL, cost) AS cost,
    people_cost,
    machine_cost,
    coalesce(measured_cost, 0) AS measured_cost,
    coalesce(imported_cost, 0) AS imported_cost,
    coalesce(assumed_cost, 0) AS assumed_cost,
    coalesce(synthetic_cost, 0) AS synthetic_cost
FROM exchanged
LEFT JOIN shots ON shots.shot_id = exchanged.shot_id
ORDER BY exchanged.production_id, exchanged.sequence, label, exchanged.shot_id;
