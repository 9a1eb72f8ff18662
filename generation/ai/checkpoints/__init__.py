"""Checkpoints of diffusers models: found in a folder or on the hub, checked before anything is loaded, and loaded."""
