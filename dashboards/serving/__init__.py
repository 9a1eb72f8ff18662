"""Runs the pages: the server, its settings, and the files it hands out."""
