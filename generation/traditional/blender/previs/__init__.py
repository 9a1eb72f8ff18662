"""The previs inside Blender."""
