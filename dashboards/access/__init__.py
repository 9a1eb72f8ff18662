"""Who may see what: roles, the file that gives them, and sign-in."""
