"""Two states of a cut held against each other: what became of every shot between them."""
