"""How long a team stays: the months that were agreed or served."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.finds import Findings, told
from marrow.missions.rules.records.prose import ELSEWHERE, OWN, Sentence

_NOUN = r"(?:mission|term|stay|tour|assignment|stint|service|duration|period|contract|posting)\b"
_FULL = rf"(?P<n>{FIGURE}|\b(?:a|one)(?=\syear))[\s-](?:full\s)?(?P<u>years?|months?)"
_FOR = (
    r"\b(?:for|of|is|was|over)\s(?:a\s(?:period|term|duration)\sof\s)?(?:the\snext\s)?"
    rf"(?P<n>{FIGURE}|a(?=\s(?:year|half)))[\s-](?P<u>years?|months?)"
)
_HALF = r"(?P<half>\sand\sa\shalf)?"
# Its shapes, and whether they may tell of the series as well as of this team.
_SHAPES = (
    # a two-year mission, two years' service
    (
        rf"{_FULL}{_HALF}(?:['’]s?)?[\s-](?:(?!(?:before|after|into|of|until|to|in|from)\b)[\w-]+\s){{0,3}}?{_NOUN}",
        True,
    ),
    # worked at one hospital and another for two years; the duration is 2 years
    (
        (
            r"\b(?:work|serv|stay|remain|duration|period|last|post|assist|mission)\w*\b"
            rf"[^;]{{0,200}}?{_FOR}{_HALF}\b"
        ),
        True,
    ),
    # agreed to send a team of 41 for three years
    (rf"\b(?:send|sends|sent|dispatch(?:ed)?)\b[^;]{{0,160}}?{_FOR}{_HALF}\b", False),
    # lasting 18 months
    (
        (
            r"(?<!the )(?<!past )\blast(?:s|ed|ing)?\s(?:for\s)?"
            rf"{_FULL.replace('full', 'whole')}{_HALF}\b"
        ),
        True,
    ),
    # pour une durée de deux ans, une mission de deux ans
    (
        (
            r"\b(?:pour|pendant|durée\sde|mission\sde|séjour\sde|mandat\sde)\s"
            rf"(?:une\s(?:durée|période)\sde\s)?(?P<n>{FIGURE}|un(?=\san))\s"
            r"(?P<u>ans?|années?|mois)(?P<half>\set\sdemi)?\b"
        ),
        False,
    ),
)
_SHAPED = tuple((re.compile(words, re.IGNORECASE), wide) for words, wide in _SHAPES)
_LONGEST = 60


def read_term(read: list[Sentence], found: Findings) -> None:
    """Tell the months agreed or served: a two-year mission, for a year and a half."""
    for sentence in read:
        for shape, wide in _SHAPED:
            if sentence.about == OWN or (wide and sentence.about != ELSEWHERE):
                _of_sentence(sentence, shape, found)


def _of_sentence(sentence: Sentence, shape: re.Pattern[str], found: Findings) -> None:
    for hit in shape.finditer(sentence.text):
        lead = sentence.text[max(0, hit.start() - 8) : hit.start()].lower()
        if "every" in lead or re.search(r"\bevery\b|\btous les\b", hit.group(), re.IGNORECASE):
            continue
        months = _months(hit)
        if 0 < months <= _LONGEST:
            low = hit.start() if hit.end() - hit.start() <= _FAR else hit.start("n")
            found.tell(told(sentence, "term_months", str(months), (low, hit.end())))


_FAR = 160  # characters: beyond it the quote begins at the number


def _months(hit: re.Match[str]) -> int:
    words = hit["n"].lower()
    number = 1 if words in ("a", "one", "un") else count(words) or 0
    months = number * 12 if hit["u"].lower().startswith(("year", "an")) else number
    return months + 6 if hit["half"] else months
