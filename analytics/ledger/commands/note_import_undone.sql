-- Notes that the rows of an import were taken back.
-- parameter import_batch_id VARCHAR: the import
-- parameter undone_at TIMESTAMPTZ: instant in UTC
-- parameter undone_by VARCHAR: the person, where that is known
UPDATE import_batches SET undone_at = $undone_at, undone_by = $undone_by WHERE import_batch_id = $import_batch_id;
