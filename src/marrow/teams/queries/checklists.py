"""What the checklists' page asks: who has what still to do, and which day was the last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.teams import access
from marrow.teams.models import Assignment, ChecklistItem, ListedItem, StageChange, Step
from marrow.teams.models.checklists import Owner
from marrow.teams.rules.checklists import DONE, OVERDUE, USUAL, Listed, Marks, state


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item, how it stands today, and whether this viewer may tick it."""

    item: ChecklistItem
    state: str

    @property
    def is_late(self) -> bool:
        return self.state == OVERDUE


@dataclass(frozen=True, slots=True)
class Line:
    """A person with one cell a step; None where the step is not asked of them."""

    assignment: Assignment
    cells: list[tuple[str, ItemShown | None]]


@dataclass(frozen=True, slots=True)
class Board:
    """The checklists of a mission: heads, a line a person, and the counts of this viewer."""

    heads: list[str]
    lines: list[Line]
    done: int
    count: int
    late: int
    lacking: int  # people without any list


def board(viewer: Viewer, mission: Mission, today: dt.date) -> Board:
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    held = held.filter(access.seen_on_checklist(viewer, mission))
    people = list(held.select_related("person", "seat").order_by("person__search", "pk"))
    items = ChecklistItem.objects.filter(assignment__in=people).select_related("evidence")
    by_person: dict[UUID, dict[str, ItemShown]] = {}
    for item in items:
        shown = ItemShown(item, state(marks(item), today))
        by_person.setdefault(item.assignment_id, {})[item.step] = shown
    steps = [s for s in Step if any(s.value in found for found in by_person.values())]
    lines = [
        Line(one, [(str(s.label), by_person.get(one.pk, {}).get(s.value)) for s in steps])
        for one in people
    ]
    every = [shown for found in by_person.values() for shown in found.values()]
    return Board(
        [str(s.label) for s in steps], lines, sum(i.state == DONE for i in every), len(every),
        sum(i.is_late for i in every), sum(one.pk not in by_person for one in people),
    )  # fmt: skip


def marks(item: ChecklistItem) -> Marks:
    return Marks(item.due_on, item.done_on, item.waived_on)


def shown_item(item: ChecklistItem, today: dt.date) -> ItemShown:
    return ItemShown(item, state(marks(item), today))


def last_done(viewer: Viewer, mission: Mission) -> list[ChecklistItem]:
    """The items that were done last: those that the clock of forming waited for."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    seen = held.filter(access.seen_on_checklist(viewer, mission))
    rows = ChecklistItem.objects.filter(assignment__in=seen).exclude(done_on=None)
    rows = rows.select_related("assignment__person").order_by("-done_on", "pk")
    last = rows.first()
    return list(rows.filter(done_on=last.done_on)[:12]) if last else []


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stage of forming: since when, and how many days until the next."""

    change: StageChange
    days: int | None


def stretches(changes: list[StageChange], today: dt.date) -> list[Stretch]:
    """The days that each stage took until the team left or was called off; else until today."""
    ends = (Mission.Status.IN_TRANSIT, Mission.Status.CANCELLED)
    forming = []
    for change in changes:
        forming.append(change)
        if change.stage in ends:
            break
    found = []
    for number, change in enumerate(forming):
        later = forming[number + 1].on if number + 1 < len(forming) else today
        over = change.stage in ends
        found.append(Stretch(change, None if over else (later - change.on).days))
    return found


def open_counts(viewer: Viewer, mission: Mission, today: dt.date) -> tuple[int, int]:
    """How much is still open on the checklists that this viewer sees, and how much is late."""
    rows = ChecklistItem.objects.filter(
        assignment__seat__mission=mission, assignment__state__in=Assignment.HELD, done_on=None,
        waived_on=None,
    )  # fmt: skip
    seen = Assignment.objects.filter(access.seen_on_checklist(viewer, mission))
    due = list(rows.filter(assignment__in=seen).values_list("due_on", flat=True))
    return len(due), sum(bool(day and day < today) for day in due)


def listed(programme: Programme) -> dict[str, Listed]:
    """What the programme asks today, by step."""
    rows = ListedItem.objects.filter(programme=programme, asked=True)
    return {r.step: Listed(r.step, r.owner, r.days_before, r.required) for r in rows}


def list_to_begin(programme: Programme) -> dict[str, Listed]:
    """The programme's list, or the usual one where it never kept any."""
    if ListedItem.objects.filter(programme=programme).exists():
        return listed(programme)
    return {one.step: one for one in USUAL}


def step_choices() -> list[tuple[str, str]]:
    return [(str(code), str(label)) for code, label in Step.choices]


def owner_choices() -> list[tuple[str, str]]:
    return [("", _("not asked")), *((str(c), str(w)) for c, w in Owner.choices)]
