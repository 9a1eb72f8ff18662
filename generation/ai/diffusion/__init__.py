"""Runs any diffusers model over a shot: what it is given, window by window, and the frames it gives back."""
