"""The day on which something was given, or a short mission was held."""

from __future__ import annotations

import re

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.finds import Findings, own_first, softened, told
from marrow.missions.rules.records.prose import LONGEST_QUOTE, Sentence
from marrow.missions.rules.records.times import Shape, ranges, verb_of, verbs_of

_GIVEN = (
    r"donat(?:ed?|es|ing|ion)\b|hand(?:ed|s|ing)?\sover|gave\b|given\b|present(?:ed|s)\b"
    r"|provid(?:ed|es)\b|offered|deliver(?:ed|s)\b|receiv(?:ed|es)\b|fait\sdon|remis\b|offert"
)
_HELD = (
    r"offer(?:ed|s)?\b|provid(?:ed?|es|ing)\b|perform(?:ed|s)?\b|treat(?:ed|s)?\b|conduct(?:ed|s)?\b"
    r"|held\b|carri(?:ed|es)\sout|organi[sz](?:ed|es)\b|operat(?:ed|es)\b|restor(?:ed|es)\b"
    r"|visit(?:ed|s)\b|dock(?:ed|s)\b|launch(?:ed|es)\b|took\splace|beg[au]n\b|start(?:ed|s)\b|set\sup"
    r"|gave\b|receiv(?:ed|es)\b|screen(?:ed|s)\b"
)
_OTHER = (
    r"sign\w*|announc\w+|agree[ds]?\b|establish\w*|built\b|promis\w+|pledg\w+|benefit\w*|arriv\w+"
    r"|left\b|return\w*|sent\b|expect\w*|will\b|plan\w*|met\b|report\w*|construct\w*|finish\w*"
)
_FIELD = {
    "DONATION": ("given_on", _GIVEN),
    **dict.fromkeys(("SHORT_SURGICAL", "FREE_CLINIC", "TOUR", "HOSPITAL_SHIP"), ("held_on", _HELD)),
}
EVENTS = tuple(_FIELD)
_LOOSE = re.compile(
    r"\b(?:recently|would|will|to be|announced|plan(?:s|ned)?|expect\w*)\b", re.IGNORECASE
)
_ANOTHER = re.compile(r"\b(?:previous|earlier|similar|another)\b", re.IGNORECASE)


def event_field(kind: str) -> str:
    """The field that holds the day of such a record."""
    return _FIELD[kind][0]


def read_day(kind: str, year: str, read: list[Sentence], found: Findings) -> None:
    """Tell the day of a gift or a short mission; another year's is not it."""
    name, words = _FIELD[kind]
    shapes = [
        (name, re.compile(rf"\b(?:{words})", re.IGNORECASE)),
        ("", re.compile(rf"\b(?:{_OTHER})", re.IGNORECASE)),
    ]
    for sentence in own_first(read):
        if not (found.first(name) or _ANOTHER.search(sentence.text)):
            _of_sentence(sentence, shapes, year, found)


def _of_sentence(sentence: Sentence, shapes: list[Shape], year: str, found: Findings) -> None:
    name = shapes[0][0]
    dated = [one for one in dates_in(sentence.text) if one.value]
    verbs = verbs_of(sentence.text, shapes)
    for first, last in ranges(sentence.text, dated):
        if any(verb.field for verb in verbs):
            span = (first.start, last.end)
            new = told(sentence, name, first.value, span)
            found.tell(softened(new, "", period=f"{first.value}/{last.value}"))
            return
    for one in dated:
        verb = verb_of(one, dated, verbs, sentence.text)
        if not verb or not verb.field or (year and one.value[:4] < year):
            continue
        span = (min(verb.start, one.start), max(verb.end, one.end))
        span = span if span[1] - span[0] <= LONGEST_QUOTE else (one.start, one.end)
        new = told(sentence, name, one.value, span)
        if _LOOSE.search(sentence.text):
            found.unsure(new)
        else:
            found.tell(new)
        return
