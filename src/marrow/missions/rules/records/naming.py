"""Teams that a text names by their number, and whose count the number is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from marrow.missions.rules.records.figures import ORDINAL, rank
from marrow.missions.rules.records.french import RANK
from marrow.missions.rules.records.french import TEAM as FRENCH_TEAM
from marrow.missions.rules.records.provinces import PROVINCE

TEAM = (
    r"(?i:teams?|batch(?:es)?|groups?|contingents?|detachments?|missions?|brigades?|delegations?"
    r"|squads?|rotations?|cohorts?|[ée]quipes?)\b"
)
# Words that part an ordinal from a team it does not number: "first time since the war a team".
_BETWEEN = (
    r"(?:[\s-]+(?!(?:times?|years?|anniversary|day|century|half|since|of|to|in|for|that|an?|the"
    r"|on|by"
    r"|from|was|is|were|hospital|agreement)\b)[\w’']+)"
)
# "the first-ever team" and "the first aid team" count nothing.
_COUNTS = r"(?!(?i:first)[\s-]+(?:ever|aid|lady|class|rate|hand)\b)"
# "12th Chinese medical team", "the 9th (7th from Hubei) medical team", "team No. 21", "batch 12",
# "the 12th in all", "la 18e équipe médicale".
_NAMED = re.compile(
    rf"{_COUNTS}(?P<a>{ORDINAL})(?:\s*\([^()]{{0,60}}\))?(?={_BETWEEN}{{0,7}}?[\s-]+{TEAM})"
    r"|\b(?:(?i:team|mission|group)\s(?:[Nn]o\.?\s?|[Nn]umber\s)"
    r"|(?i:batch)\s(?:[Nn]o\.?\s?)?)(?P<b>\d{1,3})\b"
    rf"|(?P<c>{ORDINAL})(?=\s(?:in\sall|in\stotal|overall)\b)"
    rf"|(?P<e>{ORDINAL})(?=\s(?:(?:one|team)\s)?(?:from|sent\sby|dispatched\sby)\s(?:the\s)?{PROVINCE})"
    rf"|(?P<d>{RANK})(?=\s(?:[\w’'-]+\s){{0,2}}?{FRENCH_TEAM})"
)
_OF = r"(?:from|sent by|dispatched by|by|of|de|du|par)"
_PROVINCES = re.compile(
    rf"^(?:[\s-]+[\w’']+){{0,4}}?\s+(?:{_OF}\s+(?:the\s+|China['’]s\s+)?(?:province\s+(?:du|de)\s+)?{PROVINCE}"
    rf"|(?:that\s+)?{PROVINCE}\s+(?:has\s+|had\s+)?(?:sent|dispatched|provided))"
)
_PROVINCES_OWN = re.compile(rf"{PROVINCE}(?:['’]s?)\s+$")
_IN_BRACKETS = re.compile(
    rf"\(\s*(?:the\s+)?({ORDINAL})[^()]{{0,40}}?\b(?:(?:from|by)\s+{PROVINCE}|{PROVINCE}\s+sent)"
)
# "5,000 more than the first team did": a measure, no team of the record
_COMPARED = re.compile(r"\bthan\s(?:that\sof\s)?(?:the\s|its\s)?$", re.IGNORECASE)
# What may stand between two numbers of one team: "the 9th team, the 7th from Hubei".
_BESIDE = re.compile(
    r"(?:[\s-]+[\w’']+){0,7}\s*[,(–—-]+\s*(?:(?:or|and|also|i\.e\.|being|which (?:is|was)"
    r"|it (?:is|was))\s+)?(?:the\s+)?"
)
_NEAR = 120  # characters


@dataclass(frozen=True, slots=True)
class Named:
    """A team named by its number, where a text does so.

    `by_province`: the words say that a province sent it. `of_sender`: another number of the same
    team stands beside this one, so this one is the sender's own count.
    """

    number: int
    start: int
    end: int
    by_province: bool = False
    of_sender: bool = False
    beside: int | None = None  # the number that stands beside it


@lru_cache(maxsize=256)  # one sentence is asked for many times
def named_teams(text: str) -> tuple[Named, ...]:
    """Every team that a text names by number, in order."""
    found = _in_brackets(text)
    seen = {one.start for one in found}
    for hit in _NAMED.finditer(text):
        if _COMPARED.search(text[: hit.start()]):
            continue
        group = hit.lastgroup or "a"
        number = rank(hit[group])
        if number and hit.start(group) not in seen:
            found.append(Named(number, hit.start(group), hit.end(group), _sent(text, hit, group)))
    found.sort(key=lambda one: one.start)
    plain = [one for one in found if not one.by_province]
    return tuple(_placed(text, one, plain) for one in found)


def of_teams(text: str, own: int | None) -> set[int]:
    """The numbers of the teams that a text speaks of, the senders' own counts left out."""
    return {
        one.number
        for one in named_teams(text)
        if not one.of_sender
        # "the 13th team from Hubei" beside a title that says 17th: likely the sender's own count.
        and not (one.by_province and own is not None and abs(one.number - own) > 1)
    }


def _sent(text: str, hit: re.Match[str], group: str) -> bool:
    rest = text[hit.end(group) : hit.end(group) + 160]
    lead = text[max(0, hit.start() - 60) : hit.start()]
    return bool(_PROVINCES.match(rest) or _PROVINCES_OWN.search(lead))


def _in_brackets(text: str) -> list[Named]:
    """ "(7th from Hubei Province)": the sender's own count, without the word team."""
    return [
        Named(number, found.start(1), found.end(1), by_province=True, of_sender=True)
        for found in _IN_BRACKETS.finditer(text)
        if (number := rank(found.group(1)))
    ]


def _placed(text: str, one: Named, plain: list[Named]) -> Named:
    if not one.by_province:
        return one
    beside = next((p.number for p in plain if _stand_together(text, one, p)), None)
    return replace(one, of_sender=one.of_sender or beside is not None, beside=beside)


def _stand_together(text: str, one: Named, other: Named) -> bool:
    first, last = sorted((one, other), key=lambda named: named.start)
    between = text[first.end : last.start]
    return len(between) <= _NEAR and bool(_BESIDE.fullmatch(between))
