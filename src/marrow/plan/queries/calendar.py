"""The calendar of rotations: who is on post now, who follows, for each destination."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.core.words import colon, in_tongue
from marrow.missions.models import Mission
from marrow.plan.models import PlannedTeam, Scenario
from marrow.plan.queries.forming import Span, span_of
from marrow.plan.queries.nobody_there import Gap, gaps, missions_beside
from marrow.plan.queries.pages import TeamLine
from marrow.programmes.models import Series
from marrow.teams.rules.stages import AT_HOME, AWAY
from marrow.ui.drawing.rotations import Bar, Rotation, rotations


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rows of a plan as a picture; what is on post now is filled. `undated`: on post, but their
    first day is not known, so not drawn. `gaps`: between two teams, with nobody there."""

    picture: SafeString
    undated: list[Mission]
    gaps: list[Gap]


def calendar_of(scenario: Scenario, lines: Iterable[TeamLine], on: dt.date) -> Calendar:
    teams = list(lines)
    bars: dict[str, list[Bar]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in teams:
        key = str(line.row.series_id or line.row.pk)
        names[key] = _place(line.row)
        bars[key].append(_planned(scenario, line))
    first = min([scenario.from_on, on, *(t.row.from_on for t in teams)])
    undated: list[Mission] = []
    missions = missions_beside(t.row for t in teams)
    for mission in (m for m in missions if m.status in AWAY):
        span = span_of(mission, mission.seats.all())
        if span is None:
            undated.append(mission)
        elif span.until_on > max(on, first):
            bars[str(mission.series_id)].append(_away(mission, span))
    last = max([scenario.until_on, *(t.row.until_on for t in teams)])
    drawn = [Rotation(names[key], bars[key]) for key in names]
    picture = rotations(drawn, months=months_of(first, last), label=_("Rotations")) if drawn else ""
    return Calendar(
        mark_safe(picture),  # noqa: S308  every word in it is escaped by `drawing.markup`
        undated,
        gaps(scenario, teams, missions, on),
    )


def _place(team: PlannedTeam) -> str:
    series: Series | None = team.series
    if series is None:
        return team.title
    area = series.recipient_area
    return in_tongue(area.names) if area else str(team.recipient or series)


def _planned(scenario: Scenario, line: TeamLine) -> Bar:
    row = line.row
    called = f"{row.number}" if row.number else row.code
    label = _("%(called)s · %(filled)s of %(seats)s") % {
        "called": called, "filled": line.filled, "seats": line.seats
    }  # fmt: skip
    days = f"{row.from_on} – {row.last_on}"
    href = f"{reverse('plan:plan', args=[scenario.pk])}?team={row.code}#seats"
    title = f"{row}{colon()}{label}, {days}"
    return Bar(label, title, href, row.from_on, row.until_on, short=called)


def _away(mission: Mission, span: Span) -> Bar:
    n = mission.size or sum(
        a.state == "SERVING" for s in mission.seats.all() for a in s.assignments.all()
    )
    people = ngettext("%(n)s on post", "%(n)s on post", n) % {"n": n} if n else _("on post")
    label = f"{mission.number} · {people}"
    href = reverse("teams:team", args=[mission.pk])
    return Bar(
        label, f"{mission}{colon()}{people}", href, span.from_on, span.until_on, on_post=True
    )


def over(lines: Iterable[TeamLine], on: dt.date) -> list[PlannedTeam]:
    """Teams that did not leave yet and whose whole time is past."""
    return [t.row for t in lines if is_over(t.row, on)]


def is_over(team: PlannedTeam, on: dt.date) -> bool:
    return team.until_on <= on and (team.mission is None or team.mission.status in AT_HOME)


def over_words(team: PlannedTeam) -> str:
    """The warning that a team's whole time is past, on its own."""
    told = {"team": team.code, "start": team.from_on, "end": team.last_on}
    return (
        _("%(team)s did not leave, and its whole time is past (%(start)s – %(end)s). Move it, or"
          " take it out.") % told
    )  # fmt: skip


def months_of(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """The first days of the months from the first day to the last, and one more."""
    at = first.replace(day=1)
    found: list[tuple[dt.date, str]] = []
    while at < last:
        found.append((at, date_format(at, pgettext("a month on an axis, as a date format", "M"))))
        at = (at + dt.timedelta(days=32)).replace(day=1)
    return [*found, (at, "")]
