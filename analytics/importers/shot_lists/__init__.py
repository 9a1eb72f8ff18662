"""Shot lists: what an editor, a tracker or a producer hands over to be bid (docs/shot-lists.md)."""
