"""Where a team serves: hospitals by name, else the towns whose hospitals it serves."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import country_code
from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.finds import Findings, told
from marrow.missions.rules.records.houses import (
    HOUSE,
    LONGEST_NAME,
    NOT_A_NAME,
    PLACE,
    is_abroad,
    is_town,
    same_house,
    trimmed,
)
from marrow.missions.rules.records.prose import ELSEWHERE, OWN, SERIES, Sentence, blanked
from marrow.missions.rules.records.told import Told

_SERVES = re.compile(
    r"\b(?:work(?:s|ed|ing)?|serv(?:e|es|ed|ing)|station(?:ed|ing)?|based|assign(?:ed|ment)?"
    r"|post(?:ed)?|deployed|arriv\w+|sent|help\w*|provid\w+|mov(?:ed|es)|operat\w+|medical team to"
    r"|locat\w+|assist\w*|maintain|attach\w*|were|(?:is|was)\s(?:in|at)|came\sto|at|twin\w*|travaill\w+|exerc\w+)\b",
    re.IGNORECASE,
)
_NOT_HOST = re.compile(
    r"\b(?:train(?:ed|ing)? in china|from (?:the )?$|selected from|chosen from|donat\w+|handed over"
    r"|construct\w+|built|build|help\w* (?:out )?(?:at|in)|train\w* (?:of|from)|like"
    r"|inaugurat\w+|open(?:ed|ing))\b"
    r"|\b(?:formerly|previously)\s(?:known as\s|called\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_CAPITAL_OF = r"(?:the\s+capital(?:\s+city)?(?:\s+of)?\s+)?"
_JOINED = rf"(?:,\s+(?:and\s+)?|\s+and\s+|\s+&\s+|\s+et\s+){_CAPITAL_OF}"
_LIST = rf"{_CAPITAL_OF}(?P<list>{PLACE}(?:{_JOINED}{PLACE})*)"
# What may stand between the work and its place: "worked for two years in", "mainly works at".
_MANNER = (
    r"(?:(?:mainly|mostly|primarily|also|together|respectively|for\s(?:[\w-]+\s){1,3}?(?:years?"
    r"|months?)(?:\sand\sa\shalf)?)\s+)?"
)
_TOWNS = re.compile(
    rf"\b(?:hospitals?\s+in|(?:work(?:s|ed|ing)?|serv(?:es?|ed|ing))\s+{_MANNER}(?:at|in)"
    r"|(?:based|stationed|posted)\s+(?:at|in)"
    r"|(?:at|in)\s+(?:an?|the|another|\w+)\s+(?:[a-z-]+\s+){0,3}(?:cent(?:er|re)s?|clinics?)\s+in"
    r"|travaill\w+\s+à)\s+(?:the\s+(?:capital\s+)?(?:cities|towns|city|town)\s+of\s+)?" + _LIST
)
# "six are in Alba, four on the island of Beton": parts of a team, each in its place
_PART = re.compile(
    rf"(?:^|[;:,]|\band\b)\s*(?P<n>(?i:{FIGURE}))\s(?:(?:of\s(?:them|whom)|others?|members|doctors)\s)?"
    r"(?:(?:are|were|is|was|work(?:s|ed)?|serv(?:es?|ed)|stay(?:s|ed)?)\s)?"
    r"(?:(?:based|posted|stationed|assigned|working|serving)\s)?"
    rf"(?:in|at|on|to)\s(?:the\s(?:town|city|island)\sof\s)?(?P<list>{PLACE})"
)
_PARTING = re.compile(_JOINED)
_IN_A_CELL = re.compile(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
# "Town, District", "Town, Country": one place, told from the small to the large.
_LARGER = re.compile(
    r"\b(?:Province|District|Region|State|County|Department|Prefecture|Governorate)\b|^[a-z]"
)


def read_sites(row: tuple[str, str], read: list[Sentence], found: Findings) -> None:
    """Tell the sites; (title, location column) help where the prose names none."""
    title, places = row
    for sentence in read:
        if sentence.about == OWN:
            _houses(sentence, found)
            _towns(sentence, found)
    if found.first("site") is None:
        _by_title(title, found)
    if found.first("site") is None:
        _by_places(places, found)
    if found.first("site") is None:
        _of_whom(read, found)
    if found.first("site") is None:
        _of_series(read, found)


def _houses(sentence: Sentence, found: Findings) -> None:
    for hit in HOUSE.finditer(sentence.text):
        name, start = trimmed(hit.group().strip(), hit.start())
        if _is_host(name, sentence.text[:start]):
            _keep(sentence, name, start, found)


def _is_host(name: str, lead: str) -> bool:
    if name in {"Hospital", "Hospitals", "Clinic"} or len(name) > LONGEST_NAME:
        return False
    near = lead[-300:]
    return is_abroad(name) and bool(_SERVES.search(near)) and not _NOT_HOST.search(near[-50:])


def _keep(sentence: Sentence, name: str, start: int, found: Findings) -> None:
    """Tell a site once; of two names of one place the fuller one stands."""
    new = told(sentence, "site", name, (start, start + len(name)))
    for at, known in enumerate(found.told):
        if known.field != "site" or not same_house(name, known.value):
            continue
        if len(name.split()) > len(known.value.split()):
            found.told[at] = new
        return
    found.tell(new, many=True)


def _towns(sentence: Sentence, found: Findings) -> None:
    for name, start in _named_towns(sentence.text):
        _keep(sentence, name, start, found)


def _named_towns(text: str) -> list[tuple[str, int]]:
    towns = []
    for hit in _TOWNS.finditer(text):
        if _NOT_HOST.search(text[max(0, hit.start() - 50) : hit.start() + 12]):
            continue
        at = hit.start("list")
        for part in _PARTING.split(hit["list"]):
            start = text.index(part, at)
            at = start + len(part)
            if is_town(part):
                towns.append((part, start))
    return towns + _of_parts(text)


def _of_parts(text: str) -> list[tuple[str, int]]:
    """Two parts of a team at least, so that one figure in a place is none."""
    parts = [hit for hit in _PART.finditer(text) if 0 < (count(hit["n"]) or 0) <= _MOST_MEMBERS]
    if len(parts) + len(HOUSE.findall(text)) < _TWO or _DONE.search(text):
        return []
    return [(hit["list"], hit.start("list")) for hit in parts if is_town(hit["list"])]


_TWO, _MOST_MEMBERS = 2, 100
_DONE = re.compile(r"\b(?:patients|operations|surgeries|operated|cases|visits|treated)\b", re.I)


def _by_title(title: str, found: Findings) -> None:
    for hit in HOUSE.finditer(blanked(title)):
        name, _ = trimmed(hit.group().strip(), 0)
        if is_abroad(name) and re.search(r"\b(?:to|in|at)\s(?:the\s)?$", title[: title.find(name)]):
            found.tell(Told("site", name, name, "title"), many=True)


def _by_places(places: str, found: Findings) -> None:
    """The location column: a hospital or a plain list is told, one town alone only proposed."""
    whole = places.strip()[:LONGEST_NAME]
    parts = [part for part in _IN_A_CELL.split(whole) if part]
    house = HOUSE.match(whole)
    if len(parts) > 1 and _is_list(whole, parts):
        for part in parts:
            hit = HOUSE.match(part)
            name = trimmed(hit.group().strip(), 0)[0] if hit else part
            found.tell(Told("site", name, name, "location_details"), many=True)
    elif house and is_abroad(house.group()):
        name, _ = trimmed(house.group().strip(), 0)
        found.tell(Told("site", name, name, "location_details"))
    elif whole:
        found.unsure(Told("site", whole, whole, "location_details"))


def _is_list(whole: str, parts: list[str]) -> bool:
    """ "Alba; Beton" lists places, and "Alba, Beton and Ceford"; "Alba, Beton" may name one."""
    if any(
        country_code(part) or _LARGER.search(part) or part.split(maxsplit=1)[0] in NOT_A_NAME
        for part in parts
    ):
        return False
    return ";" in whole or len(parts) > 2 or re.search(r"\s(?:and|&)\s", whole) is not None


# "It replaced the 8th team. They work at Alba Hospital": either team's place, so only proposed
_THEY = re.compile(r"\s*(?i:it|they|elle|elles|ils?)\b")


def _of_whom(read: list[Sentence], found: Findings) -> None:
    for sentence in read:
        if sentence.about != ELSEWHERE or not _THEY.match(sentence.text):
            continue
        for hit in HOUSE.finditer(sentence.text):
            name, start = trimmed(hit.group().strip(), hit.start())
            if _is_host(name, sentence.text[:start]):
                found.unsure(told(sentence, "site", name, (start, start + len(name))))
                return


def _of_series(read: list[Sentence], found: Findings) -> None:
    """Places to which a province sends its teams: this one's are likely among them."""
    for sentence in read:
        if sentence.about != SERIES:
            continue
        towns = _named_towns(sentence.text)
        if towns:
            start, end = towns[0][1], towns[-1][1] + len(towns[-1][0])
            found.unsure(told(sentence, "site", sentence.text[start:end], (start, end)))
            return
        for hit in HOUSE.finditer(sentence.text):
            name, start = trimmed(hit.group().strip(), hit.start())
            if _is_host(name, sentence.text[:start]):
                found.unsure(told(sentence, "site", name, (start, start + len(name))))
                return
