"""The head, its clothes and its light inside Blender."""
