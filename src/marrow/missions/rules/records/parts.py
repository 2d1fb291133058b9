"""Some members of a team, whose journey is not the team's."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE, count
from marrow.missions.rules.records.finds import Findings

# "except two who stayed until 2014", "61 returned in June": some, and not the team
_BUT = re.compile(
    r"\b(?:except(?:ing|\sfor)?|apart\sfrom|but\sfor|save(?:\sfor)?|with\sthe\sexception\sof"
    r"|excluding|sauf|hormis|à\sl['’]exception\sde)\b[^.;:]*$",
    re.I,
)
_SOME = re.compile(
    rf"(?:^|[;:,]|\band\b|\bbut\b|\bwhile\b)\s*(?P<n>{FIGURE})\s"
    r"(?:(?:of\s(?:them|whom|its\smembers|the\smembers)|others?|more)\s)?"
    r"(?:have\s|had\s|has\s|were\s|was\s|are\s|is\s|will\s)?$",
    re.I,
)


# "two of the five members of the team left"
_OF_THE = re.compile(
    rf"{FIGURE}\s(?:(?:members|doctors)\s)?(?:of|out\sof|des)\s(?:the|its|their|these|ses|leurs)\b[^.;,]{{0,80}}$",
    re.I,
)


def of_a_part(text: str, start: int, found: Findings) -> bool:
    """The verb at `start` tells of some members only: their number is not the whole team's."""
    if _BUT.search(text[:start]) or _OF_THE.search(text[:start]):
        return True
    some = _SOME.search(text[:start])
    size = found.first("size")
    return bool(some) and (size is None or size.value != str(count(some["n"])))  # type: ignore[index]
