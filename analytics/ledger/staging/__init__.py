"""Rows of outside files on their way into the ledger: read as text, checked as a whole, written all or not at all."""
