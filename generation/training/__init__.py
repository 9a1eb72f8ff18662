"""Makes the embedded AI model from traditional renders."""
