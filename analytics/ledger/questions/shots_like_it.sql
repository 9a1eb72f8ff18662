-- What did finished shots of the same kind and complexity take, by the workflow they were given to first?
-- Nothing is adjusted for: it says what is usual, not what a workflow does.
-- parameter shot_id VARCHAR: the shot, which is left out
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a demonstration is always held against demonstrations
-- parameter rate_card_id VARCHAR: what the costs were reckoned under; NULL: no costs
-- parameter currency VARCHAR: ISO 4217, to tell costs in
-- column measure VARCHAR: people_hours, calendar_days, versions or cost; the values below are in its unit
-- column workflow VARCHAR: ai or traditional
-- column shot_count BIGINT: finished shots of which it is known
-- column lowest DECIMAL(38, 12): tenth part lies below
-- column lower DECIMAL(38, 12): a quarter lies below
-- column middle DECIMAL(38, 12): median
-- column upper DECIMAL(38, 12): a quarter lies above
-- column highest DECIMAL(38, 12): tenth part lies above
WITH asked AS (
    SELECT kind, complexity, is_synthetic FROM reckoned_shots WHERE shot_id = $shot_id
),
alike AS (
    SELECT shots.*
    FROM reckoned_shots AS shots
    JOIN asked ON asked.kind = shots.kind AND asked.complexity = shots.complexity
    WHERE shots.shot_id <> $shot_id
      AND shots.status = 'final'
      AND shots.arm IN ('ai', 'traditional')
      AND NOT shots.enabled
      AND ($with_synthetic OR shots.is_synthetic = asked.is_synthetic)
),
costed AS (
    SELECT
        costs.shot_id,
        if(missing_count = 0, exchanged(cost, exchange_rate), NULL) AS cost
    FROM reckoned_shot_costs AS costs
    SEMI JOIN alike ON alike.shot_id = costs.shot_id
    LEFT JOIN reporting_rates($currency) AS rates
      ON rates.production_id = costs.production_id AND rates.currency = costs.currency
    WHERE rate_card_id = $rate_card_id
),
measured AS (
    SELECT 'people_hours' AS measure, arm AS workflow, CAST(people_hours AS DECIMAL(38, 12)) AS value FROM alike
    UNION ALL
    SELECT 'calendar_days', arm, calendar_days FROM alike
    UNION ALL
    SELECT 'versions', arm, versions FROM alike
    UNION ALL
    SELECT 'cost', arm, costed.cost FROM alike JOIN costed ON costed.shot_id = alike.shot_id
)
SELECT
    measure, workflow, count(*) AS shot_count,
    quantile_cont(value, 0.1)  AS lowest,
    quantile_cont(value, 0.25) AS lower,
    median(value)              AS middle,
    quantile_cont(value, 0.75) AS upper,
    quantile_cont(value, 0.9)  AS highest
FROM measured
WHERE value IS NOT NULL
GROUP BY measure, workflow
ORDER BY measure, workflow;
