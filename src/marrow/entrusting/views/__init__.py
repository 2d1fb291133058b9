"""Logbooks and levels, how people were brought on, the register of firsts, the counted card."""
