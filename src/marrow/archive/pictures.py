"""The archive's drawings: map, strip and timeline from the rows, in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.archive.rules import NOT_SENT, parted
from marrow.capacity.queries import lists_shown, treated_in
from marrow.core.partial_dates import earliest, latest
from marrow.core.words import colon, comma, in_tongue
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.programmes.models import Programme, Series
from marrow.ui.drawing.strip import Batch, Row, StripWords, strip
from marrow.ui.drawing.timeline import Run, Span, TimelineRow, timeline
from marrow.ui.drawing.world import Arc, Place, ZoomWords, place_alone, world_map


def series_name(series: Series) -> str:
    """The recipient's name, with the track where two series run side by side."""
    recipient = series.recipient_area or series.recipient
    own = in_tongue(series.names)
    name = str(recipient) if recipient else own
    return f"{name} · {own}" if series.track else name


def _batches(series: Series) -> list[Mission]:
    found: list[Mission] = vars(series)["batches"]  # prefetched by queries
    return found


def batches_of(rows: Iterable[Series]) -> int:
    """How many numbered batches of these series stand here, also those that are only planned."""
    return sum(len(_batches(series)) for series in rows)


def sent_of(series: Series) -> tuple[int, int]:
    """How many of its numbered batches were sent, and how many are only planned."""
    return parted(mission.status for mission in _batches(series))


def _counted(rows: Iterable[Series]) -> tuple[int, str]:
    """How many batches went by these series; the same in words, with those that are planned."""
    parts = [sent_of(series) for series in rows]
    sent, planned = sum(one for one, _more in parts), sum(more for _one, more in parts)
    words = ngettext("%(count)s batch", "%(count)s batches", sent) % {"count": sent}
    return sent, words + (f"{comma()}{planned_words(planned)}" if planned else "")


def planned_words(planned: int) -> str:
    """That more are planned; '' where none is."""
    words = ngettext("%(count)s more is planned", "%(count)s more are planned", planned)
    return words % {"count": planned} if planned else ""


def _only_planned(rows: Sequence[Series]) -> bool:
    """Whether nobody went yet, and somebody is to go."""
    return any(_batches(series) for series in rows) and not _counted(rows)[0]


def is_on_post(mission: Mission) -> bool:
    return mission.status in (Mission.Status.ON_POST, Mission.Status.EXTENDED)


def start_of(mission: Mission) -> str:
    """The first date that a source gives for being away."""
    return str(mission.departed_on or mission.arrived_on)


def strip_of(rows: Sequence[Series]) -> SafeString:
    """One row a series, a box a batch, on a numbered strip; years only where they are quoted."""
    words = StripWords(
        resumed=_("sent again after a pause"), untold=_("No. {number}: no source mentions it")
    )
    return _safe(strip([_row(series) for series in rows], words=words))


def _row(series: Series) -> Row:
    href = reverse("archive:series", args=[series.pk])
    return Row(series_name(series), href, [_box(mission) for mission in _batches(series)])


def _box(mission: Mission) -> Batch:
    start = start_of(mission)
    told = _("from %s") % start if start else _("dates not told")
    if mission.status in NOT_SENT:
        told = str(mission.get_status_display())
    return Batch(
        number=mission.number or 0,
        href=reverse("archive:mission", args=[mission.pk]),
        title=f"{mission.number} · {mission}{colon()}{told}",
        year=start[:4],
        dated=bool(start),
        on_post=is_on_post(mission),
        resumed="RESUMED" in mission.tags,
    )


def map_of(programme: Programme | None, rows: Sequence[Series]) -> SafeString:
    """Land, a dot for each recipient sized by its batches; arcs from the programme's sender.

    Several series to one place are one dot, which leads to the place.
    """
    by_area: dict[UUID, list[Series]] = {}
    for series in rows:
        if series.recipient_area and series.recipient_area.lat is not None:
            by_area.setdefault(series.recipient_area.pk, []).append(series)
    by_area = {area: own for area, own in by_area.items() if not _only_planned(own)}
    home, arcs = None, []
    if programme and programme.sender and programme.sender.lat is not None:
        sender = programme.sender
        home = Place(str(sender), sender.lon or 0.0, sender.lat or 0.0, title=str(sender))
        mine = [s for s in by_area.values() if any(x.programme_id == programme.pk for x in s)]
        arcs = [Arc.to(_place(series)) for series in mine]
    treated = treated_in(by_area, timezone.localdate())
    places = [_place(series, treated.get(area)) for area, series in by_area.items()]
    label = _("Where the teams went")
    zoom = ZoomWords(_("Closer"), _("Wider"), _("Whole map"))
    return _safe(world_map(places, arcs, home, label=label, zoom=zoom))


