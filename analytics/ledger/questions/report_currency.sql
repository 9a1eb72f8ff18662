-- In which currency are most of the ledger's shots made?
-- parameter production_ids VARCHAR[]: of these productions; NULL for all
-- column currency VARCHAR: ISO 4217
SELECT productions.currency
FROM productions
LEFT JOIN shots ON shots.production_id = productions.production_id
WHERE $production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, productions.production_id)
GROUP BY productions.currency
ORDER BY count(shots.shot_id) DESC, productions.currency
LIMIT 1;
