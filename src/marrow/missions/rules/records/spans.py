"""The years that a sentence counts over: those of one team, or of the whole series."""

from __future__ import annotations

import re

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.prose import OWN, SERIES, Sentence

SHORTEST_SERIES = 4  # years: a figure over fewer may be one team's own
_NEARLY = r"(?:(?:more than|over|nearly|almost|some|about|these|those|all|the|past|last)\s)*"
_FRENCH_NEARLY = r"(?:(?:plus de|près de|quelque|environ|les|ces|des|dernières)\s)*"
# "over the past three decades", "in the course of forty years", "en trente ans", "half a century"
_YEARS = (
    r"\b(?:in|over|during|for|within|throughout)\s(?:the\s(?:course|space|span|period)\sof\s)?"
    rf"(?:{_NEARLY}(?P<span>{FIGURE}|many|several)\s(?P<unit>years|decades)\b"
    r"|the\s(?:past|last)\s(?P<years>[\w-]+)\s(?P<more>years|decades)\b"
    r"|(?:the\s|a\s)?(?P<long>half[\s-]a[\s-]century|half[\s-]century|(?:past\s|last\s)?decades\b"
    r"|(?:past|last)\s(?:decade|century)))"
    r"|\b(?:en\sl['’]espace\sde|en|depuis|pendant|durant|sur|au\scours\sde|au\sbout\sde|au\scours)\s"
    rf"{_FRENCH_NEARLY}(?P<ans>{FIGURE}|un\sdemi-siècle)\s?(?:dernières\s)?"
    r"(?P<unité>ans\b|années\b|décennies\b|)"
)
_LONG_RUN = re.compile(_YEARS, re.IGNORECASE)
# "Chinese doctors have treated": those of all teams, not "the doctors" of one
_ANY_DOCTORS = (
    r"(?<!the )(?<!these )(?<!its )(?<!\d )\bchinese (?:medical )?(?:doctors|medics|personnel"
    r"|workers|experts) (?:have|had) (?:treated|performed|served|trained|received|seen)\b"
)
_WHOLE = re.compile(
    rf"\b(?:since|depuis) (?:\w+ )?(?P<since>(?:19|20)\d\d)\b|{_YEARS}|{_ANY_DOCTORS}"
    r"|\bover the years\b"
    r"|\bau fil des (?:ans|années)\b|\bso far\b|\bto date\b|\bup to now\b|\bas of \w+"
    r"|\béquipes (?:chinoises )?(?:ont|avaient) (?:soign|trait|effectu|reçu|form)\w+"
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
    hit = next((one for one in _WHOLE.finditer(sentence.text) if not _counts_few(one)), None)
    if not hit:
        return _from_to(sentence) or ("" if sentence.about == SERIES else None)
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
    return any(not _counts_few(hit) for hit in _LONG_RUN.finditer(text))


def _counts_few(hit: re.Match[str]) -> bool:
    """ "in two years": as long as one team may stay; a decade never is."""
    years = hit["years"] or hit["span"] or hit["ans"]
    if not years:
        return False
    unit = hit["more"] or hit["unit"] or hit["unité"] or ""
    if unit.lower().startswith("d"):
        return False
    if hit["ans"] and not unit and "siècle" not in years:
        return True  # "en 30": no years
    return (count(years) or SHORTEST_SERIES) < SHORTEST_SERIES
