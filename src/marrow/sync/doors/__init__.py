"""Doors beside the wire: files in pieces, and files that are brought by hand."""
