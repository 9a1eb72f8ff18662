"""What a model would need and take on a machine that has not run it: memory, seconds and joules of one clip."""
