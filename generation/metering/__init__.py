"""Meters: what a render takes of the clock, the processor, the GPU, the memory and the socket."""
