"""How much an area lacks is read by all who work on it, as the public matrix tells it; each figure
and need, by those who keep the hospital or area, serve there or stand by it. A hospital speaks for
itself, its office for the area."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.capacity.access import hospitals_supported
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import (
    area_for,
    areas_at,
    areas_within,
    organisation_for,
    organisations_of,
    spoken_for,
)
from marrow.directory.models import Area, Organisation
from marrow.need.models import (
    Catchment,
    Need,
    NeedAnswer,
    NeedChange,
    Outflow,
    ReferralWay,
)
from marrow.programmes.access import office_covers, things_of_office
from marrow.teams.access import formed_by, hospitals_served, hospitals_where_serving

READERS = (
    "office", "auditor", "recipient", "head", "leader", "member", "specialist", "unit", "admin",
)  # fmt: skip


def hospitals_read(viewer: Viewer) -> QuerySet[Organisation]:
    """The hospitals whose own needs and figures this viewer reads: of its house, its office, those
    who serve there, the experts who stand by it; all for an auditor."""
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        return Organisation.objects.all()
    found = Q(pk__in=organisations_of(viewer, "recipient", "head").values("pk"))
    found |= Q(pk__in=hospitals_where_serving(viewer).values("pk"))
    if viewer.holds("specialist"):
        found |= Q(pk__in=hospitals_supported(viewer).values("pk"))
    if viewer.holds("office"):
        found |= Q(pk__in=hospitals_served(viewer).values("pk"))
        for area in areas_at(frozenset(things_of_office(viewer))):
            found |= Q(area__in=areas_within(area.path))
    return Organisation.objects.filter(found)


def reads(viewer: Viewer, organisation: UUID) -> bool:
    return hospitals_read(viewer).filter(pk=organisation).exists()


def reads_area(viewer: Viewer, area: Area) -> bool:
    """The rows told of an area as a whole: for its office, the office that sends teams there, and
    whoever reads a hospital in it."""
    if office_of_area(viewer, area):
        return True
    sends = formed_by(viewer).filter(series__recipient_area__path__startswith=area.path)
    if viewer.holds("office") and sends.exists():
        return True
    return hospitals_read(viewer).filter(area__path__startswith=area.path).exists()


def area_to_read(viewer: Viewer, code: str) -> Area:
    row = area_for(code)
    if reads_area(viewer, row):
        return row
    raise Unseen(_("There is no such place, or it is not for your eyes."))


def hospital_to_read(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if reads(viewer, row.pk):
        return row
    raise Unseen(_("There is no such hospital, or it is not for your eyes."))


def office_of_area(viewer: Viewer, area: Area) -> bool:
    return office_covers(viewer, area)


def office_of(viewer: Viewer, hospital: Organisation) -> bool:
    """The office of the hospital's area, or that whose teams serve there."""
    if hospital.area and office_of_area(viewer, hospital.area):
        return True
    return viewer.holds("office") and hospitals_served(viewer).filter(pk=hospital.pk).exists()


def speaks_for(viewer: Viewer, hospital: Organisation) -> bool:
    return hospital.pk in spoken_for(viewer, "recipient")


def may_speak(viewer: Viewer, hospital: Organisation) -> bool:
    return speaks_for(viewer, hospital) or office_of(viewer, hospital)


def area_to_tell_of(viewer: Viewer, code: str) -> Area:
    row = area_for(code)
    if office_of_area(viewer, row):
        return row
    raise NotAllowed(_("Only the programme office of this area tells this."))


