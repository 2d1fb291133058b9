"""What the pages show: a hospital's ladder, a list's matrix, a step with its signatures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from marrow.capacity import access
from marrow.capacity.models import Equipment, EquipmentChange, Expected, Step, StepSignature
from marrow.capacity.queries.measure import Question, world_of
from marrow.capacity.rules.care import Care, Held, outcome_of, stands
from marrow.capacity.rules.ladder import lacks_of_step, level_on
from marrow.catalogue.models import Item, List, Requirement
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.directory.models import Organisation

State = Step.State


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a hospital stands for an item, since when, and the steps that led there."""

    item: Item
    now: Step
    steps: list[Step]

    @property
    def fell(self) -> bool:
        """The last step led down: a relapse is shown as one."""
        return self.now.before is not None and self.now.level < self.now.before


def ladder_of(hospital: Organisation, on: dt.date) -> list[tuple[str, list[Rung]]]:
    """By specialty, every item on which the hospital was assessed by that day."""
    rows = Step.objects.filter(organisation=hospital, state=State.HOLDS, on__lte=on)
    rows = rows.select_related("item", "mission").order_by(
        "item__specialty", "item__search", "item"
    )
    rungs = [_rung(list(steps)) for _item, steps in groupby(rows, key=lambda s: s.item_id)]
    by = groupby(rungs, key=lambda r: r.item.specialty)
    return [(specialty_name(code), list(found)) for code, found in by]


def _rung(steps: list[Step]) -> Rung:
    steps.sort(key=lambda s: (s.on, s.held_at))
    return Rung(steps[-1].item, steps[-1], steps)


def waiting_at(hospital: Organisation) -> list[Step]:
    rows = Step.objects.filter(organisation=hospital, state=State.PROPOSED)
    return list(rows.select_related("item").order_by("proposed_at"))


def steps_to_sign(viewer: Viewer) -> list[tuple[Step, str]]:
    """Steps that wait for this viewer's signature, with the side for which they would sign."""
    rows = Step.objects.filter(state=State.PROPOSED).select_related("item", "organisation")
    steps = list(rows.prefetch_related("signatures", "evidence").order_by("proposed_at")[:200])
    sides = access.sides_at(viewer, {row.organisation_id for row in steps})
    offered = ((row, _side(viewer, row, sides[row.organisation_id])) for row in steps)
    return [(row, side) for row, side in offered if side]


def side_to_sign(viewer: Viewer, row: Step) -> str:
    """The side for which this viewer can sign this step now; '' where there is none."""
    return _side(viewer, row, access.sides_of(viewer, row.organisation_id))


def _side(viewer: Viewer, row: Step, sides: Collection[str]) -> str:
    signed = list(row.signatures.all())
    if row.state != State.PROPOSED or any(s.signer == viewer.person for s in signed):
        return ""
    wanted = {"HEAD": ("HEAD",), "EXPERT": ("VISITOR", "REMOTE"), "ONE": ("HEAD", "OFFICE")}
    return next((s for lack in lacking(row) for s in wanted.get(lack, ()) if s in sides), "")


def lacking(row: Step) -> list[str]:
    """What a step that waits still needs, as codes of the ladder's rules."""
    signed = {s.side for s in row.signatures.all()}
    found = sum(e.cases for e in row.evidence.all())
    return lacks_of_step(row.before, row.level, signed, evidence=found, reason=row.reason)


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, its last word, and since when that holds."""

    row: Equipment
    last: EquipmentChange | None


def machines_of(hospital: Organisation) -> list[Machine]:
    rows = Equipment.objects.filter(organisation=hospital).prefetch_related("changes")
    found = [Machine(row, _last(row)) for row in rows.order_by("machine", "label")]
    return [m for m in found if m.last is None or m.last.state != EquipmentChange.State.GONE]


def _last(row: Equipment) -> EquipmentChange | None:
    changes = list(row.changes.all())
    return changes[-1] if changes else None


def things_to_choose() -> list[tuple[str, str]]:
    """The machines that some item of the catalogue requires."""
    rows = Requirement.objects.filter(kind=Requirement.Kind.EQUIPMENT).order_by("resource")
    named = {thing: in_tongue(words) for thing, words in rows.values_list("resource", "names")}
    return sorted(named.items(), key=lambda one: one[1])


@dataclass(frozen=True, slots=True)
class Cell:
    """One hospital and item: its level, whether it counts that day, and why not."""

    hospital: UUID
    level: int | None
    care: Care


@dataclass(frozen=True, slots=True)
class Line:
    item: Item
    care: Care
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A list in its area: each item's outcome, and where each hospital stands."""

    counts: Counter[Care]
    hospitals: list[Organisation]
    lines: list[Line]


MOST_HOSPITALS = 24


def matrix_of(asked: Question, specialty: str = "") -> Matrix:
    """Every item of the list (of one specialty where it is named) against the hospitals that
    stand somewhere for it."""
    world = world_of(asked)
    outcomes = {item: outcome_of(world, item, asked.on) for item in world.items}
    items = Item.objects.filter(pk__in=list(world.items)).order_by("specialty", "search")
    shown = [i for i in items if specialty in ("", i.specialty)]
    keys = {str(i.pk) for i in shown}
    known = {one for one, item in world.held if item in keys and one in world.inside}
    hospitals = _hospitals(known | world.roster)
    lines = [
        Line(item, outcomes[str(item.pk)], [
            _cell(world.held.get((str(h.pk), str(item.pk))), h, asked.on) for h in hospitals
        ])
        for item in shown
    ]  # fmt: skip
    return Matrix(Counter(outcomes.values()), hospitals, lines)


def _hospitals(wanted: Iterable[str]) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=list(wanted)).select_related("area")
    return sorted(rows, key=str)[:MOST_HOSPITALS]


def _cell(held: Held | None, hospital: Organisation, on: dt.date) -> Cell:
    if held is None:
        return Cell(hospital.pk, None, Care.NOT_ASSESSED)
    return Cell(hospital.pk, level_on(held.steps, on), stands(held, on))


def lists_shown() -> list[List]:
    return list(List.objects.select_related("area", "programme").order_by("area__path", "key"))


def specialties_of(asked: Question) -> list[tuple[str, str]]:
    items = world_of(asked).items
    codes = Item.objects.filter(pk__in=list(items)).values_list("specialty", flat=True)
    return sorted({(code, specialty_name(code)) for code in codes}, key=lambda one: one[1])


def expected_of(listing: List) -> list[Organisation]:
    rows = Expected.objects.filter(list=listing).select_related("organisation__area")
    return sorted((r.organisation for r in rows), key=str)


def signatures_of(row: Step) -> list[StepSignature]:
    return list(row.signatures.order_by("signed_at"))
