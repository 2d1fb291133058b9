"""Days of welcome and of handing over, which suggest those of a journey."""

from __future__ import annotations

import re

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.finds import Findings, own_first, told
from marrow.missions.rules.records.prose import OWN, Sentence


def handover(read: list[Sentence], found: Findings) -> None:
    """The day of handing over to the next team suggests the day of going home."""
    shape = re.compile(r"\bhanded over\b[^.;]{0,60}?\bto\b[^.;]{0,60}?\bin\s", re.I)
    for sentence in read:
        whole = sentence.whole[sentence.start : sentence.start + len(sentence.text)]
        hit = shape.search(whole)
        dated = [one for one in dates_in(whole) if hit and one.start >= hit.end() and one.value]
        if hit and dated and found.first("returned_on") is None:
            unblanked = Sentence(OWN, whole, sentence.start, sentence.whole)
            span = (hit.start(), dated[0].end)
            found.unsure(told(unblanked, "returned_on", dated[0].value, span))


def welcome(read: list[Sentence], found: Findings) -> None:
    """The day of being welcomed suggests the day of arrival."""
    shape = re.compile(r"\bwelcom(?:e|ed|ing)\b", re.I)
    for sentence in own_first(read):
        dated = [one for one in dates_in(sentence.text) if one.value]
        hit = shape.search(sentence.text)
        if hit and dated and not found.first("arrived_on"):
            span = (min(hit.start(), dated[0].start), max(hit.end(), dated[0].end))
            found.unsure(told(sentence, "arrived_on", dated[0].value, span))
