"""Which months a hospital, its departments and teams should have reported.

A unit owes from the first month that it told (handed in, and not sent back). A team owes until a
year after its last month, and so does a hospital that no programme serves any more. A hospital that
was merged owes nothing from the month of the merge on, and a department nothing from the month on
in which the hospital tells as a whole what the department told by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, Min, Q, QuerySet, When

from marrow.activity.models import Report
from marrow.activity.rules.levels import COUNTS
from marrow.activity.rules.months import begun_after, expected, is_silent
from marrow.directory.queries import merged_on
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.teams.rules.stages import AWAY, STILL_FORMING

Unit = tuple[UUID, UUID | None]  # a hospital, a department of it (None: the whole)


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit's last month that was told, all that it should have told, and which of the months that
    were asked for it told."""

    last: dt.date
    months: frozenset[dt.date]
    told: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True)
class _Span:
    first: dt.date
    last: dt.date
    merged: bool
    told: frozenset[dt.date]


def owed_by_team(mission: Mission, today: dt.date) -> dict[UUID, Owed]:
    """By the hospital at which the team told of its months."""
    rows = Report.objects.filter(mission=mission, state__in=COUNTS).order_by()
    spans = rows.values_list("organisation").annotate(Min("month"), Max("month"))
    return {
        place: Owed(last, frozenset(expected(first, last, today))) for place, first, last in spans
    }


def owed_by_hospitals(
    hospitals: Collection[UUID], today: dt.date, since: dt.date = dt.date.max
) -> dict[Unit, Owed]:
    """Of these hospitals each unit that ever told a month of its own, with those that it told from
    the month `since` on."""
    rows = Report.objects.filter(organisation__in=hospitals, mission=None, state__in=COUNTS)
    spans = _spans(rows, since)
    merged = {place for (place, _unit), span in spans.items() if span.merged}
    days = merged_on(merged) if merged else {}
    whole = _told_as_a_whole(rows, spans)
    silent = {place for (place, _unit), span in spans.items() if is_silent(span.last, today)}
    served = _served(silent) if silent else frozenset()
    found = {}
    for unit, span in spans.items():
        place, department = unit
        ends = [days.get(place, span.last) if span.merged else None]
        if department:
            ends.append(begun_after(whole[place], span.first, span.last))
        ended = min(filter(None, ends), default=None)
        stays = None if place in served or place not in silent else span.last
        months = frozenset(expected(span.first, stays, today, ended))
        found[unit] = Owed(span.last, months, span.told)
    return found


def _spans(rows: QuerySet[Report], since: dt.date) -> dict[Unit, _Span]:
    """By one question: the months from `since` on one by one, those before them as one row."""
    told: Any = rows.order_by().annotate(
        recent=Case(When(month__gte=since, then="month"))
    ).values_list(
        "organisation", "department", "organisation__successor", "recent"
    ).annotate(Min("month"), Max("month"))  # fmt: skip
    found: dict[Unit, _Span] = {}
    for place, unit, successor, recent, first, last in told:
        months = frozenset({recent} if recent else ())
        one = found.setdefault((place, unit), _Span(first, last, successor is not None, months))
        found[place, unit] = _Span(
            min(first, one.first), max(last, one.last), one.merged, one.told | months
        )
    return found


def _told_as_a_whole(
    rows: QuerySet[Report], spans: dict[Unit, _Span]
) -> dict[UUID, set[dt.date]]:  # fmt: skip
    """The months that hospitals told as a whole: of those alone that also have departments which
    told nothing since."""
    found: dict[UUID, set[dt.date]] = defaultdict(set)
    asked = {
        place for (place, unit), span in spans.items()
        if unit and (place, None) in spans and spans[place, None].last > span.last
    }  # fmt: skip
    if asked:
        both = rows.filter(organisation__in=asked, department=None)
        for place, month in both.order_by().values_list("organisation", "month"):
            found[place].add(month)
    return found


def _served(hospitals: Collection[UUID]) -> frozenset[UUID]:
    """Those of them where a team works or is formed for, or whose series a running programme
    keeps."""
    rows = Mission.objects.order_by()
    there = rows.filter(sites__organisation__in=hospitals, status__in=(*STILL_FORMING, *AWAY))
    kept = rows.filter(
        Q(series__recipient__in=hospitals), programme__status=Programme.Status.RUNNING
    )
    return frozenset(
        there.values_list("sites__organisation", flat=True).union(
            kept.values_list("series__recipient", flat=True)
        )
    )
