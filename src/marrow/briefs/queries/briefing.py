"""Briefs: of a team by month, which are waited for, what one shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from marrow.accounts.queries import names_of
from marrow.activity.models import Deed, Picture
from marrow.activity.queries.pictures import pictures_of
from marrow.activity.rules.months import after, first_of
from marrow.briefs import access
from marrow.briefs.models import Brief
from marrow.briefs.queries.figures import Figure, figures_of, rows_behind
from marrow.briefs.rules.months import due_on, is_overdue, months_of
from marrow.core.partial_dates import earliest
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.posts.access import watched_for
from marrow.posts.models import Watch
from marrow.teams.access import LEADERS, formed_by, missions_of


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a team, with its brief where one is begun that the reader may see."""

    month: dt.date
    due_on: dt.date
    brief: Brief | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Team:
    mission: Mission
    months: list[Month]


@dataclass(frozen=True, slots=True)
class Photograph:
    pk: UUID
    width: int
    height: int
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a brief; `now` is what it is today where the brief is sent and it differs."""

    figure: Figure
    href: str
    now: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    brief: Brief
    lines: list[Line]
    photographs: list[Photograph]
    sent_by: str


def since_until(mission: Mission) -> tuple[dt.date | None, dt.date | None]:
    """The days between which the team was on post; (None, None) where it never was, as far as
    Marrow looked after it."""
    watch = Watch.objects.filter(mission=mission).first()
    return _span(mission, watch) if watch else (None, None)


def _span(mission: Mission, watch: Watch) -> tuple[dt.date, dt.date | None]:
    """From the day that the team arrived, which its office may have told later."""
    begun = watch.started_at.date()
    since = min(begun, earliest(mission.arrived_on)) if mission.arrived_on else begun
    return since, watch.stopped_at.date() if watch.stopped_at else None


def months(viewer: Viewer, mission: Mission, today: dt.date) -> list[Month]:
    """The months of a team, the newest first."""
    since, until = since_until(mission)
    if since is None:
        return []
    held = {b.month: b for b in Brief.objects.filter(mission=mission)}
    return list(_months(held, since, until, today, drafts=access.writes(viewer, mission)))


def _months(
    held: dict[dt.date, Brief], since: dt.date, until: dt.date | None, today: dt.date, *,
    drafts: bool,
) -> Iterator[Month]:  # fmt: skip
    for month in months_of(since, until, today):
        brief = held.get(month)
        sent = brief is not None and brief.is_sent
        shown = brief if sent or drafts else None
        yield Month(month, due_on(month), shown, not sent and is_overdue(month, today))


def teams(viewer: Viewer, today: dt.date) -> list[Team]:
    """The teams on post whose briefs this viewer reads, those that are late first."""
    rows = [m for m in watched_for(viewer).select_related("programme__sender", "series").distinct()
            if access.reads(viewer, m)]  # fmt: skip
    found = _told(rows, today)
    return sorted(found, key=lambda team: -sum(m.overdue for m in team.months))


def _told(rows: Sequence[Mission], today: dt.date) -> list[Team]:
    held: dict[UUID, dict[dt.date, Brief]] = {}
    for brief in Brief.objects.filter(mission__in=rows):
        held.setdefault(brief.mission_id, {})[brief.month] = brief
    watches = {w.mission_id: w for w in Watch.objects.filter(mission__in=rows)}
    found = []
    for row in rows:
        if watch := watches.get(row.pk):
            told = _months(held.get(row.pk, {}), *_span(row, watch), today, drafts=False)
            found.append(Team(row, list(told)))
    return found


def late(viewer: Viewer, today: dt.date) -> list[tuple[Mission, list[Month]]]:
    """The teams that an office forms and whose briefs are late, with the months, oldest first."""
    if not viewer.holds("office"):
        return []
    waited = Watch.objects.filter(stopped_at=None, mission__in=formed_by(viewer).values("pk"))
    told = waited.annotate(told=F("mission__briefs__month"), how=F("mission__briefs__state"))
    watches, sent = dict[UUID, Watch](), dict[UUID, set[dt.date]]()
    for row in told.select_related("mission").order_by("mission"):
        watches[row.mission_id] = row
        if row.how == Brief.State.SENT:
            sent.setdefault(row.mission_id, set()).add(row.told)
    found = [
        (w.mission, [m for m in months_of(*_span(w.mission, w), today)
                     if m not in sent.get(pk, ()) and is_overdue(m, today)][::-1])
        for pk, w in watches.items()
    ]  # fmt: skip
    owed = [(m, [Month(d, due_on(d), None, True) for d in days]) for m, days in found if days]
    return sorted(owed, key=lambda pair: pair[1][0].month)


def to_write(viewer: Viewer, today: dt.date) -> list[tuple[Mission, Month]]:
    """The last whole month of each team that this viewer leads, where it is not sent."""
    led = missions_of(viewer, LEADERS)
    if not led:
        return []
    last, found = after(first_of(today), -1), list[tuple[Mission, Month]]()
    for team in _told(list(Mission.objects.filter(pk__in=led)), today):
        found += [(team.mission, m) for m in team.months if m.month == last and m.brief is None]
    return found


def photographs(mission: Mission, month: dt.date) -> list[Photograph]:
    """Those of what the team did in a month whose bytes have come, in the order of days."""
    deeds = Deed.objects.filter(
        mission=mission, void_reason="", held_on__gte=month, held_on__lt=after(month)
    )
    return _photographs(deeds.filter(pk__in=Picture.objects.filter(void_reason="").values("deed")))


def _photographs(deeds: Iterable[Deed]) -> list[Photograph]:
    by_day = {deed.pk: deed for deed in sorted(deeds, key=lambda d: (d.held_on, str(d.pk)))}
    shots = pictures_of(by_day)
    return [
        Photograph(shot.pk, shot.width, shot.height, f"{deed.get_kind_display()} · {deed.held_on}")
        for pk, deed in by_day.items() for shot in shots.get(pk, ())
        if shot.width and shot.height
    ]  # fmt: skip


def chosen(brief: Brief) -> list[Photograph]:
    """What a brief shows, in its order; what was taken out meanwhile is left out."""
    rows = brief.shown.filter(picture__void_reason="").select_related("picture__deed")
    places = {row.picture_id: row.place for row in rows}
    found = [p for p in _photographs({r.picture.deed for r in rows}) if p.pk in places]
    return sorted(found, key=lambda p: places[p.pk])


def lines_now(mission: Mission, month: dt.date) -> list[Line]:
    """The figures of a month as they are today, beside which a leader writes."""
    return [
        Line(figure, rows_behind(mission, month, figure.code), figure.value, False)
        for figure in figures_of(mission, month)
    ]


def shown(brief: Brief) -> Shown:
    """A draft with the figures of now; a sent one with those of its day, and what differs since."""
    now = figures_of(brief.mission, brief.month)
    told = [Figure(**kept) for kept in brief.figures] if brief.is_sent else now
    today = {figure.code: figure.value for figure in now}
    lines = [
        Line(
            figure, rows_behind(brief.mission, brief.month, figure.code), today.get(figure.code),
            brief.is_sent and today.get(figure.code) != figure.value,
        )
        for figure in told
    ]  # fmt: skip
    who = names_of({brief.sent_by}).get(brief.sent_by, "") if brief.sent_by else ""
    return Shown(brief, lines, chosen(brief), who)
