"""What a list of shots will take: learned from the ledger's past shots, with ranges that past productions held."""
