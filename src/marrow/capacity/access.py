"""Everybody reads what a hospital can do; its head, its visitors and its office change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.capacity.models import Equipment, Evidence, Step, StepSignature, Supervision
from marrow.capacity.rules.experts import Visitor, is_expert
from marrow.catalogue.models import Requirement
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import AREA, EVERYWHERE, ORGANISATION, PROGRAMME, Viewer
from marrow.directory.access import (
    areas_within,
    organisation_for,
    organisations_of,
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
WITH_VISITORS = "WITH_VISITORS"  # no side: a team is on post there


def sides_of(viewer: Viewer, organisation: UUID, on: dt.date | None = None) -> frozenset[str]:
    """For which sides this viewer may sign a step of this hospital; today, unless told."""
    return sides_at(viewer, {organisation}, on)[organisation]


def sides_at(
    viewer: Viewer, hospitals: Collection[UUID], on: dt.date | None = None
) -> dict[UUID, frozenset[str]]:
    """The same for many hospitals, one question a side. Who signs for one that was merged signs
    for the one that goes on: they count as one."""
    if not viewer.signed_in:
        return dict.fromkeys(hospitals, frozenset())
    together = as_one(hospitals)
    told = _sides_of_each(viewer, {one for some in together.values() for one in some}, on)
    return {pk: _sides_of_all([told[one] for one in together[pk]]) for pk in hospitals}


def _sides_of_all(told: Collection[frozenset[str]]) -> frozenset[str]:
    """Where a team is on post at one of them, nobody signs from afar for the others either."""
    every = frozenset[str]().union(*told)
    away = any(WITH_VISITORS in sides for sides in told)
    return every - {WITH_VISITORS} - ({Side.REMOTE.value} if away else frozenset())


def _sides_of_each(
    viewer: Viewer, hospitals: Collection[UUID], on: dt.date | None
) -> dict[UUID, frozenset[str]]:
    speaks: dict[Side, QuerySet[Organisation]] = {Side.VISITOR: hospitals_where_serving(viewer)}
    if viewer.holds("office"):
        speaks[Side.OFFICE] = hospitals_served(viewer)
    if viewer.holds("specialist"):
        speaks[Side.REMOTE] = hospitals_supported(viewer)
    own = spoken_for(viewer, "head")
    found = {pk: {Side.HEAD.value} if pk in own else set[str]() for pk in hospitals}
    for side, rows in speaks.items():
        for pk in rows.filter(pk__in=hospitals).values_list("pk", flat=True):
            found[pk].add(side.value)
    if Side.REMOTE in speaks:
        away = with_visitors(on).filter(organisation__in=hospitals)
        for pk in away.values_list("organisation", flat=True):
            found[pk].add(WITH_VISITORS)
    return {pk: frozenset(sides) for pk, sides in found.items()}


def with_visitors(on: dt.date | None = None) -> QuerySet[Site, Any]:
    """The hospitals where a team is on post: there its expert signs, nobody from afar."""
    there = Site.objects.filter(mission__status__in=AWAY, organisation__isnull=False)
    there = there.exclude(mission__status="IN_TRANSIT")  # not there yet
    day = on or timezone.localdate()
    there = there.filter(Q(from_on=None) | Q(from_on__lte=day))
    return there.filter(mission__arrived_on__lte=day.isoformat()).values("organisation")


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


def team_of(viewer: Viewer, organisation: UUID) -> Mission | None:
    """The team in which this viewer serves at this hospital now."""
    if not viewer.signed_in:
        return None
    mine = Assignment.objects.filter(
        person__account=viewer.person, state=Assignment.State.SERVING,
        seat__mission__sites__organisation__in=counted_as_one_with(organisation),
        seat__mission__status__in=AWAY,
    ).select_related("seat__mission")  # fmt: skip
    found = mine.order_by("-started_on").first()
    return found.seat.mission if found else None


class OfAnItem(Protocol):
    """What one hospital did or may do of one item: a step, a case, a level of somebody."""

    pk: Any
    organisation_id: UUID
    item_id: UUID
    item: Any


@remembered
def _serving_at(viewer: Viewer) -> tuple[tuple[UUID, str, str, str, str], ...]:
    """Where this viewer serves on post: hospital, kind and specialty of the person, specialty and
    role of the seat."""
    mine = Assignment.objects.filter(
        person__account=viewer.person, state=Assignment.State.SERVING,
        seat__mission__status__in=AWAY,
    )  # fmt: skip
    return tuple(
        mine.values_list(
            "seat__mission__sites__organisation", "person__kind", "person__specialty",
            "seat__specialty", "seat__role",
        )
    )  # fmt: skip


def known_to_visitor(viewer: Viewer, told: Collection[OfAnItem]) -> set[UUID]:
    """Which of these this viewer knows enough to sign as the visiting expert there."""
    if not viewer.signed_in or not told:
        return set()
    seats = _serving_at(viewer)
    if not seats:
        return set()
    wanted: dict[UUID, set[tuple[str, str]]] = {one.item_id: set() for one in told}
    needs = Requirement.objects.filter(item__in=wanted, kind=Requirement.Kind.STAFF, until_on=None)
    for item, role, specialty in needs.values_list("item", "role", "specialty"):
        wanted[item].add((role, specialty))
    here = [
        (place, Visitor(kind, frozenset({own, seat} - {""}), role == Seat.Role.LEADER))
        for place, kind, own, seat, role in seats
    ]
    together = as_one({one.organisation_id for one in told})
    return {
        one.pk
        for one in told
        if any(
            place in together[one.organisation_id]
            and is_expert(who, one.item.specialty, wanted[one.item_id])
            for place, who in here
        )
    }


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


def step_to_sign(viewer: Viewer, step: UUID, side: str, on: dt.date | None = None) -> Step:
    row = step_for(step)
    if side in sides_of(viewer, row.organisation_id, on):
        if side == Side.VISITOR and not known_to_visitor(viewer, [row]):
            raise NotAllowed(
                _("Of the visitors, the team’s leader or who works in the item’s specialty signs.")
            )
        return row
    here = counted_as_one_with(row.organisation_id)
    if side == Side.REMOTE and with_visitors(on).filter(organisation__in=here).exists():
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
    ours = organisations_of(viewer, *OURS).filter(pk=organisation).exists()
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
    ours = organisations_of(viewer, *OURS).filter(pk=organisation).exists()
    return ours or Side.OFFICE in sides_of(viewer, organisation)


def hospital_to_answer_for(viewer: Viewer, organisation: UUID) -> Organisation:
    """Whether it is still done is the hospital's to say; its office enters what came on paper."""
    row = organisation_for(organisation)
    if may_answer(viewer, row.pk):
        return row
    raise NotAllowed(_("The hospital’s own people answer this, or its programme office on paper."))
