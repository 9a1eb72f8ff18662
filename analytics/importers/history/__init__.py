"""The history bundle: a studio's past as a folder of plain tables (docs/history-bundle.md)."""
