"""Pure decisions about places and organisations: folding names, likeness, kinds, coordinates."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

EARTH = 6371.0  # kilometres
GENERIC = frozenset(
    [
        "hospital",
        "hopital",
        "hospitalar",
        "hospitalier",
        "clinic",
        "clinique",
        "clinica",
        "centre",
        "center",
        "centro",
        "health",
        "sante",
        "saude",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "da",
        "do",
        "dos",
        "of",
        "the",
        "and",
        "et",
        "e",
        "medical",
        "medico",
        "general",
        "district",
        "regional",
        "provincial",
        "municipal",
        "rural",
        "post",
        "posto",
        "poste",
        "dispensary",
        "dispensaire",
        "unit",
        "maternity",
    ]
)
CHINESE_GENERIC = ("医院", "卫生院", "卫生服务中心", "保健院")
_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]+")


def folded(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: what names are compared by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.replace("’", "").replace("'", "")))


def core_words(text: str) -> tuple[str, ...]:
    """The words that tell one organisation from another; all of them when all are generic."""
    words = folded(text).split()
    telling = tuple(w for w in words if w not in GENERIC)
    return telling or tuple(words)


def is_chinese(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def are_coordinates(lat: float | None, lon: float | None) -> bool:
    """Real degrees, and not the (0, 0) that stands for nothing."""
    if lat is None or lon is None:
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (abs(lat) > 0.001 or abs(lon) > 0.001)


#: words of registers → our kinds, the first that is found in the folded text decides
_KINDS = (
    ("veterin", "OTHER"), ("pharmac", "PHARMACY"), ("drug", "PHARMACY"), ("chemist", "PHARMACY"),
    ("dentist", "PRACTICE"), ("doctors", "PRACTICE"), ("cabinet", "PRACTICE"),
    ("hopital", "HOSPITAL"), ("hospital", "HOSPITAL"), ("医院", "HOSPITAL"),
    ("commission", "COMMISSION"), ("ministry", "MINISTRY"), ("universit", "UNIVERSITY"),
    ("centre", "PRIMARY"), ("center", "PRIMARY"), ("centro", "PRIMARY"), ("clinic", "PRIMARY"),
    ("clinique", "PRIMARY"), ("post", "PRIMARY"), ("poste", "PRIMARY"), ("dispens", "PRIMARY"),
    ("health", "PRIMARY"), ("maternit", "PRIMARY"), ("unit", "PRIMARY"), ("sante", "PRIMARY"),
    ("saude", "PRIMARY"), ("卫生", "PRIMARY"),
)  # fmt: skip


def kind_of(*told: str) -> str:
    """Our kind from the register's own words: type first, then name; OTHER when none says it."""
    for text in told:
        words = folded(text)
        for mark, kind in _KINDS:
            if mark in words:
                return kind
    return "OTHER"


def lost_accent(name: str) -> bool:
    """A capital T inside a lower-case word is how a broken register writes é ("SantT")."""
    return re.search(r"[a-z]T(?![a-zA-Z]*[A-Z]{2})(?:[a-z]|\b)", name) is not None


def alike(one: str, other: str, ratio: float) -> float:
    """Likeness 0–1 of two names from the ratio of their telling words; generic names never match."""
    a, b = core_words(one), core_words(other)
    if set(a) <= GENERIC or set(b) <= GENERIC:
        return 1.0 if folded(one) == folded(other) and len(folded(one)) > 12 else 0.0
    numbers = [{w for w in words if w.isdigit()} for words in (a, b)]
    return 0.0 if numbers[0] != numbers[1] else ratio


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ch", "k"), ("sh", "s"), ("th", "t"), ("gh", "g"),
    ("ou", "u"), ("w", "u"), ("c", "k"), ("q", "k"), ("z", "s"), ("x", "s"), ("j", "g"),
    ("v", "f"), ("y", "i"), ("h", ""),
)  # fmt: skip


def sound(word: str) -> str:
    """A word of folded letters as it sounds, roughly: no vowels inside, no doubled letters."""
    if is_chinese(word) or word.isdigit():
        return word
    for mark, plain in _SOUNDS:
        word = word.replace(mark, plain)
    bones = word[:1] + re.sub("[aeiou]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", bones)


def sounds_of(text: str) -> str:
    """Every word of a folded text as it sounds."""
    return " ".join(s for word in text.split() if (s := sound(word)))


@dataclass(frozen=True, slots=True)
class Facility:
    """One row of a register, read: what it tells, and notes of what is doubtful in it."""

    value: str  # what the register calls it, or what its words make of it
    name: str
    country: str  # as told: a code or a name
    place: str
    type: str
    owner: str
    address: str
    lat: float | None
    lon: float | None
    kind: str
    notes: tuple[str, ...] = ()
    area_code: str = ""  # as told: GB/T 2260 or ISO 3166


def read_facility(cells: Mapping[str, str]) -> Facility | str:
    """A register's row by our columns; or the code of why it cannot be taken."""
    told = {column: " ".join((text or "").split()) for column, text in cells.items()}
    name, country = told.get("name", ""), told.get("country", "")
    if not name:
        return "NO_NAME"
    area_code = told.get("area_code", "").removesuffix(".0")
    if not country and not area_code:
        return "NO_COUNTRY"
    if len(name) > 300:
        return "NAME_TOO_LONG"
    lat, lon = degrees(told.get("lat", "")), degrees(told.get("lon", ""))
    notes = []
    placed = are_coordinates(lat, lon)
    if not placed and (told.get("lat") or told.get("lon")):
        notes.append("BAD_COORDINATES")
    if lost_accent(name):
        notes.append("LOST_ACCENT")
    kind = kind_of(told.get("type", ""), name)
    return Facility(
        told.get("id", "").removesuffix(".0") or _value(told), name, country,
        told.get("place", "")[:120], told.get("type", "")[:120], told.get("owner", "")[:120],
        told.get("address", "")[:300], lat if placed else None, lon if placed else None, kind,
        tuple(notes), area_code,
    )  # fmt: skip


def degrees(text: str) -> float | None:
    """Degrees from a cell; None when it holds no number."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _value(told: Mapping[str, str]) -> str:
    """An identifier from the row's own words, for registers that give none."""
    columns = ("country", "area_code", "place", "address", "name", "type", "lat", "lon")
    words = "\x1f".join(told.get(c, "") for c in columns)
    return hashlib.sha256(words.encode()).hexdigest()[:24]
