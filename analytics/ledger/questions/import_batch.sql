-- Which imports of the very same files were there, the last one first?
-- parameter importer VARCHAR: who read them, with its version
-- parameter sha256 VARCHAR: of all the files
-- column import_batch_id VARCHAR: the import
-- column imported_at TIMESTAMPTZ: instant in UTC
-- column is_undone BOOLEAN: whether its rows were taken back
SELECT import_batch_id, imported_at, undone_at IS NOT NULL AS is_undone
FROM import_batches
WHERE importer = $importer AND sha256 = $sha256
ORDER BY imported_at DESC, import_batch_id DESC;
