-- Says which of the given work entries the ledger does not hold.
-- parameter work_entry_ids VARCHAR[]: the entries
-- column work_entry_id VARCHAR: one that is missing
SELECT given.work_entry_id
FROM (SELECT unnest($work_entry_ids::VARCHAR[]) AS work_entry_id) AS given
ANTI JOIN work_entries USING (work_entry_id)
ORDER BY given.work_entry_id
