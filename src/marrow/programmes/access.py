"""Who may found and change commitments: the programme office within whose scope they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.directory.access import areas_at
from marrow.directory.models import Area
from marrow.programmes.models import Agreement, Event, Programme, Series


def may_found(viewer: Viewer) -> Viewer:
    """A programme office, whatever its scope, may found a programme."""
    if viewer.holds("office"):
        return viewer
    raise NotAllowed(_("Only a programme office founds programmes and series."))


def may_found_for(viewer: Viewer, programme: Programme) -> Viewer:
    """An office founds what it then keeps: a programme of its own area."""
    if changes(viewer, programme):
        return viewer
    raise NotAllowed(_("An office founds programmes that its own area sends. Choose the sender."))


def covering(programme: Programme) -> frozenset[UUID]:
    """The ids whose scope covers the programme: itself, its sender and the areas above."""
    if programme.sender is None:
        return frozenset({programme.pk})
    return frozenset({programme.pk, *areas_above(programme.sender)})


def areas_above(area: Area) -> frozenset[UUID]:
    """An area and those that it lies in, up to the world; asked once for one loading of it."""
    known: frozenset[UUID] | None = getattr(area, "above_it", None)
    if known is None:
        known = frozenset({area.pk, *_named_on(area.path)})
        area.above_it = known  # type: ignore[attr-defined]
    return known


@remembered
def _named_on(path: str) -> frozenset[UUID]:
    """The areas whose codes make up this path."""
    codes = [c for c in path.split("/") if c]
    return frozenset(Area.objects.filter(code__in=codes).order_by().values_list("pk", flat=True))


def office_covers(viewer: Viewer, area: Area) -> bool:
    """Whether this viewer's office is that of an area, or of one in which it lies."""
    if viewer.holds_everywhere("office"):
        return True
    things = things_of_office(viewer)
    if area.pk in things:
        return True
    limits = areas_at(frozenset(things)) if things else []
    return any(one.path and area.path.startswith(one.path) for one in limits)


@remembered
def changed_by(viewer: Viewer) -> QuerySet[Programme]:
    """The programmes that this viewer's office may change, by one question."""
    if viewer.holds_everywhere("office"):
        return Programme.objects.all()
    things = things_of_office(viewer)
    here = Q(pk__in=things) | Q(sender__in=things) | lies_within(things, "sender__path")
    return Programme.objects.filter(here)


def things_of_office(viewer: Viewer) -> list[UUID]:
    """The programmes, organisations and areas to which this viewer's office is limited."""
    return [g.thing for g in viewer.grants if g.role == "office" and g.thing]


def lies_within(areas: Iterable[UUID], path: str) -> Q:
    """A condition: the area whose path this is lies within one of these areas."""
    found = Q(pk__in=[])
    for area in areas_at(frozenset(areas)):
        if area.path:  # an area that hangs nowhere covers nothing
            found |= Q(**{f"{path}__startswith": area.path})
    return found


def of_its_office(*paths: str) -> Callable[[Viewer], Q]:
    """Records of the programmes that a viewer's office may change."""
    return lambda viewer: on_programmes(viewer, changed_by(viewer), paths)


def on_programmes(
    viewer: Viewer, mine: QuerySet[Programme] | tuple[UUID, ...], paths: Iterable[str]
) -> Q:
    """Records of these programmes; the first path that leads to a programme counts, and a record
    that has none belongs to any office."""
    found, none = Q(), Q()
    for path in paths:
        found |= none & Q(**{f"{path}__in": mine})
        none &= Q(**{f"{path}__isnull": True})
    return found | none if viewer.holds("office") else found


def may_change_each(viewer: Viewer, programmes: Iterable[Programme]) -> Viewer:
    """For what is kept in bulk: every programme that is there already must be the viewer's own."""
    for programme in {p.pk: p for p in programmes}.values():
        may_change(viewer, programme)
    return may_found(viewer)


def may_change(viewer: Viewer, programme: Programme | None) -> Viewer:
    if changes(viewer, programme):
        return viewer
    raise NotAllowed(_("Only the programme office of this programme changes it."))


def changes(viewer: Viewer, programme: Programme | None) -> bool:
    """Whether this viewer may change it: what decides if a page offers to.

    What belongs to no programme (a meeting, an honour) is common to all offices.
    """
    if programme is None:
        return viewer.holds("office")
    if viewer.holds_for("office", things=frozenset({programme.pk})):
        return True
    return viewer.holds("office") and viewer.holds_for("office", things=covering(programme))


def programme_for(key: str) -> Programme:
    row = Programme.objects.select_related("sender").filter(key=key).first()
    if row is None:
        raise Unseen(_("There is no such programme."))
    return row


def series_for(series: UUID) -> Series:
    row = Series.objects.select_related("programme__sender", "recipient_area").filter(pk=series)
    if not (found := row.first()):
        raise Unseen(_("There is no such series."))
    return found


def agreement_for(agreement: UUID) -> Agreement:
    row = Agreement.objects.select_related("programme__sender").filter(pk=agreement).first()
    if row is None:
        raise Unseen(_("There is no such agreement."))
    return row


def event_for(event: UUID) -> Event:
    rows = Event.objects.select_related("programme__sender").prefetch_related("speakers")
    row = rows.filter(pk=event).first()
    if row is None:
        raise Unseen(_("There is no such event."))
    return row
