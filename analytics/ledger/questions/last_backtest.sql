-- What did the last back-test of bids find, and have facts changed since?
-- parameter with_synthetic BOOLEAN: whether demonstration shots were to be counted beside real ones
-- column made_at TIMESTAMPTZ: instant in UTC
-- column result VARCHAR: JSON, one entry a production
-- column is_current BOOLEAN: whether the facts are still those it was made from
SELECT
    made_at,
    result,
    change_number = (SELECT coalesce(max(fact_changes.change_number), 0) FROM fact_changes) AS is_current
FROM backtests
WHERE with_synthetic = $with_synthetic
ORDER BY made_at DESC
LIMIT 1
