"""The signed exchange file: container, keys, trust list. Knows nothing of the database."""
