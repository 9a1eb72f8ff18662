"""Toxic snowfall: a night street, lamps in the haze, glowing flakes, and one figure in a gas mask."""
