-- Says whether a batch was imported before.
-- parameter import_batch_id VARCHAR: the batch
-- column import_batch_id VARCHAR: the batch, where it was
SELECT import_batch_id FROM import_batches WHERE import_batch_id = $import_batch_id;
