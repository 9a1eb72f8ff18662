-- Which later imports, not taken back, say something of rows that an import brought?
-- parameter import_batch_id VARCHAR: the import
-- column import_batch_id VARCHAR: the later one
-- column source VARCHAR: where it lay
-- column imported_at TIMESTAMPTZ: instant in UTC
-- column table_name VARCHAR: the table of the rows
-- column changed_count BIGINT: rows that it changed or took away
-- column unchanged_count BIGINT: rows that it says again
SELECT
    later.import_batch_id, later.source, later.imported_at, counts.table_name,
    coalesce(sum(counts.row_count) FILTER (fate IN ('changed', 'gone')), 0)::BIGINT AS changed_count,
    coalesce(sum(counts.row_count) FILTER (fate = 'unchanged'), 0)::BIGINT          AS unchanged_count
FROM import_counts AS counts
JOIN import_batches AS later USING (import_batch_id)
WHERE counts.earlier_batch_id = $import_batch_id
  AND later.undone_at IS NULL
GROUP BY ALL
ORDER BY later.imported_at DESC, later.import_batch_id, counts.table_name
