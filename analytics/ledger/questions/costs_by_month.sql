-- What did the work of each month cost, in one currency?
-- Each bill counts in the month of its day. Facts without a day have no month.
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
        production_id,
        currency,
        month,
        sum(line_count) AS line_count,
        sum(missing_count) AS missing_count,
        sum(cost) AS cost,
        sum(cost) FILTER (cost_kind IN ('people', 'supervision', 'overhead')) AS people_cost,
        sum(cost) FILTER (cost_kind IN ('machine', 'idle', 'energy')) AS machine_cost,
        sum(cost) FILTER (origin = 'measured') AS measured_cost,
        sum(cost) FILTER (origin = 'imported') AS imported_cost,
        sum(cost) FILTER (origin = 'assumed') AS assumed_cost,
        sum(cost) FILTER (origin = 'synthetic') AS synthetic_cost
    FROM reckoned_monthly_costs
    WHERE rate_card_id = $rate_card_id
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
    GROUP BY production_id, currency, month
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
    CAST(NULL AS VARCHAR) AS production_id,
    strftime(month, '%Y-%m') AS label,
    CAST(NULL AS VARCHAR) AS shot_id,
    CAST(NULL AS BIGINT) AS shot_count,
    CAST(sum(line_count) AS BIGINT) AS line_count,
    CAST(sum(if(is_unexchanged, line_count, missing_count)) AS BIGINT) AS missing_count,
    sum(cost) AS cost,
    coalesce(sum(people_cost), 0) AS people_cost,
    coalesce(sum(machine_cost), 0) AS machine_cost,
    coalesce(sum(measured_cost), 0) AS measured_cost,
    coalesce(sum(imported_cost), 0) AS imported_cost,
    coalesce(sum(assumed_cost), 0) AS assumed_cost,
    coalesce(sum(synthetic_cost), 0) AS synthetic_cost
FROM exchanged
GROUP BY month
ORDER BY month;
