"""AI and traditional work compared across the shots of many productions."""
