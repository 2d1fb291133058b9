"""The words of plain French prose: numbers, ordinals, months and the team itself."""

from __future__ import annotations

_UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_RANKS = [
    "-",
    "unième",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
]
_TENS = (("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60))


def _tens_rank(ten: str) -> str:
    return f"{ten.removesuffix('e')}ième"


# "un" alone is an article, so it is no number here.
NUMBERS = {word: n for n, word in enumerate(_UNITS) if n > 1}
RANKS = {word: n for n, word in enumerate(_RANKS) if n > 1}
RANKS |= {"premier": 1, "première": 1, "second": 2, "seconde": 2}
for _ten, _at in _TENS:
    NUMBERS |= {_ten: _at, f"{_ten} et un": _at + 1}
    RANKS |= {_tens_rank(_ten): _at, f"{_ten} et unième": _at + 1}
    for _n in range(2, 10):
        NUMBERS[f"{_ten}-{_UNITS[_n]}"] = _at + _n
        RANKS[f"{_ten}-{_RANKS[_n]}"] = _at + _n

MONTHS = {
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6,
    "juillet": 7, "août": 8, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11,
    "décembre": 12, "decembre": 12, "janv": 1, "févr": 2, "fevr": 2, "fév": 2, "avr": 4,
    "juil": 7, "juill": 7, "déc": 12,
}  # fmt: skip
TEAM = r"(?:(?i:[ée]quipes?|missions?|brigades?|groupes?|contingents?|d[ée]l[ée]gations?)\b)"
PERSON = (
    r"(?:membres|personnes|m[ée]decins|docteurs|experts|sp[ée]cialistes|praticiens|agents"
    r"|coop[ée]rants|chirurgiens|professionnels)\b"
)


def spelled(words: dict[str, int]) -> str:
    """The words as one pattern, the longest first; a hyphen may be a space."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("-", r"[\s-]").replace(" ", r"\s") for word in longest_first)


# 18e, 18ème, 1re, or in words; only before the word for a team.
RANK = (
    rf"(?:(?<![\w.,])\d{{1,3}}\s?(?:[eè]me|i[eè]me|[eè]re|er|re|nde?|e)\b"
    rf"|(?<![\w-])(?i:{spelled(RANKS)})\b)"
)
