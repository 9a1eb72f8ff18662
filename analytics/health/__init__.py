"""How sound the ledger's data is, what its figures are made of, and how each figure is made."""
