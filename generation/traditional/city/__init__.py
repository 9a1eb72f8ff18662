"""The building kit: boxes, facades, palettes and plans that every street scene is made of."""
