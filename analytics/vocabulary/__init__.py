"""The trade's nouns as frozen dataclasses, one noun a file, standard library only."""
