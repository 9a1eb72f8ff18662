-- Forgets what an import replaced, once it is back.
-- parameter import_batch_id VARCHAR: the import
DELETE FROM replaced_rows WHERE replaced_by = $import_batch_id;
