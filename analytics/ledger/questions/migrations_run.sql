-- Which steps has the schema of this ledger taken, and when?
-- column number UINTEGER: from 1
-- column name VARCHAR: in words
-- column run_at TIMESTAMPTZ: instant in UTC
-- column ledger_id VARCHAR: of the ledger, for its whole life
-- column created_at TIMESTAMPTZ: when the ledger was made, UTC
SELECT migrations.number, migrations.name, migrations.run_at, ledger.ledger_id::VARCHAR AS ledger_id, ledger.created_at
FROM migrations CROSS JOIN ledger
ORDER BY migrations.number
