"""SQLAlchemy and SQLite live here and nowhere else; frozen domain values go in and out."""
