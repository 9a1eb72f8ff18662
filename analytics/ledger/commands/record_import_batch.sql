-- Records what was imported, from where and when.
-- parameter import_batch_id VARCHAR: primary key
-- parameter importer VARCHAR: who read it, with its version
-- parameter source VARCHAR: where it lay
-- parameter sha256 VARCHAR: of all its files
-- parameter row_count BIGINT: rows of all its tables
-- parameter imported_at TIMESTAMPTZ: instant in UTC
INSERT INTO import_batches (import_batch_id, importer, source, sha256, row_count, imported_at)
VALUES ($import_batch_id, $importer, $source, $sha256, $row_count, $imported_at);
