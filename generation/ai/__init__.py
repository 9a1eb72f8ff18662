"""The AI workflow: diffusers pipelines."""
