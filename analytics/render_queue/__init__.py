"""Renders that a page starts: a queue on disk, worked off one at a time by a process of its own."""
