"""The countries at which one voyage calls, beside the one that its record is filed under."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import COUNTRY, country_code
from marrow.missions.rules.records.finds import Findings, own_first, told
from marrow.missions.rules.records.prose import Sentence, blanked
from marrow.missions.rules.records.told import Told

VOYAGES = ("HOSPITAL_SHIP",)  # the kinds of mission that go from country to country
_CALLS = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|call(?:s|ed|ing)?\s(?:at|on|in)|dock(?:s|ed|ing)?\s(?:at|in)"
    r"|sail(?:s|ed|ing)?\s(?:to|for)|tour(?:s|ed|ing)?(?:\sof)?|voyage\sto|mission\sto|(?:trip|visits?)\sto"
    r"|serv(?:es?|ed|ing)\s(?:in|the\speople\sof)|treat(?:s|ed|ing)?\s[^.;]{0,60}?\sin)\s(?:the\s)?"
    rf"(?P<list>{COUNTRY}(?:(?:,\s(?:and\s)?|\s(?:and|&)\s)(?:the\s)?{COUNTRY})+)"
)
_EACH = re.compile(COUNTRY)
_NOT_YET = re.compile(
    r"\b(?:will|would|plans?|planned|to\svisit|is\sto|due\sto|earlier|previous\w*)\b", re.I
)


def read_calls(title: str, read: list[Sentence], found: Findings) -> None:
    """Tell each country of a list of calls that were made, in the title or in the prose."""
    text = blanked(title)
    for code, hit in _listed(text):
        found.tell(Told("country", code, hit.group()[:300], "title"), many=True)
    for sentence in own_first(read):
        for code, hit in _listed(sentence.text):
            found.tell(told(sentence, "country", code, hit.span()), many=True)


def _listed(text: str) -> list[tuple[str, re.Match[str]]]:
    return [
        (country_code(one.group()), hit)
        for hit in _CALLS.finditer(text)
        if not _NOT_YET.search(text[: hit.end()])
        for one in _EACH.finditer(hit["list"])
    ]
