"""The history exactly as five documents state it: rows as data, each fact with its clause."""
