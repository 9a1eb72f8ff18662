-- Records a back-test of bids on the facts as they are.
-- parameter with_synthetic BOOLEAN: whether demonstration shots were counted beside real ones
-- parameter made_at TIMESTAMPTZ: instant in UTC
-- parameter result VARCHAR: JSON, one entry a production
INSERT INTO backtests (change_number, with_synthetic, made_at, result)
SELECT coalesce(max(change_number), 0), $with_synthetic, $made_at, $result
FROM fact_changes;
