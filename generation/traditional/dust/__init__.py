"""Dust of a collapse: emitted by falling pieces, carried by a fluid solver and marched with light."""
