"""AI beside traditional: clocks, costs and what a ratio does not show."""
