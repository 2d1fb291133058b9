"""Pages of agreement work."""
