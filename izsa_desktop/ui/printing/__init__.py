"""Paper: HTML documents rendered to PDF by WebEngine, previewed, printed and saved."""
