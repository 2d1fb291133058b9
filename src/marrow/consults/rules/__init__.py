"""Clocks, pictures and signatures of consults."""
