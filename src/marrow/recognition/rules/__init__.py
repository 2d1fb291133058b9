"""Decisions of recognition, pure: values in, values out."""
