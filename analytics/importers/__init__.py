"""Facts of other systems on their way into the ledger, one package or module an outside format."""
