-- Keeps the words behind the numbers of the cost groups: each price with each workflow, stage and origin of a fact.
-- parameter rate_card_id VARCHAR: what the prices were looked up under
INSERT INTO reckoned_cost_groups
WITH prices AS (
    SELECT DISTINCT
        price_group, cost_kind, part, territory, vendor, currency, rate_origin, missing,
        CASE
            WHEN missing IS NULL THEN NULL
            WHEN subject_kind = 'labour' THEN 'people_hours'
            WHEN subject_kind IN ('machine', 'engine', 'training') THEN 'wall_seconds'
            WHEN subject_kind = 'energy' THEN 'energy_joules'
            ELSE 'generated_seconds'
        END AS fact_unit
    FROM reckoned_prices
    WHERE rate_card_id = $rate_card_id
    UNION
    SELECT
        price_group, cost_kind, part, territory, vendor, currency, rate_origin, missing, if(missing IS NULL, NULL, fact_unit)
    FROM priced_charges
),
stages_known AS (
    SELECT NULL AS stage
    UNION
    SELECT 'whole render'
    UNION
    SELECT name FROM stages
    UNION
    SELECT model FROM training_runs
),
combined AS (
    SELECT
        cost_group(price_group, workflow, stage, fact_origin, missing, fact_unit) AS cost_group,
        prices.* REPLACE (coalesce(part, stage) AS part), workflow, fact_origin
    FROM prices
    JOIN stages_known ON stage IS NULL OR cost_kind IN ('machine', 'idle', 'training')
    CROSS JOIN (SELECT unnest(['traditional', 'ai', 'hybrid', NULL]) AS workflow)
    CROSS JOIN (SELECT unnest(['measured', 'imported', 'assumed', 'synthetic']) AS fact_origin)
)
SELECT
    $rate_card_id, row_number() OVER (ORDER BY cost_group), cost_group, cost_kind, part, territory, vendor, currency,
    workflow, fact_origin, rate_origin, missing, fact_unit
FROM combined;
