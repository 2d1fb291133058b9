"""Files on their way in, as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.sources import access
from marrow.sources.actions.intakes import place_of
from marrow.sources.intake import tables
from marrow.sources.intake.kinds import KINDS, LEFT, OF_ANY, RAGGED, Column, Kind, Preview, mapped
from marrow.sources.models import Intake
from marrow.ui.papers.tables import Row

PREVIEWED = 3000  # rows that a preview reads
LISTED = 50  # rows to look at that a page shows one by one


def intakes(viewer: Viewer) -> list[Intake]:
    return list(access.intakes_for(viewer)[:50])


@dataclass(frozen=True, slots=True)
class Counted:
    label: str
    count: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class IntakePage:
    """A file with its columns, how far it is, and what was not taken."""

    row: Intake
    kind: Kind
    columns: list[tuple[Column, str, str]]  # which column of the file; what holds for all rows
    counts: list[Counted]
    problems: list[Counted]
    lines: list[tuple[int, str]]

    @property
    def percent(self) -> int:
        return min(100, self.row.position * 100 // self.row.rows) if self.row.rows else 0


def intake_page(viewer: Viewer, intake: UUID) -> IntakePage:
    row = access.intake_for(viewer, intake)
    kind = KINDS[row.kind]
    counted = dict(sorted(row.told.items(), key=lambda pair: -pair[1]))
    return IntakePage(
        row,
        kind,
        [(c, row.mapping.get(c.code, ""), row.mapping.get(c.said, "")) for c in kind.columns],
        counted_of(kind, row.counts, row.told),
        said(kind.problems, counted),
        [(p.row, _say(kind.problems, p.code)) for p in row.problems.order_by("row")[:LISTED]],
    )


def problem_rows(viewer: Viewer, intake: UUID) -> list[Row]:
    """Every row of the file that was not taken or is doubtful, with the reason."""
    row = access.intake_for(viewer, intake)
    words = KINDS[row.kind].problems
    return [[p.row, _say(words, p.code)] for p in row.problems.order_by("row")]


def state_of(row: Intake) -> str:
    """How far a file is, in words; of one that was read to its end, whether any of it was taken."""
    writes = KINDS[row.kind].writes
    if row.state == Intake.State.DONE and writes and not any(map(row.counts.get, writes)):
        return _("read; nothing of it was written")
    return row.get_state_display()


def counted_of(kind: Kind, counts: dict[str, int], told: dict[str, int]) -> list[Counted]:
    """What an import did or would do, with how many rows it leaves out where the kind knows."""
    left = {LEFT: sum(told.values())} if kind.leaves_out else {}
    return said(kind.counts, counts | left)


def said(words: dict[str, dict[str, str]], counts: dict[str, int]) -> list[Counted]:
    """Counts in the reader's words; what is nought is left out."""
    return [Counted(_say(words, code), n, code) for code, n in counts.items() if n]


def _say(words: dict[str, dict[str, str]], code: str) -> str:
    return in_tongue(words.get(code) or OF_ANY.get(code, {})) or code


def preview_of(viewer: Viewer, page: IntakePage) -> Preview:
    """What the first rows would become; raises BadFile where they cannot be read."""
    ragged: list[int] = []
    whole = tables.rows(place_of(page.row), page.row.name, ragged.append)
    rows = mapped(whole, page.row.mapping)
    found = page.kind.preview(islice(rows, PREVIEWED), viewer)
    cut = next(rows, None) is not None
    odd = {RAGGED: len(ragged)} if ragged else {}
    lines = sorted([*found.lines, *((number, RAGGED) for number in ragged)])[:LISTED]
    return replace(found, problems={**found.problems, **odd}, lines=tuple(lines), cut=cut)


def said_lines(kind: Kind, found: Preview) -> list[tuple[int, str]]:
    """The first rows to look at, one by one."""
    return [(number, _say(kind.problems, code)) for number, code in found.lines]
