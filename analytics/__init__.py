"""The ledger of measured shots and every question asked of it; imports nothing else of ours."""
