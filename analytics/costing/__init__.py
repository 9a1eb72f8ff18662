"""Money from facts and dated rates."""
