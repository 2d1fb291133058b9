"""Who may enter and change batches, and who may look after one in the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered, steady
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.missions.models import Donation, Honour, Mission, SendingUnit, Site
from marrow.programmes.access import (
    areas_above,
    changed_by,
    changes,
    covering,
    lies_within,
    may_change,
    may_change_each,
    may_found,
    on_programmes,
    things_of_office,
)
from marrow.programmes.models import Programme, Series

NATION = "teams-CN"  # the programme into which team records of a nation go
RECORDERS = ("member", "leader", "office")


def may_keep_missions(viewer: Viewer, programmes: Iterable[Programme] = ()) -> Viewer:
    """Programme offices keep what documents tell of missions, each of its own programmes."""
    return may_change_each(viewer, programmes)


def may_take_records(viewer: Viewer) -> Viewer:
    """Records of a nation's teams go into the nation's programme: its office takes them in."""
    may_found(viewer)
    known = Programme.objects.select_related("sender").filter(key=NATION).first()
    if known:
        return may_change(viewer, known)
    nation = Area.objects.filter(code="CN").first()
    if viewer.holds_for("office", things=areas_above(nation) if nation else frozenset()):
        return viewer
    raise NotAllowed(_("Only the programme office of the whole nation takes these records in."))


def changes_mission(viewer: Viewer, mission: Mission) -> bool:
    """The office of its programme, and the one whose area sends it: a nation's programme holds
    the batches of many provinces."""
    return changes(viewer, mission.programme) or _sends(viewer, mission)


def _sends(viewer: Viewer, mission: Mission) -> bool:
    if mission.sender is None or not viewer.holds("office"):
        return False
    return viewer.holds_for("office", things=areas_above(mission.sender))


@remembered
def sent_by(viewer: Viewer) -> QuerySet[Mission]:
    """The missions that the area of this viewer's office sends, by one question."""
    things = things_of_office(viewer)
    here = Q(sender__in=things) | lies_within(things, "sender__path")
    return Mission.objects.filter(here) if things else Mission.objects.none()


def of_mission_office(mission: str, *programmes: str) -> Callable[[Viewer], Q]:
    """Records of the missions that a viewer's office may change; `mission` leads to the mission
    ("" for itself), `programmes` to what a record hangs on where it hangs on no mission."""
    paths = (*programmes, f"{mission}__programme" if mission else "programme")

    def those(viewer: Viewer) -> Q:
        if viewer.holds_everywhere("office"):
            return on_programmes(viewer, changed_by(viewer), paths)
        whole, single = of_office(viewer)
        found = on_programmes(viewer, whole, paths)
        return found | Q(**{f"{mission or 'pk'}__in": single}) if single else found

    return those


@remembered
def of_office(viewer: Viewer) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """The programmes all whose missions this viewer's office changes, and its missions in others'
    programmes: hundreds of missions need not be named where their programme says it."""
    programmes = changed_by(viewer).order_by()
    others = sent_by(viewer).exclude(programme__in=programmes.values("pk")).order_by()
    whole, single = Value(True), Value(False)
    told = programmes.values_list("pk", whole).union(others.values_list("pk", single), all=True)
    found = list(told)
    return tuple(pk for pk, all_of_it in found if all_of_it), tuple(
        pk for pk, all_of_it in found if not all_of_it
    )


def may_change_mission(viewer: Viewer, mission: Mission) -> Viewer:
    if changes_mission(viewer, mission):
        return viewer
    return may_change(viewer, mission.programme)


def may_still_change(viewer: Viewer, mission: Mission) -> Viewer:
    """After a change, before it is written: nobody enters another office's batch, or gives their
    own away by a slip of the sender."""
    if changes_mission(viewer, mission):
        return viewer
    raise NotAllowed(
        _(
            "With this sender the batch would belong to another office. Only the office of the"
            " programme hands a batch over."
        )
    )


def enters_batches(viewer: Viewer, series: Series) -> bool:
    """The office of the programme, and the one that sent the last batch: it sends the next."""
    if changes(viewer, series.programme):
        return True
    last = last_batch(series)
    return last is not None and _sends(viewer, last)


