"""What a slate's shots would take if more or fewer of them were made by AI, kind by kind."""
