"""One intake for every import: the file, its columns, a preview, row errors, progress, cancel.

A room says what it takes (`kinds.Kind`: its columns and what to do with rows) in its `jobs.py`;
files, mapping, preview and the run are the same for all.
"""
