"""Prose cut into sentences, each known to speak of this team, of the series or of another team.

Positions are those of the cell, so that every quote is the cell's own words: what must not be
read (a parenthesis that only sets apart, a reference to another record) is blanked in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from marrow.missions.rules.records.figures import FIGURE, ORDINAL, rank
from marrow.missions.rules.records.provinces import PROVINCE

LONGEST_CELL = 20_000  # characters read; what lies beyond is not a record's prose
LONGEST_QUOTE = 300
OWN, SERIES, ELSEWHERE = "OWN", "SERIES", "ELSEWHERE"

TEAM = (
    r"(?i:teams?|batch(?:es)?|groups?|contingents?|detachments?|missions?|brigades?|delegations?"
    r"|squads?|rotations?|cohorts?)\b"
)
_ASIDE = re.compile(
    r"\([^()]{0,40}(?:not to be confused|[Ll]inked to|[Ss]ee [Pp]roject"
    r"|[Pp]roject ID)[^()]{0,300}\)"
    r"|STAFF_NOTE:.*|(?:Other medical teams?[^:.]{0,60}: )?See [Pp]rojects? #.*?(?=\s[A-Z]|$)"
    r"|\(#?\d+\)|\bnot to be confused with[^.;]{0,200}",
    re.DOTALL,
)
_SHORT = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|approx|ca|cf|vs|Rep|Dem|Inc|Ltd)|\b[A-Z])$"
)
_STOP = re.compile(r"[.!?]+(?=\s*$|\s+[\"'(\[]?[A-Z0-9]|[A-Z][a-z])|\n+")
# "12th Chinese medical team", "the 9th (7th from Hubei) medical team", "team No. 21", "batch 12".
# Words that part an ordinal from a team it does not number: "first time since the war a team".
_BETWEEN = (
    r"(?:[\s-]+(?!(?:times?|years?|anniversary|day|century|half|since|of|to|in|for|that|an?|the"
    r"|on|by"
    r"|from|was|is|were|hospital|agreement)\b)[\w’'-]+)"
)
_NAMED = re.compile(
    rf"(?P<a>{ORDINAL})(?:\s*\([^()]{{0,60}}\))?(?={_BETWEEN}{{0,6}}?[\s-]+{TEAM})"
    r"|\b(?:(?i:team|mission|group)\s(?:[Nn]o\.?\s?|[Nn]umber\s)"
    r"|(?i:batch)\s(?:[Nn]o\.?\s?)?)(?P<b>\d{1,3})\b"
)
_SENDERS = re.compile(
    rf"^(?:[\s-]+[\w’'-]+){{0,4}}?\s+(?:from|sent by|dispatched by|by)\s+{PROVINCE}"
)
_SENDERS_OWN = re.compile(rf"{PROVINCE}(?:['’]s?)\s+$")
_PLURAL = re.compile(
    r"\b(?:medical|aid|health)\s+(?:aid\s+|assistance\s+|service\s+)?(?:teams|groups|brigades"
    r"|missions|batches)\b|\bsending (?:the )?(?:medical )?teams\b|\bbatches of\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:has|have) been (?:sending|dispatching|providing|responsible)|\bresponsible for"
    r"|\bhas (?:sent|dispatched)\b|\bhave been sent\b|\bevery (?:other|two|2|\w+) years?\b"
    r"|\boriginally\b|\bresume[ds]?\b|\bwithdr[ae]wn?\b|\bsince (?:\w+ )?(?:19|20)\d\d\b"
    r"|\brecurring\b|\bagreed to send\b|\b(?:began|started) (?:to send|sending)\b|\bso far\b"
    r"|\bto date\b|\bover the (?:past|last) \w+ years\b|\bcommitment of medical teams\b",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    rf"\b(?:the|this|a|an|its|th|another) (?:[\w’'-]+ ){{0,6}}?(?:team|batch|group|mission"
    rf"|contingent"
    rf"|detachment|brigade)\b|\b{FIGURE}[ -](?:member|person|strong)\b",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)|tak(?:e|es|ing) over from|succeed(?:s|ed|ing)?|reliev(?:e|es|ed"
    r"|ing)"
    r"|handed over (?:\w+ ){0,3}?to|hand over (?:\w+ ){0,3}?to|joined by|after the|following the"
    r"|before the|until the arrival of|previous|former|predecessor"
    r"|outgoing)\b[^.;,]*(?:,\s(?:which|who|that)\b[^.;]*)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A team named by its number, where a text does so."""

    number: int
    start: int
    end: int
    of_sender: bool  # the number is the sender's own count


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a cell: `text` is blanked where it must not be read."""

    about: str
    text: str
    start: int
    whole: str  # the cell, untouched

    def quote(self, start: int, end: int) -> str:
        """The exact words from `start` to `end` of the sentence, widened to their clause."""
        low, high = start, end
        while low > 0 and not self._parts(low - 1):
            low -= 1
        while high < len(self.text) and not self._parts(high):
            high += 1
        if high - low > LONGEST_QUOTE:
            low, high = start, min(end, start + LONGEST_QUOTE)
        return self.whole[self.start + low : self.start + high].strip()

    def _parts(self, at: int) -> bool:
        """True where a mark ends a clause; the comma of 31,000 does not."""
        inside = self.text[max(0, at - 1) : at + 2]
        return self.text[at] in ",;:()" and not re.fullmatch(r"\d,\d", inside)


def tells_of_teams(text: str) -> bool:
    """True when a text speaks of teams, not of one team."""
    return _PLURAL.search(text) is not None


def blanked(text: str) -> str:
    """The text with its asides blanked in place."""
    return _ASIDE.sub(lambda found: " " * len(found.group()), text)


def named_teams(text: str) -> list[Named]:
    """Every team that a text names by number."""
    found: list[Named] = []
    for one in _NAMED.finditer(text):
        group = "a" if one["a"] else "b"
        number = rank(one[group])
        if not number:
            continue
        rest = text[one.end(group) : one.end(group) + 160]
        lead = text[max(0, one.start() - 60) : one.start()]
        senders = bool(_SENDERS.match(rest) or _SENDERS_OWN.search(lead))
        found.append(Named(number, one.start(), one.end(group), senders))
    return [*found, *_in_brackets(text, {n.start for n in found})]


def _in_brackets(text: str, seen: set[int]) -> list[Named]:
    """ "(7th from Hubei Province)": the sender's own count, without the word team."""
    shape = re.compile(rf"\(\s*(?:the\s+)?({ORDINAL})[^()]{{0,40}}?\b(?:from|by)\s+{PROVINCE}")
    return [
        Named(number, found.start(1), found.end(1), True)
        for found in shape.finditer(text)
        if (number := rank(found.group(1))) and found.start(1) not in seen
    ]


