"""Days that are told and yet not certain: whether a team ever went, and whose an agreement is."""

from __future__ import annotations

import re

from marrow.missions.rules.records.dates import before
from marrow.missions.rules.records.finds import Findings
from marrow.missions.rules.records.prose import LONGEST_QUOTE, Sentence
from marrow.missions.rules.records.told import Doubt

_WHETHER = re.compile(
    r"\b(?:unknown|unclear|uncertain|not (?:clear|known|certain|sure))\b"
    r"[^.;]{0,40}\b(?:if|whether)\b[^.;]{0,60}"
    r"\b(?:left|leave|depart\w*|sent|dispatch\w*|arriv\w*|travel\w*|went|took place"
    r"|carried out|implemented|materiali[sz]ed)\b",
    re.I,
)
_OLD_AGREEMENT = 3  # years


def settle(year: str, read: list[Sentence], found: Findings) -> None:
    """What is told outright needs no proposal; what is uncertain becomes one."""
    _need_no_proposal(found)
    _never_told(read, found)
    _too_old(year, found)
    _too_late(found)


def _need_no_proposal(found: Findings) -> None:
    """An arrival that is told outright needs no proposal beside it."""
    for doubt in [d for d in found.doubts if (d.code, d.field) == ("UNSURE", "arrived_on")]:
        if found.first("arrived_on"):
            found.doubts.remove(doubt)


def _never_told(read: list[Sentence], found: Findings) -> None:
    """ "It is unknown if the team left": what says that it did is only proposed."""
    if not any(_WHETHER.search(sentence.text) for sentence in read):
        return
    if not (found.first("departed_on") or found.first("arrived_on")):
        _ask_whether(read, found)
    for name in ("departed_on", "arrived_on"):
        known = found.first(name)
        if known:
            found.told.remove(known)
            found.unsure(known)


def _ask_whether(read: list[Sentence], found: Findings) -> None:
    """No day is told, and whether the team ever went is not known."""
    for sentence in read:
        hit = _WHETHER.search(sentence.text)
        if hit:
            words = sentence.quote(*hit.span())[:LONGEST_QUOTE]
            said = (("status", words),)
            found.doubt(Doubt("STATUS", "", said, quotes=(("description", words),)))
            return


def _too_late(found: Findings) -> None:
    """An agreement signed after the team had come is likely that of another team."""
    signed, came = found.first("signed_on"), found.first("arrived_on") or found.first("departed_on")
    if signed and came and before(came.value, signed.value):
        found.told.remove(signed)
        found.unsure(signed)


def _too_old(year: str, found: Findings) -> None:
    """An agreement signed years before the record's year began the series, not this batch."""
    for doubt in [d for d in found.doubts if (d.code, d.field) == ("UNSURE", "signed_on")]:
        if year.isdigit() and int(year) - int(doubt.proposes[:4]) >= _OLD_AGREEMENT:
            found.doubts.remove(doubt)
