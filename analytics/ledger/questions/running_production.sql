-- What is a production made by, and up to which day is anything known of it? Ask after shots were reckoned.
-- parameter named VARCHAR: its id or its name
-- column production_id VARCHAR: the production
-- column name VARCHAR: as people call it
-- column currency VARCHAR: ISO 4217
-- column territory VARCHAR: ISO 3166; NULL where unknown
-- column fps_numerator INTEGER: frames a second are fps_numerator / fps_denominator
-- column fps_denominator INTEGER: see above
-- column locked_budget_amount DECIMAL(18, 6): in its currency; NULL where none is known
-- column shot_count BIGINT: shots in the ledger
-- column first_on DATE: first turnover or fact; NULL where there is none
-- column last_fact_on DATE: last day of work, a render, a charge, a review or a final; NULL where there is none
-- column is_synthetic BOOLEAN: whether any of it is a demonstration
WITH known AS (
    SELECT
        production_id, count(*) AS shot_count, min(least(turnover_on, first_fact_on)) AS first_on,
        max(greatest(last_fact_on, final_on)) AS last_on,
        bool_or(is_synthetic) AS is_synthetic
    FROM reckoned_shots
    GROUP BY production_id
),
billed AS (
    SELECT production_id, max(charged_on) AS last_on FROM charges GROUP BY production_id
)
SELECT
    productions.production_id, name, currency, territory, fps_numerator, fps_denominator, locked_budget_amount,
    coalesce(shot_count, 0) AS shot_count, known.first_on, greatest(known.last_on, billed.last_on) AS last_fact_on,
    coalesce(is_synthetic, false) OR origin = 'synthetic' AS is_synthetic
FROM productions
LEFT JOIN known ON known.production_id = productions.production_id
LEFT JOIN billed ON billed.production_id = productions.production_id
WHERE productions.production_id = $named OR name = $named
ORDER BY productions.production_id <> $named, productions.production_id;
