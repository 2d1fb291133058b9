"""What pages of agreement work ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import pgettext

from marrow.agreements import access
from marrow.agreements.models import (
    STEPS,
    Aimed,
    First,
    Gain,
    HealthCheck,
    Lesson,
    Mark,
    OfficeMember,
    PlanPeriod,
    Requirement,
    Reuse,
    Target,
    TaskLine,
    TaskSheet,
    Tenet,
)
from marrow.agreements.rules import (
    DONE,
    DROPPED,
    UNDER_WAY,
    UNKNOWN,
    far_apart,
    stands,
    years_served,
)
from marrow.core.models import Record
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.missions.models import Mission
from marrow.programmes.access import changed_by, changes
from marrow.programmes.models import Agreement, Partnership, PolicyGoal, Programme
from marrow.programmes.queries import partnerships
from marrow.sources.models import Fact
from marrow.sources.rules import MEASURES

Choices = list[tuple[str, str]]
TOLD = (Fact.Standing.SHOWN, Fact.Standing.CLAIM)


Entry = Record  # of one of these kinds
#: the kinds of entries that are corrected and taken back, by the word in their address
ENTRIES: dict[str, type[Record]] = {
    "period": PlanPeriod, "requirement": Requirement, "sheet": TaskSheet, "task": TaskLine,
    "target": Target, "benefit": Gain, "first": First, "value": Tenet, "office": OfficeMember,
    "lesson": Lesson, "taken": Reuse,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AimedShown:
    """A task or target: how it stands, what its figures say, and where its words are."""

    row: Any
    stands: str
    figures: list[Fact]
    told: str  # the field whose source opens; "" where nobody told

    @property
    def unit(self) -> str:
        measure = MEASURES.get(getattr(self.row, "measure", ""))
        return in_tongue(measure.unit) if measure else self.row.said("measured_in")

    @property
    def word(self) -> str:
        return state_word(self.stands)


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody of the office's own team, and whole years at least; None is unknown."""

    row: OfficeMember
    years: int | None


@dataclass(frozen=True, slots=True)
class PointShown:
    point: Mark.Point
    office: Mark | None
    recipient: Mark | None

    @property
    def apart(self) -> bool:
        scores = [m.score if m else None for m in (self.office, self.recipient)]
        return far_apart(scores[0], scores[1])


@dataclass(frozen=True, slots=True)
class YearShown:
    """One year of a health check; its points only once both sides have given theirs."""

    year: int
    office: HealthCheck | None
    recipient: HealthCheck | None
    steps: list[PointShown]
    principles: list[PointShown]

    @property
    def both(self) -> bool:
        return self.office is not None and self.recipient is not None


def programmes_of(viewer: Viewer) -> list[Programme]:
    rows = access.seen_by(viewer).annotate(
        sheets=Count("task_sheets", distinct=True), aims=Count("targets", distinct=True)
    )
    return list(rows.order_by("-sheets", "-aims", "key")[:300])


def sources_of(rows: Iterable[Any]) -> dict[UUID, set[str]]:
    """Which fields of these records have words behind them."""
    found: dict[UUID, set[str]] = {}
    facts = Fact.objects.filter(about__in=[row.pk for row in rows])
    for about, field in facts.values_list("about", "field"):
        found.setdefault(about, set()).add(field)
    return found


def shown(
    rows: Iterable[Aimed], programme: Programme, told: dict[UUID, set[str]] | None = None
) -> list[AimedShown]:
    """Tasks or targets with how they stand; those of a measure by what is published. `told` are
    their sources, where they are read already."""
    rows = list(rows)
    told = sources_of(rows) if told is None else told
    figures = _figures(rows, programme)
    return [_shown(row, told.get(row.pk, set()), figures) for row in rows]


def _shown(row: Any, told: set[str], figures: dict[str, list[Fact]]) -> AimedShown:
    mine = figures.get(getattr(row, "measure", ""), [])
    numbers = [f.number for f in mine if f.number is not None]
    # where figures differ the least of them decides: more may not be claimed than all say
    reached: Decimal | None = min(numbers) if numbers else row.reached
    field = "done_on" if "done_on" in told else "reached" if "reached" in told else ""
    done = bool(getattr(row, "done_on", ""))
    state = stands(row.aim, reached, done=done, dropped=row.dropped_on is not None)
    return AimedShown(row, state, mine, field)


def _figures(rows: list[Aimed], programme: Programme) -> dict[str, list[Fact]]:
    measures = {m for row in rows if (m := getattr(row, "measure", ""))}
    found: dict[str, list[Fact]] = {}
    if measures:
        facts = Fact.objects.filter(about=programme.pk, field__in=measures, standing__in=TOLD)
        for fact in facts.exclude(number=None).order_by("field", "-as_of", "pk"):
            found.setdefault(fact.field, []).append(fact)
    return found


