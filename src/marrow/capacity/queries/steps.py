"""Steps of a hospital: where it stands for an item, and how it came there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from marrow.capacity.models import Step
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.ladder import rises_without
from marrow.catalogue.models import Item
from marrow.core.models import Operation
from marrow.directory.models import Organisation
from marrow.directory.queries import as_one, counted_as_one_with, heirs
from marrow.missions.models import Mission


def held_for(organisation: UUID, item: UUID) -> list[Step]:
    """The steps of a hospital and an item that hold, by day, of one day the first signed first. As
    in the measure, what was reached by whoever counts as the same hospital since a merge is its
    own."""
    rows = Step.objects.filter(
        organisation__in=counted_as_one_with(organisation), item=item, state=Step.State.HOLDS
    )
    return list(rows.order_by("on", "held_at"))


def level_now(organisation: UUID, item: UUID, day: dt.date) -> int | None:
    """The level that holds on a day; None where nobody assessed it by then."""
    return level_by(held_for(organisation, item), day)


def level_by(held: Sequence[Step], day: dt.date) -> int | None:
    begun = [row for row in held if row.on <= day]
    return begun[-1].level if begun else None


def fall_after(step: Step, held: Sequence[Step]) -> Step | None:
    """The next step after the day of this one, where it was a step up and would lead down from
    this one; of the steps that hold."""
    after = [row for row in held if row.on > step.on]
    later = next((row for row in reversed(after) if row.on == after[0].on), None)
    if later is None or later.level >= step.level:
        return None
    fell = later.before is not None and later.level < later.before
    return None if fell else later


def lifts_when_gone(step: Step) -> bool:
    """Whether a hospital would stand higher on some day if this step, which holds, were none: a
    higher one stands before it, be it that it was signed later."""
    rows = Step.objects.filter(
        organisation__in=counted_as_one_with(step.organisation_id), item=step.item_id,
        state=Step.State.HOLDS,
    ).order_by("held_at")  # fmt: skip
    told = {row.pk: Reached(row.level, row.on, order) for order, row in enumerate(rows)}
    return step.pk in told and rises_without(list(told.values()), told[step.pk])


def reworded_on(step: Step) -> dt.date | None:
    """The day on which the words of a step were last put right; None where they never were."""
    rows = Operation.objects.filter(
        model=Step._meta.label_lower, record=step.pk, action="reword_step"
    )
    last = rows.order_by("-id").first()
    return last.at.date() if last else None


def levels() -> list[tuple[int, str]]:
    return [(int(code), str(words)) for code, words in Step.Level.choices]


MOST_SHOWN = 50


def reached_with(mission: Mission) -> list[Step]:
    """What was reached with a mission: of each hospital and item the highest step that was taken
    with it, on the first day; what came later with others is none of it, nor is a fall."""
    taken = Step.objects.filter(mission=mission, state=Step.State.HOLDS)
    rows = taken.exclude(before__gt=F("level")).select_related("organisation", "item")
    found, gone = dict[tuple[UUID, UUID], Step](), heirs()
    for row in rows.order_by("-level", "on", "held_at"):
        found.setdefault(_pair(row, gone), row)
    return sorted(found.values(), key=lambda s: (s.item.specialty, s.item.search))[:MOST_SHOWN]


def otherwise_since(reached: Sequence[Step], day: dt.date) -> list[Step]:
    """The steps on which hospitals stand on a day, of those that stand otherwise than these say;
    in the order of these."""
    gone = heirs()
    together = as_one({_pair(step, gone)[0] for step in reached})
    rows = Step.objects.filter(
        state=Step.State.HOLDS, organisation__in={o for some in together.values() for o in some},
        item__in=[step.item_id for step in reached], on__lte=day,
    )  # fmt: skip
    rows = rows.select_related("organisation", "item").order_by("on", "held_at")
    last = {_pair(row, gone): row for row in rows}
    by_now = ((step, last.get(_pair(step, gone))) for step in reached)
    return [now for step, now in by_now if now and now.level != step.level]


def _pair(step: Step, gone: Mapping[UUID, UUID]) -> tuple[UUID, UUID]:
    """The hospital, or what it merged into, and the item."""
    return gone.get(step.organisation_id, step.organisation_id), step.item_id


@dataclass(frozen=True, slots=True)
class Done:
    """A hospital, and the step on which it stands; be it that one merged into it took that."""

    hospital: Organisation
    step: Step


def where_done(item: Item, on: dt.date) -> list[Done]:
    """Each hospital that was assessed for an item, the highest level first."""
    rows, gone = Step.objects.filter(item=item, state=Step.State.HOLDS, on__lte=on), heirs()
    last = {
        gone.get(row.organisation_id, row.organisation_id): row
        for row in rows.order_by("on", "held_at")
    }
    shown = sorted(last, key=lambda one: (-last[one].level, last[one].on))[:MOST_SHOWN]
    named = Organisation.objects.select_related("area").in_bulk(shown)
    return [Done(named[one], last[one]) for one in shown]
