"""A bid as it is handed out: workbook, lines with account codes, timeline, JSON."""
