"""The size of a team that its words only let one add up: never certain, always proposed."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.finds import Findings, own_first, told
from marrow.missions.rules.records.prose import Sentence

_ROLES = (
    r"(?:doctor|surgeon|physician|expert|specialist|nurse|pharmacist|an[a]?esthetist"
    r"|an[a]?esthesiologist|acupuncturist|cook|chef|interpreter|translator|driver|engineer"
    r"|technician|officer|accountant|assistant|administrator|coordinator|member|staff|personnel"
    r"|worker|cuisinier|interpr[èe]te|traducteur|infirmi[èe]re?|chauffeur|technicien|m[ée]decin)s?\b"
)
_MORE = re.compile(
    r"(?P<by>,\s(?:and\s)?|\s(?:and|plus|with|as\swell\sas|along\swith|together\swith"
    rf"|et|ainsi\squ[e’'])\s?)(?P<more>{FIGURE}|an?|une?)\s(?!half)(?:[\w’'-]+\s){{0,3}}?{_ROLES}",
    re.IGNORECASE,
)
# "27 members, 20 doctors and …" lists the members; "27 doctors, 2 cooks" adds to the doctors.
_AMONG = re.compile(r"\s(?:of|among)\s(?:them|whom|these)\b", re.IGNORECASE)
_WHOLE = re.compile(r"(?:members?|people|persons?|individuals|membres|personnes)$", re.IGNORECASE)
_DOCTORS = re.compile(
    r"(?:doctors?|physicians?|surgeons?|medics|m[ée]decins|docteurs)$", re.IGNORECASE
)
_COOK = re.compile(
    rf"\b(?:as\swell\sas|plus|along\swith|together\swith|also|and)\s(?P<more>{FIGURE}|an?)\s"
    r"(?:[\w’'-]+\s){0,2}?(?:cook|chef|interpreter|translator|driver)s?\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"\beach\s(?:[\w’'-]+\s){{0,3}}?(?:of|consists?|comprises?|has|had|with|includes?)\s(?:of\s)?"
    rf"(?P<n>{FIGURE})\s(?:[\w’'-]+\s){{0,4}}?(?:members?|people|persons?|doctors?|experts?|staff"
    r"|personnel|specialists?|workers?)\b",
    re.IGNORECASE,
)
_TEAMS = re.compile(
    rf"(?P<n>{FIGURE})\s(?:[\w’'-]+\s){{0,3}}?(?:teams|groups|batches|brigades)\b", re.IGNORECASE
)
_LARGEST = 1_000


def _number(text: str) -> int:
    return 1 if text.lower() in ("a", "an", "un", "une") else count(text) or 0


def all_told(text: str, hit: re.Match[str], number: int) -> tuple[int, int]:
    """The sum of a figure and those named right after it, and where their list ends."""
    total, end = number, hit.end()
    while more := _MORE.match(text, end):
        if end == hit.end() and _WHOLE.search(hit.group()) and more["by"].startswith(","):
            break
        if _AMONG.match(text, more.end()):
            break
        total, end = total + _number(more["more"]), more.end()
    return total, end


def of_each(title: str, read: list[Sentence], found: Findings) -> None:
    """ "3 teams … each of 13 experts": together they may be 39."""
    for sentence in own_first(read):
        hit = _EACH.search(sentence.text)
        if not hit or found.first("size"):
            continue
        teams = next((t for one in (title, sentence.text) if (t := _TEAMS.search(one))), None)
        both = (count(hit["n"]) or 0) * (count(teams["n"]) or 0) if teams else 0
        if 0 < both <= _LARGEST:
            found.unsure(told(sentence, "size", str(both), hit.span()))


def cooks(read: list[Sentence], found: Findings) -> None:
    """Doctors are counted, and elsewhere a cook is named: the team may be larger."""
    size = found.first("size")
    if size is None or size.column != "description" or not _DOCTORS.search(_counted(size.quote)):
        return
    for sentence in own_first(read):
        hit = _COOK.search(sentence.text)
        if hit and size.quote not in sentence.whole[sentence.start :][: len(sentence.text)]:
            found.told.remove(size)
            total = str(int(size.value) + _number(hit["more"]))
            found.unsure(told(sentence, "size", total, hit.span()))
            return


def _counted(quote: str) -> str:
    """The quote up to the people that it counts."""
    hit = re.search(
        rf"{FIGURE}\s(?:[\w’'-]+\s){{0,4}}?(?:members?|people|persons?|experts?|staff|personnel"
        r"|doctors?|physicians?|surgeons?|medics)\b",
        quote,
        re.IGNORECASE,
    )
    return hit.group() if hit else ""
