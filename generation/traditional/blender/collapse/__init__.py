"""The building that falls, inside Blender."""
