"""The numbered strip: a box for each batch in the order of its number, never on a dated axis.

A list of links rather than a picture: it wraps on a phone, prints, and is read out in order.
`drawing.css` gives the boxes their look; without it a plain numbered list remains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marrow.ui.drawing.markup import element, link, text

_SINGLE_GAPS = 3  # a longer run of untold numbers becomes one box


@dataclass(frozen=True, slots=True)
class Batch:
    """A box. `title` is the whole sentence ("Batch 5 to Guinea, dates not told").

    `year` is written beneath only where a source quotes one; `resumed` sets a break mark before it.
    """

    number: int
    href: str
    title: str
    year: str = ""
    dated: bool = False
    on_post: bool = False
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One series. `href` is its page, where the boxes of untold numbers lead too."""

    name: str
    href: str
    batches: Sequence[Batch]


@dataclass(frozen=True, slots=True)
class StripWords:
    """What is read out, in the reader's tongue; `untold` may hold `{number}`."""

    resumed: str  # "sent again after a pause"
    untold: str  # "No. {number}: nobody told"


@dataclass(frozen=True, slots=True)
class _Gap:
    first: int
    last: int

    @property
    def number(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def strip(rows: Sequence[Row], *, words: StripWords) -> str:
    """All series, one `<li>` a row, as given."""
    return element("ul", {"class": "strip"}, *(_row(row, words) for row in rows))


def _row(row: Row, words: StripWords) -> str:
    name = link(row.href, {"class": "strip-name"}, text(row.name), instead="span")
    boxes = (box for item in _complete(row.batches) for box in _boxes(item, row, words))
    return element("li", {"class": "strip-row"}, name, element("ol", {}, *boxes))


def _complete(batches: Sequence[Batch]) -> Iterator[Batch | _Gap]:
    """Batches by number, with the numbers between them, from 1, that nobody told."""
    last = 0
    for batch in sorted(batches, key=lambda b: b.number):
        yield from _gaps(last + 1, batch.number - 1)
        yield batch
        last = max(last, batch.number)


def _gaps(first: int, last: int) -> Iterator[_Gap]:
    if last - first < _SINGLE_GAPS:
        yield from (_Gap(number, number) for number in range(first, last + 1))
    else:
        yield _Gap(first, last)


def _boxes(item: Batch | _Gap, row: Row, words: StripWords) -> Iterator[str]:
    if isinstance(item, _Gap):
        yield _untold(item, row, words)
        return
    if item.resumed:
        yield _break(words)
    yield _batch(item)


def _batch(batch: Batch) -> str:
    year = element("small", {}, text(batch.year)) if batch.year else ""
    box = link(
        batch.href,
        {"class": f"strip-box {_look(batch)}", "title": batch.title, "aria-label": batch.title},
        text(batch.number),
        instead="span",
    )
    return element("li", {"value": batch.number}, box, year)


def _look(batch: Batch) -> str:
    if batch.on_post:
        return "on-post"
    return "dated" if batch.dated else "undated"


def _untold(gap: _Gap, row: Row, words: StripWords) -> str:
    title = words.untold.replace("{number}", gap.number)
    shown = "?" if gap.first == gap.last else f"{gap.number} ?"
    box = link(
        row.href,
        {"class": "strip-box untold", "title": title, "aria-label": title},
        shown,
        instead="span",
    )
    return element("li", {"value": gap.first}, box)


def _break(words: StripWords) -> str:
    """Two strokes, as a scale is broken in a drawing."""
    mark = element("span", {"aria-hidden": "true"}, "//")
    said = element("span", {"class": "unseen"}, text(words.resumed))
    return element("li", {"class": "strip-break", "title": words.resumed}, mark, said)
