-- Which productions have shots, and which sequences?
-- parameter with_synthetic BOOLEAN: whether to list demonstration shots beside real ones; a ledger of demonstration shots alone lists them always
-- column production_id VARCHAR: primary key
-- column production_name VARCHAR: as people call it
-- column currency VARCHAR: ISO 4217
-- column shot_count BIGINT: its shots
-- column sequences VARCHAR[]: names of its sequences, in order
SELECT
    shots.production_id,
    any_value(coalesce(shots.production_name, shots.production_id)) AS production_name,
    any_value(productions.currency)                                 AS currency,
    count(*)                                                        AS shot_count,
    list_sort(coalesce(list(DISTINCT shots.sequence) FILTER (shots.sequence IS NOT NULL), [])) AS sequences
FROM reckoned_shots AS shots
LEFT JOIN productions ON productions.production_id = shots.production_id
WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots AS real WHERE NOT real.is_synthetic)
GROUP BY shots.production_id
ORDER BY production_name, shots.production_id;
