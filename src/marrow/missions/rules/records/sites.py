"""Where a team serves: hospitals by name, else the towns whose hospitals it serves."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import country_code
from marrow.missions.rules.records.finds import Findings, told
from marrow.missions.rules.records.prose import ELSEWHERE, OWN, SERIES, Sentence, blanked
from marrow.missions.rules.records.provinces import is_chinese_place
from marrow.missions.rules.records.told import Told

_CAPITAL = r"(?:(?:St|Dr|[A-Z]|[A-Z]\.[A-Z])\.|[A-Z][\w’'-]*)"
_PAIRED = r"(?:(?:Mother|Maternal|Maternity|Women|Gyn\w+)\sand\s)"
_HOUSE = re.compile(
    rf"(?<![\w-])(?:{_CAPITAL}[\s]+|(?:of|de|du|la)\s+|{_PAIRED}){{0,7}}?{_CAPITAL}[\s-]+"
    r"(?:(?:Referral|Teaching|General|Central|Regional|District|Provincial|National|Memorial)\s)*"
    r"(?:Hospitals?|Medical\s(?:Cent(?:er|re)|College)|Health\sCent(?:er|re)|Clinic|Polyclinic"
    r"|Treatment\sUnit|Maternity)\b(?:\s(?:Teaching\s)?Hospital\b)?(?:\s(?:of"
    r"|in)\s(?!the\b)(?=[A-Z])(?!\w+\sProvince))?"
)
_SERVES = re.compile(
    r"\b(?:work(?:s|ed|ing)?|serv(?:e|es|ed|ing)|station(?:ed|ing)?|based|assign(?:ed|ment)?"
    r"|post(?:ed)?|deployed|arriv\w+|sent|help\w*|provid\w+|mov(?:ed|es)|operat\w+|medical team to"
    r"|locat\w+|assist\w*|maintain|attach\w*|were|at)\b",
    re.IGNORECASE,
)
_NOT_HOST = re.compile(
    r"\b(?:train(?:ed|ing)? in china|from (?:the )?$|selected from|chosen from|donat\w+|handed over"
    r"|construct\w+|built|build|help\w* (?:out )?(?:at|in)|train\w* (?:of|from)|like)\b",
    re.IGNORECASE,
)
_PLACE = rf"{_CAPITAL}(?:[\s-]+{_CAPITAL}){{0,2}}"
_LIST = rf"(?P<list>{_PLACE}(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s+&\s+){_PLACE})*)"
_TOWNS = re.compile(
    r"\b(?:hospitals?\s+in|[Ww]ork(?:s|ed|ing)?\s+(?:at|in)|(?:based|stationed|posted)\s+(?:at|in)"
    r"|serv(?:es?|ed|ing)\s+(?:at|in))\s+(?:the\s+(?:cities|towns|city|town)\s+of\s+)?" + _LIST
)
_PARTING = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+")
_NOT_A_NAME = {
    "The", "A", "An", "In", "On", "At", "Of", "Chinese", "China", "Since", "And", "This", "That",
    "They", "Each", "During", "After", "Local", "Other", "Another", "Africa", "West",
}  # fmt: skip
_LONGEST_NAME = 120


def read_sites(row: tuple[str, str], read: list[Sentence], found: Findings) -> None:
    """Tell the sites; (title, location column) help where the prose names none."""
    title, places = row
    for sentence in read:
        if sentence.about == OWN:
            _houses(sentence, found)
            _towns(sentence, found)
    if found.first("site") is None:
        _by_title(title, found)
    for sentence in read:
        if sentence.about == SERIES and found.first("site") is None:
            _towns(sentence, found)
            _houses(sentence, found)
    if found.first("site") is None:
        _by_places(places, found)


def _houses(sentence: Sentence, found: Findings) -> None:
    for hit in _HOUSE.finditer(sentence.text):
        name, start = _trimmed(hit.group().strip(), hit.start())
        lead = sentence.text[:start]
        if not _is_host(name, lead) or sentence.about == ELSEWHERE:
            continue
        _keep(sentence, name, start, found)


def _trimmed(name: str, start: int) -> tuple[str, int]:
    """A name without the words that only begin its sentence or end in "in"."""
    name = re.sub(r"\s(?:in|of)$", "", name)
    while True:
        head, _, rest = name.partition(" ")
        if rest and head in _NOT_A_NAME | {"of", "de", "and", "la", "du"}:
            gap = len(name) - len(rest)
            name, start = rest.lstrip(), start + gap + len(rest) - len(rest.lstrip())
        else:
            return name, start


def _is_host(name: str, lead: str) -> bool:
    if name in {"Hospital", "Hospitals", "Clinic"} or len(name) > _LONGEST_NAME:
        return False
    words = name.split()
    foreign = any(word in ("Friendship", "Friendship,") or "-" in word for word in words)
    if is_chinese_place(name) and not foreign and "Sino" not in name:
        return False
    near = lead[-300:]
    return bool(_SERVES.search(near)) and not _NOT_HOST.search(near[-50:])


def _keep(sentence: Sentence, name: str, start: int, found: Findings) -> None:
    for known in found.told:
        if known.field == "site" and (name in known.value or known.value in name):
            return
    found.tell(told(sentence, "site", name, (start, start + len(name))), many=True)


def _towns(sentence: Sentence, found: Findings) -> None:
    for hit in _TOWNS.finditer(sentence.text):
        at = hit.start("list")
        for part in _PARTING.split(hit["list"]):
            start = sentence.text.index(part, at)
            at = start + len(part)
            if _is_town(part):
                _keep(sentence, part, start, found)


def _is_town(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    return not (
        country_code(name)
        or first in _NOT_A_NAME
        or is_chinese_place(name)
        or re.search(r"Province|Hospital|Cent(?:er|re)|College|Clinic|Ebola|Ministry|Project", name)
    )


def _by_title(title: str, found: Findings) -> None:
    for hit in _HOUSE.finditer(blanked(title)):
        name, _ = _trimmed(hit.group().strip(), 0)
        if re.search(r"\b(?:to|in|at)\s(?:the\s)?$", title[: title.find(name)]):
            found.tell(Told("site", name, name, "title"), many=True)


def _by_places(places: str, found: Findings) -> None:
    """The location column names the project's place: a hospital is told, a town only proposed."""
    whole = places.strip()[:_LONGEST_NAME]
    house = _HOUSE.match(whole)
    if house:
        name, _ = _trimmed(house.group().strip(), 0)
        found.tell(Told("site", name, name, "location_details"))
    elif whole:
        found.unsure(Told("site", whole, whole, "location_details"))
