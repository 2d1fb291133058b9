"""The number that a certificate bears: the year, and its place within it."""

from __future__ import annotations


def numbers_from(year: int, last: str, count: int) -> list[str]:
    """The next numbers of a year after its last one ("" where it has none): 2026-0007."""
    before = int(last.rpartition("-")[2]) if last else 0
    return [f"{year}-{before + n:04d}" for n in range(1, count + 1)]
