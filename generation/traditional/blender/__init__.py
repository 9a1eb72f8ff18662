"""The half that runs inside Blender: only bpy, mathutils, numpy and the standard library."""
