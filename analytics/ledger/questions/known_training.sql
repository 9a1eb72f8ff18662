-- Says which of the given training runs and machines the ledger holds already.
-- parameter training_run_ids VARCHAR[]: the runs
-- parameter hardware_ids VARCHAR[]: the machines
-- column kind VARCHAR: training_run or hardware
-- column id VARCHAR: its id
SELECT 'training_run' AS kind, training_run_id AS id FROM training_runs
WHERE list_contains($training_run_ids::VARCHAR[], training_run_id)
UNION ALL
SELECT 'hardware', hardware_id FROM hardware WHERE list_contains($hardware_ids::VARCHAR[], hardware_id)
