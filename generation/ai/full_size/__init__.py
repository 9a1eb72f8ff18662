"""Full-size video and picture models with random weights: built, run and timed, so that a bid knows what they cost."""