def _cuts(text: str) -> list[tuple[int, int]]:
    cuts, start = [], 0
    for stop in _STOP.finditer(text):
        head = text[start : stop.start()]
        if stop.group() == "." and _SHORT.search(head[-8:]):
            continue
        cuts.append((start, stop.end()))
        start = stop.end()
    return [*cuts, (start, len(text))]


def sentences(cell: str, own: int | None) -> list[Sentence]:
    """The sentences of a cell, each with what it is about."""
    text = blanked(cell[:LONGEST_CELL])
    read: list[Sentence] = []
    for start, end in _cuts(text):
        piece = text[start:end]
        if piece.strip():
            read.append(_sentence(piece, start, cell, own))
    return read


def _sentence(piece: str, start: int, cell: str, own: int | None) -> Sentence:
    numbers = {team.number for team in named_teams(piece) if not team.of_sender}
    if own in numbers:
        return Sentence(OWN, _without_others(piece, own), start, cell)
    if numbers and own is not None:
        return Sentence(ELSEWHERE, piece, start, cell)
    lone = not _SINGULAR.search(piece)
    if _HABIT.search(piece) and (lone or _PLURAL.search(piece)):
        return Sentence(SERIES, piece, start, cell)
    return Sentence(OWN, _without_others(piece, own), start, cell)


def _without_others(piece: str, own: int | None) -> str:
    """The sentence with what it tells of a team before or after this one blanked."""

    def blank(found: re.Match[str]) -> str:
        named = {team.number for team in named_teams(found.group())}
        return found.group() if own in named else " " * len(found.group())

    return _REPLACES.sub(blank, piece)
