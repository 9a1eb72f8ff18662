"""The ledger's answers for the pages: read from a copy, cached, guarded by role; slow ones are worked out beside."""
