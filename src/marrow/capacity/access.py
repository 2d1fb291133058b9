"""Everybody reads what a hospital can do; its head, its visitors and its office change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.capacity.models import Equipment, Evidence, Step, StepSignature, Supervision
from marrow.capacity.rules.experts import Visitor, is_expert
from marrow.catalogue.models import Requirement
from marrow.core.partial_dates import earliest, latest
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import AREA, EVERYWHERE, ORGANISATION, PROGRAMME, Viewer
from marrow.directory.access import (
    areas_within,
    organisation_for,
    spoken_for,
)
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import as_one, counted_as_one_with, last_of
from marrow.missions.models import Mission, Site
from marrow.programmes.models import ConsortiumLink, Partnership
from marrow.teams.access import hospitals_served, hospitals_where_serving
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AWAY

Side = StepSignature.Side
OURS = ("recipient", "head")


def sides_of(viewer: Viewer, organisation: UUID, on: dt.date | None = None) -> frozenset[str]:
    """For which sides this viewer may sign a step of this hospital; today, unless told."""
    return sides_at(viewer, {organisation}, on)[organisation]


def sides_at(
    viewer: Viewer, hospitals: Collection[UUID], on: dt.date | None = None
) -> dict[UUID, frozenset[str]]:
    """The same for many hospitals, one question a side."""
    day = on or timezone.localdate()
    told = _sides_on(viewer, {(pk, day) for pk in hospitals})
    return {pk: told[pk, day] for pk in hospitals}


def sides_to_sign(viewer: Viewer, steps: Collection[Step]) -> dict[UUID, frozenset[str]]:
    """For which sides this viewer may sign each of these steps, judged on the step's own day: a
    visiting expert who was on post by then, and from afar where nobody who is left was."""
    sides = _sides_on(viewer, {(row.organisation_id, row.on) for row in steps})
    told = {row.pk: sides[row.organisation_id, row.on] for row in steps}
    visited = {row.pk: row for row in steps if Side.VISITOR in told[row.pk]}
    known = known_to_visitor(viewer, visited.values(), {pk: row.on for pk, row in visited.items()})
    return {pk: some if pk in known else some - {Side.VISITOR} for pk, some in told.items()}


def _sides_on(
    viewer: Viewer, asked: Collection[tuple[UUID, dt.date]]
) -> dict[tuple[UUID, dt.date], frozenset[str]]:
    """Who signs for a hospital that was merged signs for the one that goes on: they count as one.
    Where a team is on post at one of them, nobody signs from afar for the others either."""
    if not viewer.signed_in:
        return dict.fromkeys(asked, frozenset())
    together = as_one({pk for pk, _day in asked})
    every = {one for some in together.values() for one in some}
    told = _sides_of_each(viewer, frozenset(every))
    since = _on_post_since(frozenset(every)) if viewer.holds("specialist") else {}
    found = {}
    for pk, day in asked:
        sides = frozenset[str]().union(*(told[one] for one in together[pk]))
        away = any(since.get(one, dt.date.max) <= day for one in together[pk])
        found[pk, day] = sides - {Side.REMOTE} if away else sides
    return found


@remembered
def _sides_of_each(viewer: Viewer, hospitals: frozenset[UUID]) -> dict[UUID, frozenset[str]]:
    speaks: dict[Side, QuerySet[Organisation]] = {Side.VISITOR: hospitals_where_serving(viewer)}
    if viewer.holds("office"):
        speaks[Side.OFFICE] = hospitals_served(viewer)
    if viewer.holds("specialist"):
        speaks[Side.REMOTE] = hospitals_supported(viewer)
    own = spoken_for(viewer, "head")
    found = {pk: {Side.HEAD.value} if pk in own else set[str]() for pk in hospitals}
    here = [
        rows.filter(pk__in=hospitals).order_by().annotate(side=Value(side.value))
        for side, rows in speaks.items()
    ]
    first, *others = (rows.values_list("pk", "side") for rows in here)
    for pk, speaks_as in first.union(*others):
        found[pk].add(speaks_as)
    return {pk: frozenset(sides) for pk, sides in found.items()}


@remembered
def _on_post_since(hospitals: frozenset[UUID]) -> dict[UUID, dt.date]:
    """Where a team is on post: since when somebody is there. There its expert signs, nobody from
    afar."""
    there = Site.objects.filter(mission__status__in=AWAY, organisation__in=hospitals)
    there = there.exclude(mission__status="IN_TRANSIT")  # not there yet
    found: dict[UUID, dt.date] = {}
    for pk, *told in there.values_list("organisation", "from_on", "mission__arrived_on"):
        if pk is not None:
            found[pk] = min(_since(*told), found.get(pk, dt.date.max))
    return found


def _since(*told: dt.date | str | None) -> dt.date:
    """The last of these days, each told in part or not at all; an unknown one keeps nobody out."""
    days = [earliest(one) if isinstance(one, str) else one for one in told if one]
    return max(days, default=dt.date.min)


def with_visitors(on: dt.date) -> frozenset[UUID]:
    """The hospitals where a team that is on post was there on that day."""
    sites = Site.objects.filter(mission__status__in=AWAY, organisation__isnull=False).order_by()
    since = _on_post_since(frozenset(filter(None, sites.values_list("organisation", flat=True))))
    return frozenset(pk for pk, day in since.items() if day <= on)


def hospitals_supported(viewer: Viewer) -> QuerySet[Organisation]:
    """For which hospitals this viewer is the expert from afar: of the sender (a unit or body that
    sent a team there, an area that sends, a partner) or of the hub that leads them."""
    grants = [g for g in viewer.grants if g.role == "specialist"]
    if any(g.scope == EVERYWHERE for g in grants):
        return Organisation.objects.all()
    programmes = [g.thing for g in grants if g.scope == PROGRAMME]
    homes = [g.thing for g in grants if g.scope == ORGANISATION]
    paths = Area.objects.filter(pk__in=[g.thing for g in grants if g.scope == AREA])
    areas = [a["pk"] for path in paths.values_list("path", flat=True) for a in areas_within(path)]
    sent = Mission.objects.filter(
        Q(programme__in=programmes) | Q(units__organisation__in=homes)
        | Q(sender_body__in=homes) | Q(sender__in=areas)
    )  # fmt: skip
    partners = Partnership.objects.filter(
        Q(programme__in=programmes) | Q(sender__in=homes) | Q(sender_area__in=areas)
    )
    led = ConsortiumLink.objects.filter(upper__in=homes)
    return Organisation.objects.filter(
        Q(pk__in=Site.objects.filter(mission__in=sent).values("organisation"))
        | Q(pk__in=partners.values("recipient")) | Q(pk__in=led.values("lower"))
    )  # fmt: skip


def team_of(viewer: Viewer, organisation: UUID, on: dt.date) -> Mission | None:
    """The team in which this viewer serves at this hospital now, and did by that day."""
    if not viewer.signed_in:
        return None
    mine = Assignment.objects.filter(
        person__account=viewer.person, state=Assignment.State.SERVING,
        seat__mission__sites__organisation__in=counted_as_one_with(organisation),
        seat__mission__status__in=AWAY,
    ).select_related("seat__mission")  # fmt: skip
    told = mine.annotate(from_on=F("seat__mission__sites__from_on")).order_by("-started_on")
    began = ((row, row.seat.mission) for row in told)
    return next(
        (team for row, team in began if _since(row.started_on, team.arrived_on, row.from_on) <= on),
        None,
    )


def was_there(team: Mission, on: dt.date) -> bool:
    """Whether a team was there on a day, as far as anybody told when it came and went."""
    gone = latest(team.returned_on) if team.returned_on else dt.date.max
    return _since(team.arrived_on) <= on <= gone


class OfAnItem(Protocol):
    """What one hospital did or may do of one item: a step, a case, a level of somebody."""

    pk: Any
    organisation_id: UUID
    item_id: UUID
    item: Any


@dataclass(frozen=True, slots=True)
class _Post:
    """Where and as whom somebody serves, and since when they are there."""

    place: UUID | None
    since: dt.date
    who: Visitor


@remembered
def _serving_at(viewer: Viewer) -> tuple[_Post, ...]:
    """Where this viewer serves on post."""
    mine = Assignment.objects.filter(
        person__account=viewer.person, state=Assignment.State.SERVING,
        seat__mission__status__in=AWAY,
    )  # fmt: skip
    told = mine.values_list(
        "seat__mission__sites__organisation", "person__kind", "person__specialty",
        "seat__specialty", "seat__role", "started_on", "seat__mission__arrived_on",
        "seat__mission__sites__from_on",
    )  # fmt: skip
    return tuple(
        _Post(
            place, _since(*days),
            Visitor(kind, frozenset({own, seat} - {""}), role == Seat.Role.LEADER),
        )
        for place, kind, own, seat, role, *days in told
    )  # fmt: skip


def known_to_visitor(
    viewer: Viewer, told: Collection[OfAnItem], days: Mapping[UUID, dt.date] | None = None
) -> set[UUID]:
    """Which of these this viewer knows enough to sign as the visiting expert there: who works in
    the item's specialty or leads the team; with `days`, who was on post there by the day of each.
    """
    if not viewer.signed_in or not told:
        return set()
    posts = _serving_at(viewer)
    if not posts:
        return set()
    wanted: dict[UUID, set[tuple[str, str]]] = {one.item_id: set() for one in told}
    needs = Requirement.objects.filter(item__in=wanted, kind=Requirement.Kind.STAFF, until_on=None)
    for item, role, specialty in needs.values_list("item", "role", "specialty"):
        wanted[item].add((role, specialty))
    together = as_one({one.organisation_id for one in told})
    return {
        one.pk
        for one in told
        if any(
            is_expert(post.who, one.item.specialty, wanted[one.item_id])
            for post in _there(posts, together[one.organisation_id], (days or {}).get(one.pk))
        )
    }


def _there(posts: Iterable[_Post], places: Collection[UUID], on: dt.date | None) -> list[_Post]:
    """Those at one of these places; by a day, where one is told."""
    here = [post for post in posts if post.place in places]
    return here if on is None else [post for post in here if post.since <= on]


def hospital_to_propose_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if sides_of(viewer, row.pk) - {Side.REMOTE}:
        if row.successor is not None:
            last = last_of(row)
            raise Refused(_("It was merged and goes on as %s: propose the step there.") % last)
        return row
    raise NotAllowed(_("The hospital’s head, its visitors or its programme office propose a step."))


def step_for(step: UUID) -> Step:
    row = Step.objects.select_related("organisation", "item", "mission").filter(pk=step).first()
    if row is None:
        raise Unseen(_("There is no such step."))
    return row


def step_to_sign(viewer: Viewer, step: UUID, side: str) -> Step:
    row = step_for(step)
    if side in sides_to_sign(viewer, [row])[row.pk]:
        return row
    here = counted_as_one_with(row.organisation_id)
    if side == Side.VISITOR and side in sides_of(viewer, row.organisation_id):
        if not _there(_serving_at(viewer), here, row.on):
            raise NotAllowed(
                _("You were not on post here yet on the day of this step: a visitor who was signs"
                  " it, and where none is left an expert from afar.")
            )  # fmt: skip
        raise NotAllowed(
            _("Of the visitors, the team’s leader or who works in the item’s specialty signs.")
        )
    if side == Side.REMOTE and with_visitors(row.on) & set(here):
        raise NotAllowed(_("A team is on post here: its expert signs, nobody from afar."))
    raise NotAllowed(_("You cannot sign for this side."))


def step_to_drop(viewer: Viewer, step: UUID) -> Step:
    row = step_for(step)
    if {Side.HEAD, Side.OFFICE} & sides_of(viewer, row.organisation_id):
        return row
    raise NotAllowed(_("The hospital’s head or its programme office does this."))


def step_to_reword(viewer: Viewer, step: UUID) -> Step:
    """The hospital's head and its office keep a step's words, as does who wrote them."""
    row = step_for(step)
    if may_reword(viewer, row):
        return row
    raise NotAllowed(_("The hospital’s head, its programme office or who wrote it does this."))


def may_reword(viewer: Viewer, row: Step) -> bool:
    wrote = viewer.signed_in and viewer.person in (row.proposed_by, row.ended_by)
    return wrote or bool({Side.HEAD, Side.OFFICE} & sides_of(viewer, row.organisation_id))


def evidence_to_void(viewer: Viewer, evidence: UUID) -> Evidence:
    rows = Evidence.objects.select_related("step__organisation", "step__item")
    row = rows.filter(pk=evidence).first()
    if row is None:
        raise Unseen(_("There is no such evidence."))
    step_to_drop(viewer, row.step_id)
    return row


def may_keep_machines(viewer: Viewer, organisation: UUID) -> bool:
    ours = organisation in spoken_for(viewer, *OURS)
    return ours or bool({Side.VISITOR, Side.OFFICE} & sides_of(viewer, organisation))


def hospital_to_equip(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if may_keep_machines(viewer, row.pk):
        return row
    raise NotAllowed(_("The hospital’s own people, its visitors or its programme office do this."))


def machine_to_keep(viewer: Viewer, equipment: UUID) -> Equipment:
    row = Equipment.objects.select_related("organisation").filter(pk=equipment).first()
    if row is None:
        raise Unseen(_("There is no such machine."))
    hospital_to_equip(viewer, row.organisation_id)
    return row


def hospital_to_supervise(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if hospitals_supported(viewer).filter(pk=row.pk).exists():
        return row
    raise NotAllowed(_("An expert of the sender, or of the hub that leads it, offers this."))


def supervision_for(supervision: UUID) -> Supervision:
    found = Supervision.objects.select_related("organisation").filter(pk=supervision).first()
    if found is None:
        raise Unseen(_("There is no such supervision."))
    return found


def supervision_to_accept(viewer: Viewer, supervision: UUID) -> Supervision:
    row = supervision_for(supervision)
    if Side.HEAD in sides_of(viewer, row.organisation_id):
        return row
    raise NotAllowed(_("The head of the hospital’s department signs this."))


def supervision_to_end(viewer: Viewer, supervision: UUID) -> Supervision:
    row = supervision_for(supervision)
    own = viewer.signed_in and viewer.person == row.expert
    if own or {Side.HEAD, Side.OFFICE} & sides_of(viewer, row.organisation_id):
        return row
    raise NotAllowed(_("The expert, the hospital’s head or its programme office ends this."))


def may_answer(viewer: Viewer, organisation: UUID) -> bool:
    ours = organisation in spoken_for(viewer, *OURS)
    return ours or Side.OFFICE in sides_of(viewer, organisation)


def hospital_to_answer_for(viewer: Viewer, organisation: UUID) -> Organisation:
    """Whether it is still done is the hospital's to say; its office enters what came on paper."""
    row = organisation_for(organisation)
    if may_answer(viewer, row.pk):
        return row
    raise NotAllowed(_("The hospital’s own people answer this, or its programme office on paper."))
