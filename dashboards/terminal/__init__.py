"""The command line: one file per group of commands, and the screens that they print. Each imports analytics only."""
