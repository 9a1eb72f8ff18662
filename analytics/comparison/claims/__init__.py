"""Published claims of what AI saves, held against the shots of one's own ledger."""
