"""The half of the snowfall that runs inside Blender."""
