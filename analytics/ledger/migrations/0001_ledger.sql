-- The mark that says "this DuckDB file is a Shotledger ledger", and the record of the migrations it has run.
CREATE TABLE ledger (
    product    VARCHAR PRIMARY KEY CHECK (product = 'shotledger'),
    ledger_id  UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ledger IS 'One row: whose file this is.';

CREATE TABLE migrations (
    number UINTEGER PRIMARY KEY,
    name   VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    run_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE migrations IS 'One row for each migration, written in the transaction that ran it.';
COMMENT ON COLUMN migrations.sha256 IS 'Of the UTF-8 text of the migration file, in hexadecimal.';

INSERT INTO ledger VALUES ('shotledger', uuid(), now());

-- Rows that came from one outside file or system belong to one batch; `import_batch_id` on a fact names it.
CREATE TABLE import_batches (
    import_batch_id VARCHAR PRIMARY KEY,
    importer        VARCHAR NOT NULL,
    source          VARCHAR NOT NULL,
    sha256          VARCHAR,
    row_count       BIGINT CHECK (row_count >= 0),
    mapping         JSON,
    imported_at     TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE import_batches IS 'What was imported, from where and when; a file is known by its digest and never imported twice.';
COMMENT ON COLUMN import_batches.source IS 'File name or address, as the user gave it.';
COMMENT ON COLUMN import_batches.mapping IS 'Which column of theirs became which of ours.';

-- Columns of an imported file that we have no place for are kept here, by row, and can be used as features.
CREATE TABLE attributes (
    table_name      VARCHAR,
    row_id          VARCHAR,
    name            VARCHAR,
    value           VARCHAR NOT NULL,
    import_batch_id VARCHAR,
    PRIMARY KEY (table_name, row_id, name)
);
COMMENT ON COLUMN attributes.row_id IS 'The primary key of the row in the table named beside it.';
