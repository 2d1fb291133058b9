"""The years that a sentence counts over: those of one team, or of the whole series."""

from __future__ import annotations

import re

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.prose import OWN, SERIES, Sentence

SHORTEST_SERIES = 4  # years: a figure over fewer may be one team's own
_YEARS = (
    r"\b(?:in|over|during|for|within) the (?:past|last) (?P<years>[\w-]+) (?:years|decades)"
    r"|\b(?:in|over|during) (?:more than |over |nearly |almost )?(?P<span>\d\d"
    r"|[a-z]+ty(?:-\w+)?) years"
)
_WHOLE = re.compile(
    rf"\bsince (?:\w+ )?(?P<since>(?:19|20)\d\d)\b|{_YEARS}"
    r"|\bover the years\b|\bso far\b|\bto date\b|\bup to now\b|\bas of \w+"
    r"|\bteams (?:(?:have|had) )?(?:treated|performed|served|trained|received)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(?:between|from)\s(?:\w+\s)?(?P<first>(?:19|20)\d\d)\s(?:and|to|until|till)\s(?:\w+\s)?"
    r"(?P<last>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?P<n>{FIGURE})\s(?:[\w’'-]+\s){{0,3}}?(?:teams|batches|groups|brigades|contingents"
    r"|missions)\b",
    re.IGNORECASE,
)


def counts_teams(text: str) -> bool:
    """ "China sent 14 teams": several teams are told of, by their number."""
    return any((count(hit["n"]) or 0) > 1 for hit in _MANY.finditer(text))


def whole_period(sentence: Sentence, year: str) -> str | None:
    """The period of a figure that covers more than one team: "1975/2005", "1975/", "" or None."""
    hit = _WHOLE.search(sentence.text)
    if not hit:
        return _from_to(sentence) or ("" if sentence.about == SERIES else None)
    years = hit["years"] or hit["span"]
    if years and (count(years) or SHORTEST_SERIES) < SHORTEST_SERIES:
        return "" if sentence.about == SERIES else None
    since = hit["since"]
    if not since:
        return ""
    if sentence.about == OWN and year.isdigit() and int(since) >= int(year) - 1:
        return None  # since this team itself came
    later = [d.value[:4] for d in dates_in(sentence.text) if d.value[:4] > since]
    return f"{since}/{later[-1] if later else ''}"


def _from_to(sentence: Sentence) -> str:
    """ "Between 1975 and 2005 China sent 14 teams": the years of many teams, else ''."""
    hit = _FROM_TO.search(sentence.text)
    if not hit or not counts_teams(sentence.text):
        return ""
    return f"{hit['first']}/{hit['last']}"


def counts_years(text: str) -> bool:
    """ "In 30 years, 300 doctors were sent": people of many teams, not of one."""
    hit = re.search(_YEARS, text, re.IGNORECASE)
    years = (hit["years"] or hit["span"]) if hit else ""
    return bool(hit) and (count(years) or SHORTEST_SERIES) >= SHORTEST_SERIES
