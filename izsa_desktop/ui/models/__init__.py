"""Thin item models and delegates: rows in, paint out. They hold no query and save nothing."""
