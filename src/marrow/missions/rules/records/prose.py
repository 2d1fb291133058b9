"""Prose cut into sentences, each known to speak of this team, of the series or of another team.

Positions are those of the cell, so that every quote is the cell's own words: what must not be
read (a parenthesis that only sets apart, a reference to another record) is blanked in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from marrow.missions.rules.records.figures import FIGURE, ORDINAL, rank
from marrow.missions.rules.records.french import RANK
from marrow.missions.rules.records.naming import named_teams, of_teams

LONGEST_CELL = 20_000  # characters read; what lies beyond is not a record's prose
LONGEST_SENTENCE = 1_500
LONGEST_QUOTE = 300
AIM = 160  # characters of a quote, unless the value itself needs more
OWN, SERIES, ELSEWHERE = "OWN", "SERIES", "ELSEWHERE"

_ASIDE = re.compile(
    r"\([^()]{0,40}(?:not to be confused|[Ll]inked to|[Ss]ee [Pp]roject"
    r"|[Pp]roject ID)[^()]{0,300}\)"
    r"|STAFF_NOTE:.*|(?:Other medical teams?[^:.]{0,60}: )?See [Pp]rojects? #.*?(?=\s[A-Z]|$)"
    r"|\(#?\d+\)|\bnot to be confused with[^.;]{0,200}"
    # "It is not the 9th team, which arrived in 2010"
    rf"|\b(?:is|are|was|were)(?:\snot|n['’]t)\s(?:part\sof\s)?(?:the\s)?{ORDINAL}[^.;]{{0,300}}"
    rf"|\bn['’](?:est|était)\spas\s(?:la\s|le\s|l['’])?{RANK}[^.;]{{0,300}}",
    re.DOTALL,
)
# "Sept. 12", "Nov. 2013"
_SHORT_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janv|févr?|fevr?|avr|juil|juill|déc)$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|approx|ca|cf|vs|Rep|Dem|Inc|Ltd)|\b[A-Z])$"
)
# Where a long clause may be cut.
_SEAM = re.compile(
    r"\s(?=(?:and|to|will|which|who|that|where|while|but|for|in|at|of|with|et|pour|dans)\s)"
)
_IN_FIGURE = re.compile(r"\d,(?:\d|\s\d{4}\b)")
_STOP = re.compile(
    r"(?<=\d{4})\.(?=\s+(?:the|they|it)\b)|[.!?]+(?=\s*$|\s+[\"'(\[]?[A-ZÀ-Ý0-9]|[A-Z][a-z])|\n+"
    r"|;(?=\s)|。|；"
)
_PLURAL = re.compile(
    r"\b(?:medical|aid|health)\s+(?:aid\s+|assistance\s+|service\s+)?(?:teams|groups|brigades"
    r"|missions|batches)\b|\b[ée]quipes\sm[ée]dicales\b"
    r"|\bsending (?:the )?(?:medical )?teams\b|\bbatches of\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:has|have) been (?:sending|dispatching|providing|responsible)|\bresponsible for"
    r"|\bhas (?:sent|dispatched)\b|\bhave been sent\b|\bevery (?:other|two|2|\w+) years?\b"
    r"|\boriginally\b|\bresume[ds]?\b|\bwithdr[ae]wn?\b|\bsince (?:\w+ )?(?:19|20)\d\d\b"
    r"|\bdepuis (?:\w+ )?(?:19|20)\d\d\b|\btous les (?:deux|2|\w+) ans\b"
    r"|\brecurring\b|\bagreed to send\b|\b(?:began|started) (?:to send|sending)\b|\bso far\b"
    r"|\bto date\b|\bover the (?:past|last) \w+ years\b|\bcommitment of medical teams\b",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    rf"\b(?:the|this|a|an|its|th|another) (?:[\w’'-]+ ){{0,6}}?(?:team|batch|group|mission"
    rf"|contingent|detachment|brigade)\b"
    rf"|\b(?:la|une|cette|sa|l['’])\s?(?:[\w’'-]+ ){{0,4}}?(?:[ée]quipe|mission|brigade)\b"
    rf"|\b{FIGURE}[ -](?:member|person|strong)\b",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"(?:\b[Ii]n\s(?:19|20)\d\d,?\s(?=(?:its|their|the)\s(?:predecessor|previous|former)))?"
    r"\b(?:replac(?:e|es|ed|ing)|tak(?:e|es|ing) over from|succeed(?:s|ed|ing)?|reliev(?:e|es|ed"
    r"|ing)"
    r"|handed over (?:\w+ ){0,3}?to|hand over (?:\w+ ){0,3}?to|joined by|after the|following the"
    r"|before the|until the arrival of|previous|former|predecessor|forerunner|outgoing"
    r"|remplac\w+|succ[èé]d\w+|(?:prendr\w+ |pris )?la relève|précédente?|sortante?)"
    r"\b[^.;,]*(?:,\s(?:which|who|that|qui|arriv[ée]\w*|partie|rentr[ée]\w*|retourn\w+)\b[^.;]*)?"
)

# "in place of 12 members of the 15th which treated 60,000", "the seventh (12 members, to 2010)":
# a number without the word team, where no date, century or floor is counted.
_BARE = re.compile(
    rf"\b[Tt]he\s(?P<n>{ORDINAL})(?=\s?[,(;]|\s?\.?\s*$|\s(?:which|who|that|had|has|have|was|were|is|came"
    r"|arriv\w*|left|return\w*|treated|took|worked|went|did|performed|counted|numbered|stayed"
    r"|flew|landed|served|saw|handled|with\s\d)\b)"
)
_NO_TEAM = re.compile(r"\b(?:on|from|to|until|till|by|between|and)\s$")
_NEXT = 3  # a bare number further from this team's is no team
# "farewell to the 10th team, which performed 6,000 surgeries", "welcomed the 11th".
_GREETED = re.compile(
    rf"\b(?i:(?:farewell|goodbye|adieu)\s(?:\w+\s)?(?:to|for)|saw off|welcom(?:e|ed|ing))\s"
    rf"(?:the\s)?(?P<n>{ORDINAL})(?:(?!\sand\s(?i:welcom|greet|receiv))(?:[^.;,]|,(?=\d{{3}})))*"
    r"(?:,\s(?:which|who|that)\b(?:[^.;,]|,(?=\d{3}))*)?"
)
_ALREADY = re.compile(
    r"\b(?:was|were|is|had been|has been) already (?:there|present|in|at|working|serving|based"
    r"|stationed|on the ground)\b"
)


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
        if high - low > AIM:
            low, high = self._cut(start, end, low, high)
        opened = self.whole[self.start + low - 1 : self.start + low] == "("
        low -= low > 0 and opened and ")" in self.text[low:high] and "(" not in self.text[low:high]
        return self.whole[self.start + low : self.start + high].strip()

    def _cut(self, start: int, end: int, low: int, high: int) -> tuple[int, int]:
        """A long clause cut to where its value is said, between two of its smaller parts."""
        low, high = max(low, start - AIM), min(high, end + AIM)
        seams = [at.start() for at in _SEAM.finditer(self.text, low, high)]
        room = max(AIM - (end - start), 0)
        lows = [at for at in (low, *seams) if start - room <= at <= start]
        low = min(lows, default=start)
        room = max(AIM - (end - low), 0)
        high = max((at for at in (*seams, high) if end <= at <= end + room), default=end)
        return low, min(high, low + LONGEST_QUOTE)

    def _parts(self, at: int) -> bool:
        """True where a mark ends a clause; the commas of 31,000 and of May 3, 2004 do not."""
        return self.text[at] in ",;:()" and not _IN_FIGURE.match(self.text, max(0, at - 1))


def tells_of_teams(text: str) -> bool:
    """True when a text speaks of teams, not of one team."""
    return _PLURAL.search(text) is not None


def blanked(text: str) -> str:
    """The text with its asides blanked in place."""
    return _ASIDE.sub(lambda found: " " * len(found.group()), text)


def _cuts(text: str) -> list[tuple[int, int]]:
    cuts, start = [], 0
    for stop in _STOP.finditer(text):
        head = text[start : stop.start()]
        if stop.group() == "." and _SHORT.search(head[-8:]):
            continue
        if _SHORT_MONTH.search(head[-8:]) and re.match(r"\.\s?\d", text[stop.start() :]):
            continue
        cuts += _pieces(text, start, stop.end())
        start = stop.end()
    return cuts + _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch without any full stop, in lengths that stay quick to read."""
    pieces = []
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def sentences(cell: str, own: int | None) -> list[Sentence]:
    """The sentences of a cell, each with what it is about."""
    text = blanked(cell[:LONGEST_CELL])
    read: list[Sentence] = []
    for start, end in _cuts(text):
        piece = text[start:end]
        if piece.strip():
            one = _sentence(piece, start, cell, own)
            read.append(_carried_on(one, read[-1] if read else None))
    return read


