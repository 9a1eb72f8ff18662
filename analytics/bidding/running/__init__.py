"""A locked bid against what its shots really take: the report of a day."""
