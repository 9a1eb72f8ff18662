-- What did the work cost by production, sequence, department, workflow, arm or kind, in one currency?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter by VARCHAR: production, sequence, department, workflow, arm or kind
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
WITH sums AS (
    SELECT * FROM reckoned_sequence_costs WHERE $by = 'sequence'
    UNION ALL BY NAME
    SELECT * FROM reckoned_production_costs WHERE $by <> 'sequence'
),
summed AS (
    SELECT
        production_id,
        currency,
        CASE $by
            WHEN 'production' THEN production_id
            WHEN 'sequence' THEN sequence
            WHEN 'department' THEN if(cost_kind IN ('people', 'supervision', 'overhead'), part, cost_kind)
            WHEN 'workflow' THEN workflow
            WHEN 'arm' THEN arm
            WHEN 'kind' THEN cost_kind
        END AS label,
        sum(line_count) AS line_count,
        sum(missing_count) AS missing_count,
        sum(cost) AS cost,
        sum(cost) FILTER (cost_kind IN ('people', 'supervision', 'overhead')) AS people_cost,
        sum(cost) FILTER (cost_kind IN ('machine', 'idle', 'energy')) AS machine_cost,
        sum(cost) FILTER (origin = 'measured') AS measured_cost,
        sum(cost) FILTER (origin = 'imported') AS imported_cost,
        sum(cost) FILTER (origin = 'assumed') AS assumed_cost,
        sum(cost) FILTER (origin = 'synthetic') AS synthetic_cost
    FROM sums
    WHERE rate_card_id = $rate_card_id
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
    GROUP BY production_id, currency, label
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
),
counted AS (
    SELECT
        if($by IN ('production', 'sequence'), production_id, NULL) AS production_id,
        CASE $by WHEN 'production' THEN production_id WHEN 'sequence' THEN sequence WHEN 'arm' THEN arm END AS label,
        count(*) AS shot_count
    FROM reckoned_shot_costs
    WHERE rate_card_id = $rate_card_id
      AND $by IN ('production', 'sequence', 'arm')
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic))
    GROUP BY ALL
),
listed AS (
    SELECT
        if($by IN ('production', 'sequence'), production_id, NULL) AS production_id,
        label,
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
    GROUP BY ALL
)
SELECT
    listed.production_id,
    CASE $by WHEN 'production' THEN productions.name ELSE listed.label END AS label,
    CAST(NULL AS VARCHAR) AS shot_id,
    if($by IN ('production', 'sequence', 'arm'), coalesce(counted.shot_count, 0), NULL) AS shot_count,
    listed.line_count,
    listed.missing_count,
    listed.cost,
    listed.people_cost,
    listed.machine_cost,
    listed.measured_cost,
    listed.imported_cost,
    listed.assumed_cost,
    listed.synthetic_cost
FROM listed
LEFT JOIN productions ON productions.production_id = listed.production_id
LEFT JOIN counted
  ON counted.production_id IS NOT DISTINCT FROM listed.production_id
 AND counted.label IS NOT DISTINCT FROM listed.label
ORDER BY if($by IN ('production', 'sequence'), listed.production_id, NULL), if($by = 'sequence', listed.label, NULL), listed.cost DESC NULLS LAST, listed.label;