# "The 12th team returned in May. It treated 5,000 patients."
_PRONOUN = re.compile(r"\s*[\"'(]?(?i:it|they|its|their|elle|elles|ils?|ses|leurs?)\b")


def _carried_on(one: Sentence, last: Sentence | None) -> Sentence:
    """What "it" tells after a sentence about another team is told of that team."""
    if last and last.about == ELSEWHERE and one.about == OWN and _PRONOUN.match(one.text):
        return replace(one, about=ELSEWHERE) if not named_teams(one.text) else one
    if last and last.about == OWN and one.about == SERIES and _PRONOUN.match(one.text):
        only_gone = set(map(str.lower, _HABIT.findall(one.text))) <= _GONE
        return replace(one, about=OWN) if only_gone and not _PLURAL.search(one.text) else one
    return one


# "The 4th team came in May. They were withdrawn in June": it, and not the series
_GONE = {"withdrawn", "withdrew", "withdraw"}


def _sentence(piece: str, start: int, cell: str, own: int | None) -> Sentence:
    mine = _without_bare(_without_others(piece, own), own)
    if own in {team.number for team in named_teams(piece)}:
        return Sentence(OWN, mine, start, cell)
    if is_another(piece):
        return Sentence(ELSEWHERE, piece, start, cell)
    habit, plural = _HABIT.search(piece), _PLURAL.search(piece)
    if of_teams(mine, own) and own is not None and not (habit and plural):
        return Sentence(ELSEWHERE, piece, start, cell)
    if habit and (plural or not _SINGULAR.search(piece)):
        return Sentence(SERIES, piece, start, cell)
    return Sentence(OWN, mine, start, cell)


