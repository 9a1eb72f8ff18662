"""Two movies in sync under one scrubber: a component of our own."""
