-- Records what was imported, from where, when and by whom.
-- parameter import_batch_id VARCHAR: primary key
-- parameter importer VARCHAR: who read it, with its version
-- parameter source VARCHAR: where it lay
-- parameter sha256 VARCHAR: of all its files
-- parameter row_count BIGINT: rows of all its tables
-- parameter origin VARCHAR: that its rows were given
-- parameter imported_at TIMESTAMPTZ: instant in UTC
-- parameter imported_by VARCHAR: the person, where that is known
INSERT INTO import_batches (import_batch_id, importer, source, sha256, row_count, origin, imported_at, imported_by)
VALUES ($import_batch_id, $importer, $source, $sha256, $row_count, $origin, $imported_at, $imported_by);