def may_enter_batch(viewer: Viewer, series: Series) -> Viewer:
    if enters_batches(viewer, series):
        return viewer
    return may_change(viewer, series.programme)


def last_batch(series: Series) -> Mission | None:
    rows = Mission.objects.filter(series=series).exclude(number=None).select_related("sender")
    return rows.order_by("-number").first()


def mission_for(mission: UUID) -> Mission:
    """Missions are public to read."""
    rows = Mission.objects.select_related("programme__sender", "series__recipient_area", "sender")
    row = rows.filter(pk=mission).first()
    if row is None:
        raise Unseen(_("There is no such batch."))
    return row


def site_for(site: UUID) -> Site:
    rows = Site.objects.select_related(
        "mission__programme__sender", "mission__sender", "organisation", "area"
    )
    row = rows.filter(pk=site).first()
    if row is None:
        raise Unseen(_("There is no such place of work."))
    return row


def unit_for(unit: UUID) -> SendingUnit:
    rows = SendingUnit.objects.select_related(
        "mission__programme__sender", "mission__sender", "organisation"
    )
    row = rows.filter(pk=unit).first()
    if row is None:
        raise Unseen(_("There is no such sending unit."))
    return row


def honour_for(honour: UUID) -> Honour:
    rows = Honour.objects.select_related(
        "programme__sender",
        "mission__programme__sender",
        "mission__sender",
        "series__programme__sender",
    )
    row = rows.filter(pk=honour).first()
    if row is None:
        raise Unseen(_("There is no such honour."))
    return row


def donation_for(donation: UUID) -> Donation:
    rows = Donation.objects.select_related(
        "programme__sender", "mission__programme__sender", "mission__sender", "area"
    )
    row = rows.filter(pk=donation).first()
    if row is None:
        raise Unseen(_("There is no such donation."))
    return row


def may_change_donation(viewer: Viewer, donation: Donation) -> Viewer:
    """A donation belongs to the mission or the programme that gave it."""
    if donation.mission:
        return may_change_mission(viewer, donation.mission)
    return may_change(viewer, donation.programme)


def may_change_honour(viewer: Viewer, honour: Honour) -> Viewer:
    """An honour belongs to the programme that it hangs on; one of none, to every office."""
    if honour.mission:
        return may_change_mission(viewer, honour.mission)
    series = honour.series
    return may_change(viewer, honour.programme or (series.programme if series else None))


def places_of(mission: Mission) -> frozenset[UUID]:
    """The ids whose scope covers a mission: programme, sender, recipient, sites and units."""
    things = set(covering(mission.programme))
    if mission.sender:
        things |= areas_above(mission.sender)
    if mission.series and mission.series.recipient_area_id:
        things.add(mission.series.recipient_area_id)
    for site in mission.sites.all():
        things |= {x for x in (site.organisation_id, site.area_id) if x}
    things |= {unit.organisation_id for unit in mission.units.all()}
    return frozenset({mission.pk, *things})


@steady
def mission_to_record_for(viewer: Viewer, mission: UUID) -> Mission:
    """The mission alone, for those who record what it did: the way of every record from a phone."""
    row = Mission.objects.filter(pk=mission).first()
    if row is None:
        raise Unseen(_("There is no such batch."))
    may_record_for(viewer, row)
    return row


def records_for(viewer: Viewer, mission: Mission) -> bool:
    """Whether this viewer's scope covers the mission; the near things first, they need no query."""
    near = frozenset({mission.pk, mission.programme_id})
    return viewer.holds_for(*RECORDERS, things=near) or (
        viewer.holds(*RECORDERS) and viewer.holds_for(*RECORDERS, things=places_of(mission))
    )


def may_record_for(viewer: Viewer, mission: Mission) -> Viewer:
    """Members, leaders and offices whose scope covers the mission record what it did."""
    if records_for(viewer, mission):
        return viewer
    raise NotAllowed(_("Only the team or its programme office records what was done."))