@dataclass(frozen=True, slots=True)
class SheetShown:
    sheet: TaskSheet
    done: int
    unknown: int
    count: int


@remembered
def _tasks_of(programme: Programme) -> list[TaskLine]:
    """Of all its sheets: they are counted by sheet and told by requirement."""
    return list(TaskLine.objects.filter(sheet__programme=programme).select_related("sheet"))


def tasks_that_answer(programme: Programme) -> dict[UUID | None, list[TaskLine]]:
    """By requirement; those of None answer none."""
    return _by(attrgetter("requirement_id"), _tasks_of(programme))


def sheets_of(programme: Programme) -> list[SheetShown]:
    rows = TaskSheet.objects.filter(programme=programme).select_related("agreement")
    tasks = _by(attrgetter("sheet_id"), _tasks_of(programme))
    return [_counted(sheet, tasks.get(sheet.pk, [])) for sheet in rows]


def _by(key: Callable[[Any], Any], rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _counted(sheet: TaskSheet, lines: list[TaskLine]) -> SheetShown:
    states = [
        stands(line.aim, line.reached, done=bool(line.done_on))
        for line in lines
        if line.dropped_on is None
    ]
    return SheetShown(sheet, states.count(DONE), states.count(UNKNOWN), len(states))


def lines_of(sheet: TaskSheet) -> list[AimedShown]:
    return shown(sheet.lines.select_related("requirement"), sheet.programme)


def requirements_of(programme: Programme) -> list[tuple[PlanPeriod | None, list[Requirement]]]:
    """By plan period, the latest first; those of no period last."""
    rows = Requirement.objects.filter(programme=programme).select_related("goal")
    by_period: dict[UUID | None, list[Requirement]] = _by(attrgetter("period_id"), rows)
    found: list[tuple[PlanPeriod | None, list[Requirement]]] = [
        (p, by_period.get(p.pk, [])) for p in PlanPeriod.objects.filter(programme=programme)
    ]
    return [*found, (None, by_period[None])] if None in by_period else found


def gains_of(programme: Programme) -> list[tuple[str, list[Gain]]]:
    """Both directions, each with what is recorded: an empty one says so."""
    rows = list(Gain.objects.filter(programme=programme))
    return [(str(label), [g for g in rows if g.to == code]) for code, label in Gain.To.choices]


def firsts_of(programme: Programme) -> list[tuple[str, list[First]]]:
    """Those of each side apart; a side with none is left out."""
    rows = list(First.objects.filter(programme=programme).select_related("mission"))
    sides = [(str(word), [f for f in rows if f.side == code]) for code, word in First.Side.choices]
    return [(word, found) for word, found in sides if found]


def tells_everybody(programme: Programme) -> bool:
    """Whether there is anything that everybody may read."""
    public = Lesson.objects.filter(programme=OuterRef("pk"), public=True)
    found = Q(Exists(public))
    for model in (Gain, First, Tenet):
        found |= Q(Exists(model._base_manager.filter(programme=OuterRef("pk"))))
    return Programme.objects.filter(found, pk=programme.pk).exists()


def tenets_of(programme: Programme) -> list[Tenet]:
    return list(Tenet.objects.filter(programme=programme))


def team_of(programme: Programme, today: dt.date) -> list[Served]:
    rows = OfficeMember.objects.filter(programme=programme)
    return [Served(row, years_served(row.since, row.until, today)) for row in rows]


def lessons_of(viewer: Viewer, programme: Programme) -> list[Lesson]:
    rows = access.lessons_for(viewer).filter(programme=programme)
    return list(rows.annotate(times=Count("reuses")))


def taken_over_by(viewer: Viewer, programme: Programme) -> list[Reuse]:
    rows = Reuse.objects.filter(programme=programme, lesson__in=access.lessons_for(viewer))
    return list(rows.select_related("lesson__programme"))


def all_lessons(viewer: Viewer, kind: str = "") -> list[Lesson]:
    rows = access.lessons_for(viewer).select_related("programme", "mission")
    if kind in Lesson.Kind.values:
        rows = rows.filter(kind=kind)
    return list(rows.annotate(times=Count("reuses")).order_by("-times", "title", "pk")[:300])


def reuses_of(lesson: Lesson) -> list[Reuse]:
    return list(lesson.reuses.select_related("programme"))


def takers_of(viewer: Viewer, lesson: Lesson) -> Choices:
    """The programmes of this viewer's office that did not take a lesson over yet."""
    if not viewer.holds("office"):
        return []
    taken = Reuse.objects.filter(lesson=lesson).values("programme")
    rows = changed_by(viewer).exclude(pk=lesson.programme_id).exclude(pk__in=taken)
    return [(p.key, str(p)) for p in rows]


def partnerships_of(viewer: Viewer, programme: Programme) -> list[Partnership]:
    """Those whose health check this viewer may read: all for the office, one's own for others."""
    if viewer.holds("auditor") or changes(viewer, programme):
        return partnerships(programme)
    rows = Partnership.objects.filter(access.received_by(viewer), programme=programme)
    return list(
        rows.select_related("sender", "sender_area", "recipient", "recipient_area").order_by("pk")
    )


def years_of(partnership: Partnership) -> list[YearShown]:
    """Each year that a side checked, the latest first."""
    rows = HealthCheck.objects.filter(partnership=partnership).prefetch_related("marks")
    by_year: dict[int, dict[str, HealthCheck]] = {}
    for row in rows:
        by_year.setdefault(row.year, {})[row.side] = row
    return [_year(year, sides) for year, sides in sorted(by_year.items(), reverse=True)]


def _year(year: int, sides: dict[str, HealthCheck]) -> YearShown:
    ours, theirs = sides.get("OFFICE"), sides.get("RECIPIENT")
    points = list(_points(ours, theirs)) if ours and theirs else []
    steps = [p for p in points if p.point in STEPS]
    return YearShown(year, ours, theirs, steps, [p for p in points if p.point not in STEPS])


def _points(ours: HealthCheck, theirs: HealthCheck) -> Iterator[PointShown]:
    said = [{m.point: m for m in check.marks.all()} for check in (ours, theirs)]
    for point in Mark.Point:
        yield PointShown(point, said[0].get(point), said[1].get(point))


@remembered
def gave(partnership: Partnership, year: int) -> set[str]:
    rows = HealthCheck.objects.filter(partnership=partnership, year=year)
    return set(rows.values_list("side", flat=True))


def measure_choices() -> Choices:
    return [(code, in_tongue(m.names)) for code, m in MEASURES.items()]


def _named(rows: Iterable[Any]) -> Choices:
    return [(str(row.pk), str(row)) for row in rows]


def period_choices(programme: Programme) -> Choices:
    return _named(PlanPeriod.objects.filter(programme=programme))


def goal_choices(programme: Programme) -> Choices:
    return _named(PolicyGoal.objects.filter(programme=programme).order_by("code", "pk"))


def agreement_choices(programme: Programme) -> Choices:
    return _named(Agreement.objects.filter(programme=programme).order_by("signed_on", "pk"))


def requirement_choices(programme: Programme) -> Choices:
    return _named(Requirement.objects.filter(programme=programme))


def partnership_choices(programme: Programme) -> Choices:
    return _named(partnerships(programme))


def mission_choices(programme: Programme) -> Choices:
    rows = Mission.objects.filter(programme=programme).order_by("-number", "key")
    return _named(rows.select_related("series")[:200])


def sheet_rows(sheet: TaskSheet) -> Iterator[tuple[Any, ...]]:
    """A sheet as a file has it: number, task, aim, unit, reached, as of, state, requirement."""
    for line in lines_of(sheet):
        row = line.row
        yield (
            row.nth, row.text, row.aim, row.measured_in, row.reached, row.as_of or row.done_on,
            state_word(line.stands), str(row.requirement or ""),
        )  # fmt: skip


def state_word(state: str) -> str:
    words = {
        DONE: pgettext("a task", "done"), UNDER_WAY: pgettext("a task", "under way"),
        UNKNOWN: pgettext("a task", "unknown"), DROPPED: pgettext("a task", "dropped"),
    }  # fmt: skip
    return words[state]


def waiting_checks(viewer: Viewer, year: int) -> list[HealthCheck]:
    """What the other side gave of this year while this viewer's side has not."""
    rows = HealthCheck.objects.filter(year=year)
    if viewer.person:
        rows = rows.exclude(given_by=viewer.person)
    mine = Q(pk__in=[])
    if viewer.holds("office"):
        ours = changed_by(viewer).values("pk")
        mine |= Q(side=HealthCheck.Side.RECIPIENT, partnership__programme__in=ours)
    if viewer.holds("recipient"):
        theirs = Partnership.objects.filter(access.received_by(viewer, "recipient"))
        mine |= Q(side=HealthCheck.Side.OFFICE, partnership__in=theirs.values("pk"))
    both = HealthCheck.objects.filter(partnership=OuterRef("partnership"), year=year)
    alone = ~Exists(both.exclude(side=OuterRef("side")))
    rows = rows.filter(mine, alone).select_related(
        "partnership__sender", "partnership__sender_area", "partnership__recipient",
        "partnership__recipient_area",
    )  # fmt: skip
    return list(rows.order_by("pk")[:20])
