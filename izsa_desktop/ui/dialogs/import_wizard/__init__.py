"""Bulk entry: file, columns, check, result. Each step is a widget that takes values and says what a person wants."""
