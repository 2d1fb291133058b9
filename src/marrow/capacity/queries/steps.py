"""Steps of a hospital: where it stands for an item, and how it came there."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.capacity.models import Step
from marrow.capacity.queries.gathered import counted_as_one_with
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.ladder import rises_without
from marrow.catalogue.models import Item
from marrow.core.models import Operation
from marrow.missions.models import Mission


def level_now(organisation: UUID, item: UUID, day: dt.date) -> int | None:
    """The level that holds on a day; None where nobody assessed it by then."""
    rows = Step.objects.filter(
        organisation=organisation, item=item, state=Step.State.HOLDS, on__lte=day
    )
    last = rows.order_by("-on", "-held_at").first()
    return last.level if last else None


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
    """Where the hospitals of a mission stand by now, of what was reached with it."""
    taken = Step.objects.filter(mission=mission, state=Step.State.HOLDS)
    pairs = set(taken.values_list("organisation", "item"))
    rows = Step.objects.filter(
        state=Step.State.HOLDS, organisation__in=[o for o, _i in pairs],
        item__in=[i for _o, i in pairs],
    )  # fmt: skip
    rows = rows.select_related("organisation", "item").order_by("on", "held_at")
    last = {(row.organisation_id, row.item_id): row for row in rows}
    found = [row for pair, row in last.items() if pair in pairs]
    return sorted(found, key=lambda s: (s.item.specialty, s.item.search))[:MOST_SHOWN]


def where_done(item: Item, on: dt.date) -> list[Step]:
    """The last step of each hospital that was assessed for an item, the highest level first."""
    rows = Step.objects.filter(item=item, state=Step.State.HOLDS, on__lte=on)
    last = {row.organisation_id: row for row in rows.order_by("on", "held_at")}
    pks = [row.pk for row in last.values()]
    found = Step.objects.filter(pk__in=pks).select_related("organisation__area")
    return list(found.order_by("-level", "on")[:MOST_SHOWN])
