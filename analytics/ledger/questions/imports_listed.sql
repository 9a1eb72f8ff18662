-- What was imported, from where, when and by whom; the last first.
-- column import_batch_id VARCHAR: the import
-- column importer VARCHAR: who read it, with its version
-- column source VARCHAR: where it lay
-- column origin VARCHAR: that its rows were given; NULL where that was not written down
-- column imported_at TIMESTAMPTZ: instant in UTC
-- column imported_by VARCHAR: the person; NULL where that is not known
-- column undone_at TIMESTAMPTZ: when it was taken back; NULL while it holds
-- column undone_by VARCHAR: the person
-- column row_count BIGINT: rows of all its files
-- column is_counted BOOLEAN: whether what it replaced was kept, so that it can be taken back
-- column tables STRUCT(table_name VARCHAR, new_count BIGINT, changed_count BIGINT, unchanged_count BIGINT, gone_count BIGINT)[]: what became of the rows of each table; empty where nobody counted
WITH counted AS (
    SELECT
        import_batch_id,
        table_name,
        coalesce(sum(row_count) FILTER (fate = 'new'), 0)::BIGINT       AS new_count,
        coalesce(sum(row_count) FILTER (fate = 'changed'), 0)::BIGINT   AS changed_count,
        coalesce(sum(row_count) FILTER (fate = 'unchanged'), 0)::BIGINT AS unchanged_count,
        coalesce(sum(row_count) FILTER (fate = 'gone'), 0)::BIGINT      AS gone_count
    FROM import_counts
    GROUP BY ALL
)
SELECT
    batches.import_batch_id, batches.importer, batches.source, batches.origin, batches.imported_at, batches.imported_by,
    batches.undone_at, batches.undone_by, batches.row_count,
    count(counted.table_name) > 0 AS is_counted,
    coalesce(
        list({
            'table_name': counted.table_name, 'new_count': new_count, 'changed_count': changed_count,
            'unchanged_count': unchanged_count, 'gone_count': gone_count
        } ORDER BY counted.table_name) FILTER (counted.table_name IS NOT NULL),
        []
    ) AS tables
FROM import_batches AS batches
LEFT JOIN counted USING (import_batch_id)
GROUP BY ALL
ORDER BY batches.imported_at DESC, batches.import_batch_id DESC
