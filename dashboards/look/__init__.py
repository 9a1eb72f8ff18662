"""What every page looks like: cards, charts, tables, downloads and their words. Asks the ledger nothing."""
