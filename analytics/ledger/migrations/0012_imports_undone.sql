-- What an import replaced is kept, so that it can be taken back; and who imported, and who took back, is written down.
ALTER TABLE import_batches ADD COLUMN origin VARCHAR;
ALTER TABLE import_batches ADD COLUMN imported_by VARCHAR;
ALTER TABLE import_batches ADD COLUMN undone_at TIMESTAMPTZ;
ALTER TABLE import_batches ADD COLUMN undone_by VARCHAR;
COMMENT ON COLUMN import_batches.origin IS 'That its rows were given; NULL: imported before this was written down.';
COMMENT ON COLUMN import_batches.undone_at IS 'When its rows were taken back; NULL while they hold.';

CREATE TABLE import_counts (
    import_batch_id  VARCHAR NOT NULL,
    table_name       VARCHAR NOT NULL,
    fate             VARCHAR NOT NULL CHECK (fate IN ('new', 'changed', 'unchanged', 'gone')),
    earlier_batch_id VARCHAR,
    row_count        BIGINT NOT NULL CHECK (row_count > 0)
);
COMMENT ON TABLE import_counts IS 'What became of the rows that an import brought. A batch without a row here cannot be undone.';
COMMENT ON COLUMN import_counts.fate IS 'unchanged: the ledger said the same already; gone: of a list that came in anew, and no longer in it.';
COMMENT ON COLUMN import_counts.earlier_batch_id IS 'Which import the ledger''s own rows were from; NULL: from none.';

CREATE TABLE replaced_rows (
    replaced_by VARCHAR NOT NULL,
    table_name  VARCHAR NOT NULL,
    row_id      VARCHAR NOT NULL,
    earlier     MAP(VARCHAR, VARCHAR) NOT NULL
);
COMMENT ON TABLE replaced_rows IS 'Rows as they were before an import changed them or took them away; forgotten once it is undone.';
COMMENT ON COLUMN replaced_rows.replaced_by IS 'The import_batch_id of that import.';
COMMENT ON COLUMN replaced_rows.earlier IS 'Each column as text, which loses nothing of a decimal or an instant.';
