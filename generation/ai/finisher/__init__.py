"""The embedded model: a network that finishes blocking frames, as a diffusers pipeline."""