@dataclass(frozen=True, slots=True)
class OffMap:
    """A place that has no point on the map: its picture, and what it says."""

    area: Area
    words: str
    drawing: SafeString


def off_map(rows: Sequence[Series]) -> list[OffMap]:
    """The recipients, and the areas with a list, that nobody knows where to draw."""
    by_area: dict[UUID, list[Series]] = {}
    areas = {row.area_id: row.area for row in lists_shown() if row.area.lat is None}
    for series in rows:
        if series.recipient_area and series.recipient_area.lat is None:
            by_area.setdefault(series.recipient_area.pk, []).append(series)
            areas[series.recipient_area.pk] = series.recipient_area
    treated = treated_in(areas, timezone.localdate())
    found = [_off(area, by_area.get(pk, []), treated.get(pk)) for pk, area in areas.items()]
    return sorted(found, key=lambda one: one.area.path)


def _off(area: Area, rows: Sequence[Series], treated: tuple[int, int] | None) -> OffMap:
    count, told = _counted(rows)
    words = ". ".join([*([told] if rows else []), *_treated_words(treated)])
    ring = treated[0] / treated[1] if treated else None
    on_post = any(is_on_post(mission) for series in rows for mission in _batches(series))
    drawn = place_alone(Place(str(area), 0.0, 0.0, count, on_post=on_post, ring=ring))
    return OffMap(area, words, _safe(drawn))


def _place(rows: Sequence[Series], treated: tuple[int, int] | None = None) -> Place:
    """The dot of one recipient; `rows` are all its series. `treated` is how many of the items on
    the place's lists locals treat alone, and how many are listed: the ring round the dot."""
    area = rows[0].recipient_area
    count, told = _counted(rows)
    alone = reverse("archive:series", args=[rows[0].pk])
    return Place(
        name=str(area),
        lon=(area.lon if area else None) or 0.0,
        lat=(area.lat if area else None) or 0.0,
        count=count,
        href=alone if len(rows) == 1 else reverse("directory:area", args=[area.code]),  # type: ignore[union-attr]
        title=". ".join([f"{area}{colon()}{told}", *_treated_words(treated)]),
        on_post=any(is_on_post(mission) for series in rows for mission in _batches(series)),
        ring=treated[0] / treated[1] if treated else None,
    )


def _treated_words(treated: tuple[int, int] | None) -> list[str]:
    if treated is None:
        return []
    told = {"count": treated[0], "listed": treated[1]}
    return [_("Treated by locals alone: %(count)d of %(listed)d listed") % told]


def timeline_of(
    rows: Sequence[Series], trips: Sequence[Mission], runs: Mapping[UUID, str], today: dt.date
) -> SafeString:
    """Dated missions on years, a row a series; `runs` are the periods ("2014/2016") of series."""
    drawn = [
        TimelineRow(
            series_name(series),
            _spans(_batches(series)),
            reverse("archive:series", args=[series.pk]),
            _run(series, runs.get(series.pk, "")),
        )
        for series in rows
    ]
    drawn.append(TimelineRow(_("Other missions"), _spans(trips), reverse("archive:missions")))
    return _safe(timeline(drawn, today=today, label=_("Missions with a date, by year")))


def _spans(missions: Sequence[Mission]) -> list[Span]:
    return [span for mission in missions if (span := _span(mission))]


def _run(series: Series, period: str) -> Run | None:
    """From the year since which it runs to the last that a source gives; None without both."""
    batches = _batches(series)
    told = [day[:4] for m in batches for day in (start_of(m), m.returned_on, m.status_as_of) if day]
    first, _slash, last = period.partition("/")
    first, last = first[:4] or series.since[:4], max([last[:4], *told])
    if not (first and last and first < last):
        return None
    return Run(
        f"{series_name(series)}{colon()}{_counted([series])[1]}, {first}–{last}",
        first,
        last,
    )


def _span(mission: Mission) -> Span | None:
    start, end = start_of(mission), mission.returned_on
    if not start:
        return None
    seen = mission.status_as_of if is_on_post(mission) else ""
    last = latest(end) if end else (latest(seen) if seen else None)
    return Span(
        title=f"{mission}{colon()}{start} – {end or seen or '?'}",
        href=reverse("archive:mission", args=[mission.pk]),
        start=earliest(start),
        end=last if last and last >= earliest(start) else None,
        on_post=is_on_post(mission),
        exact=len(start) == len("2006-09-04"),
    )


def _safe(drawn: str) -> SafeString:
    """The drawings escape every name themselves (tests/unit/ui/drawing)."""
    return mark_safe(drawn)  # noqa: S308
