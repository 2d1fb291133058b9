"""How often something is done, which is no total: "600 patients a day", "chaque mois"."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE
from marrow.missions.rules.records.prose import LONGEST_QUOTE, Sentence

# "600 patients a day", "annually", "par jour": how often, no total
_UNIT = r"(?:hour|day|week|month|quarter|year|jour|semaine|mois|an|année)"
_RATE = re.compile(
    rf"(?:^|(?<=\s))(?<!for\s)(?<!in\s)(?<!of\s)(?<!within\s)(?<!after\s)(?<!half\s)"
    rf"(?:(?:a|an|per|each|every|par|chaque)\s(?:single\s|working\s)?{_UNIT}\b"
    r"|daily\b|weekly\b|monthly\b|annually\b|yearly\b|on\saverage\b|en\smoyenne\b)"
    r"(?!\s(?:later|earlier|before|ago|after)\b)"
    rf"|/\s?{_UNIT}\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"\b(?:(?:each|every|chaque|per|par)\s(?:single\s|working\s)?{_UNIT}\b"
    r"|on\saverage\b|an?\saverage\sof\b|en\smoyenne\b|daily\b|annually\b|annual\b|yearly\b"
    r"|monthly\b|weekly\b|tous\sles\sjours\b)",
    re.IGNORECASE,
)
# "eleven patients in twelve", "300 patients were interviewed": nothing that the team did
_RATIO = re.compile(
    rf"\s(?:in|out\sof|of|sur)\s(?:every\s)?(?:{FIGURE})\b(?!\s(?:years|months|days|weeks|ans|mois|hospitals))"
    r"|\s(?:were|are|was)\s(?:satisfied|interviewed|surveyed|waiting|expected)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"[;:.!?]|,(?!\d{3})")
_TOTAL = re.compile(r"\b(?:a total of|in total|in all|altogether|au total)\b", re.IGNORECASE)


def is_ratio(text: str, end: int) -> bool:
    """True where the figure that ends here is a share of another, or of people who were asked."""
    return _RATIO.match(text, end) is not None


# "3 of 4 patients": a share in words
_SHARE = re.compile(r"\b\d{1,2}\s(?:out\s)?(?:of|in|sur)\s$", re.IGNORECASE)
_SMALL = 10


def is_share(text: str, start: int, number: int | None) -> bool:
    """True where the figure that starts here is the whole of a share."""
    return number is not None and number <= _SMALL and _SHARE.search(text[:start]) is not None


def rate(text: str, hit: re.Match[str]) -> str:
    """ "some 600 patients a day": the words of a rate, '' where the figure is a total."""
    end = _MARK.search(text, hit.end())
    tail = text[hit.end() : end.start() if end else len(text)]
    after = _RATE.search(tail)
    if after and not re.search(FIGURE, tail[: after.start()], re.IGNORECASE):
        return f"{hit['n']} … {after.group().strip(' /')}"
    inside = _RATE.search(hit.group())
    if inside:
        return f"{hit['n']} … {inside.group().strip(' /')}"
    lead = _TOTAL.split(re.split(r"[;:.!?]", text[: hit.start("n")])[-1])[-1]
    before = _EACH.search(lead)
    return f"{before.group()} … {hit['n']}" if before and len(lead) < _NEAR else ""


_NEAR = 120  # characters between "each month" and the figure that it parts


def rated(sentence: Sentence, hit: re.Match[str]) -> str:
    """The words of a rate, with how often."""
    end = _MARK.search(sentence.text, hit.end())
    return sentence.quote(hit.start(), end.start() if end else len(sentence.text))[:LONGEST_QUOTE]