def _without_others(piece: str, own: int | None) -> str:
    """The sentence with what it tells of a team before or after this one blanked."""

    def blank(found: re.Match[str]) -> str:
        named = {team.number for team in named_teams(found.group())}
        return found.group() if own in named else " " * len(found.group())

    def parted(found: re.Match[str]) -> str:
        words = found.group()
        if own is None or rank(found["n"]) == own:
            return words
        ours = [o.start() for o in re.finditer(ORDINAL, words) if rank(o.group()) == own]
        end = min(ours, default=len(words))
        return " " * end + words[end:]

    return _GREETED.sub(parted, _REPLACES.sub(blank, piece))


def _without_bare(piece: str, own: int | None) -> str:
    """The sentence with what it tells of a neighbour that is named by its bare number blanked."""
    if own is None:
        return piece
    for hit in _BARE.finditer(piece):
        number = rank(hit["n"])
        near = number is not None and number != own and abs(number - own) <= _NEXT
        if not near or _NO_TEAM.search(piece[: hit.start()]):
            continue
        low = max(piece.rfind(mark, 0, hit.start()) for mark in ",;(") + 1
        end = _end_of_bare(piece, hit.end())
        ours = [o.start() for o in re.finditer(ORDINAL, piece) if rank(o.group()) == own]
        if any(low <= at < end for at in ours):
            low = hit.start()
            end = min([at for at in ours if at > low], default=end)
        piece = piece[:low] + " " * (end - low) + piece[end:]
    return piece


def _end_of_bare(piece: str, at: int) -> int:
    """To the end of what a neighbour's number is told with: its brackets, else the sentence."""
    brackets = re.match(r"\s?\([^()]*\)", piece[at:])
    return at + brackets.end() if brackets else len(piece)


def is_another(piece: str) -> bool:
    """ "The 23rd team was already there": another team than the one that came."""
    return _ALREADY.search(piece) is not None and bool(named_teams(piece))
