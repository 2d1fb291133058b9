"""Backups: a copy of the database, sealed, and drilled: only what was restored once counts."""
