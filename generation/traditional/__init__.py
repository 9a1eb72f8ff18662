"""The traditional workflow: Blender, in a child process."""
