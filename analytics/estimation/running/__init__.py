"""While a production runs: what it has earned, what it will have cost, and which shots will go over."""
