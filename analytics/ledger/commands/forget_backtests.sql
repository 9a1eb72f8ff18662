-- Forgets earlier back-tests.
-- parameter with_synthetic BOOLEAN: those that counted demonstration shots beside real ones, or those that did not
DELETE FROM backtests WHERE with_synthetic = $with_synthetic;
