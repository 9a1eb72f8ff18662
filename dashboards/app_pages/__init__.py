"""The pages: each asks, then arranges what it was told."""