def hospital_to_tell_of(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if may_speak(viewer, row):
        return row
    raise NotAllowed(_("Only the hospital’s own office, or its programme office, tells this."))


def reads_outflow(viewer: Viewer, row: Outflow) -> bool:
    if row.organisation_id:
        return reads(viewer, row.organisation_id)
    return reads_area(viewer, row.area)


def outflow_for(viewer: Viewer, outflow: UUID) -> Outflow:
    rows = Outflow.objects.select_related("area", "organisation__area", "item")
    row = rows.filter(pk=outflow).first()
    if row is None or not reads_outflow(viewer, row):
        raise Unseen(_("There is no such figure."))
    return row


def outflow_to_correct(viewer: Viewer, outflow: UUID) -> Outflow:
    row = outflow_for(viewer, outflow)
    if row.organisation:
        hospital_to_tell_of(viewer, row.organisation.pk)
    else:
        area_to_tell_of(viewer, row.area.code)
    return row


def catchment_to_correct(viewer: Viewer, catchment: UUID) -> Catchment:
    row = Catchment.objects.select_related("area", "organisation__area").filter(pk=catchment)
    found = row.first()
    if found is None or (found.organisation_id and not reads(viewer, found.organisation_id)):
        raise Unseen(_("There is no such figure."))
    if found.organisation:
        hospital_to_tell_of(viewer, found.organisation.pk)
    elif found.area:
        area_to_tell_of(viewer, found.area.code)
    return found


def need_for(viewer: Viewer, need: UUID) -> Need:
    rows = Need.objects.select_related("organisation__area", "item", "list__area")
    row = rows.filter(pk=need).first()
    if row is None or not reads(viewer, row.organisation_id):
        raise Unseen(_("There is no such need."))
    return row


def need_to_confirm(viewer: Viewer, need: UUID) -> Need:
    """A hospital alone says what it needs."""
    row = need_for(viewer, need)
    if speaks_for(viewer, row.organisation):
        return row
    raise NotAllowed(_("Only the hospital’s own office confirms what it needs."))


def need_to_plan(viewer: Viewer, need: UUID) -> Need:
    row = need_for(viewer, need)
    if office_of(viewer, row.organisation):
        return row
    raise NotAllowed(_("Only the programme office of this hospital does this."))


def need_to_move(viewer: Viewer, need: UUID) -> Need:
    row = need_for(viewer, need)
    if may_speak(viewer, row.organisation):
        return row
    raise NotAllowed(_("Only the hospital’s own office, or its programme office, does this."))


def answer_to_end(viewer: Viewer, answer: UUID) -> NeedAnswer:
    row = NeedAnswer.objects.select_related("need").filter(pk=answer).first()
    if row is None or not reads(viewer, row.need.organisation_id):
        raise Unseen(_("Nothing like that answers a need."))
    need_to_plan(viewer, row.need_id)
    return row


def may_link(viewer: Viewer, mission: UUID) -> bool:
    return formed_by(viewer).filter(pk=mission).exists()


def paper_for(viewer: Viewer, change: UUID) -> NeedChange:
    """The paper with which a need was confirmed: for the hospital, its office and auditors."""
    rows = NeedChange.objects.select_related("need__organisation__area").exclude(document=None)
    row = rows.filter(pk=change).first()
    if row is None:
        raise Unseen(_("There is no such paper, or it is not for your eyes."))
    if viewer.holds("auditor") or may_speak(viewer, row.need.organisation):
        return row
    raise Unseen(_("There is no such paper, or it is not for your eyes."))


def reads_way(viewer: Viewer, row: ReferralWay) -> bool:
    """How many go a way is for those who read either of its two houses."""
    return bool(ways_read(viewer, [row]))


def ways_read(viewer: Viewer, ways: Collection[ReferralWay]) -> list[ReferralWay]:
    """The same of several ways, by one question."""
    houses = {house for way in ways for house in (way.below_id, way.above_id)}
    if not (houses and viewer.signed_in):
        return []
    rows = hospitals_read(viewer).filter(pk__in=houses).order_by()
    read = set(rows.values_list("pk", flat=True))
    return [way for way in ways if {way.below_id, way.above_id} & read]


def way_to_keep(viewer: Viewer, way: UUID) -> ReferralWay:
    """Either of the two houses keeps a way between them, or its office."""
    rows = ReferralWay.objects.select_related("below__area", "above__area")
    row = rows.filter(pk=way).first()
    if row is None or not reads_way(viewer, row):
        raise Unseen(_("There is no such way of referral, or it is not for your eyes."))
    if may_speak(viewer, row.below) or may_speak(viewer, row.above):
        return row
    raise NotAllowed(_("Only the hospital’s own office, or its programme office, tells this."))
