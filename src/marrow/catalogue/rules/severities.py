"""Words that files use for how severe something is: 大病, moderate, légère."""

from __future__ import annotations

WORDS = {
    "MINOR": ("minor", "mild", "小病", "轻", "轻症", "轻度", "bénin", "bénigne", "légère", "léger"),
    "MODERATE": ("moderate", "中病", "中", "中度", "modéré", "modérée", "moyen", "moyenne"),
    "SERIOUS": ("serious", "severe", "大病", "重", "重症", "重度", "grave", "sévère"),
}
_BY_WORD = {word: code for code, told in WORDS.items() for word in (code.casefold(), *told)}


def severity_of(word: str) -> str | None:
    """The code of a word; '' of none, None of one that is not known."""
    plain = word.strip().casefold()
    return _BY_WORD.get(plain) if plain else ""
