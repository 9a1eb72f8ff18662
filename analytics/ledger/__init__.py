"""The ledger: the only package that speaks DuckDB."""
