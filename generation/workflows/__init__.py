"""The two workflows as renderers of one shape: shot in, finished frames out, every stage announced."""
