"""An operating list: its lines, what is late, its figures, its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.activity.models import Deed
from marrow.briefs import access
from marrow.briefs.models import Screened
from marrow.briefs.rules.operating import DAY_1, WEEK_6, Listed, Rates, due, is_late, rates
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.posts.access import hosted_by
from marrow.teams.access import missions_of
from marrow.ui.papers.tables import Row

OPERATIONS = ("OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED")
SEES = "SIGHT_RESTORED"
SHOWS = ("operated", "day1", "week6", "late", "sees")
LISTED_KINDS = ("SHORT_SURGICAL", "FREE_CLINIC", "TOUR", "HOSPITAL_SHIP")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with when its checks are due, and which of them is late."""

    row: Screened
    listed: Listed
    day1_due: dt.date | None
    week6_due: dt.date | None
    day1_late: bool
    week6_late: bool

    @property
    def late(self) -> bool:
        return self.day1_late or self.week6_late


def as_listed(row: Screened) -> Listed:
    deed = row.operation
    stands = deed is not None and not deed.void_reason
    outcome = row.week6_outcome or row.day1_outcome
    return Listed(
        deed.held_on if deed and stands else None, row.day1_on, row.week6_on,
        stands and (outcome or (deed.outcome if deed else "")) == SEES,
    )  # fmt: skip


def _rows(mission: Mission) -> QuerySet[Screened]:
    rows = Screened.objects.filter(mission=mission, void_reason="")
    return rows.select_related("organisation", "item", "operation__item")


def lines(mission: Mission, today: dt.date) -> list[Line]:
    return [_line(row, today) for row in _rows(mission)]


def _line(row: Screened, today: dt.date) -> Line:
    listed = as_listed(row)
    return Line(
        row, listed, due(listed, DAY_1), due(listed, WEEK_6), is_late(listed, DAY_1, today),
        is_late(listed, WEEK_6, today),
    )  # fmt: skip


def rates_of(found: Iterable[Line], today: dt.date) -> Rates:
    return rates((line.listed for line in found), today)


def only(found: Iterable[Line], show: str, today: dt.date) -> list[Line]:
    """The lines behind a figure; all where it is none of `SHOWS`."""
    kept = {
        "operated": lambda line: line.listed.operated_on,
        "day1": lambda line: line.listed.day1_on,
        "week6": lambda line: line.week6_due and (line.week6_due <= today or line.row.week6_on),
        "late": lambda line: line.late,
        "sees": lambda line: line.listed.sees_again,
    }.get(show)  # fmt: skip
    return [line for line in found if kept is None or kept(line)]


def places_of(mission: Mission) -> list[Organisation]:
    """The hospitals where the mission works."""
    found = Q(sites__mission=mission)
    if mission.series and mission.series.recipient_id:
        found |= Q(pk=mission.series.recipient_id)
    return list(Organisation.objects.filter(found).distinct().order_by("pk"))


def recorded_for(row: Screened) -> list[tuple[str, str]]:
    """The team's operations at that hospital that no line has, as choices; the newest first."""
    taken = Screened.objects.exclude(operation=None).values("operation")
    rows = Deed.objects.filter(
        mission=row.mission_id, organisation=row.organisation_id, kind__in=OPERATIONS,
        void_reason="", held_on__gte=row.screened_on,
    ).exclude(pk__in=taken)  # fmt: skip
    found = rows.select_related("item").order_by("-held_on", "pk")[:200]
    return [(str(d.pk), " · ".join(filter(None, (str(d), str(d.item or ""))))) for d in found]


def has_list(mission: Mission) -> bool:
    """Whether a list is kept, or is what such a mission keeps."""
    return mission.kind in LISTED_KINDS or Screened.objects.filter(mission=mission).exists()


def late_checks(viewer: Viewer, today: dt.date) -> list[tuple[Mission, int]]:
    """Missions with checks that are late, for their team and their hosts, with how many."""
    served, hosts = missions_of(viewer), viewer.holds("recipient", "head")
    if not served and not hosts:
        return []
    mine = Q(pk__in=served)
    if hosts:
        mine |= Q(pk__in=Mission.objects.filter(hosted_by(viewer)).values("pk"))
    listed = Screened.objects.filter(void_reason="", operation__void_reason="")
    waits = listed.filter(Q(day1_on=None) | Q(week6_on=None)).values("mission")
    rows = Mission.objects.filter(mine, pk__in=waits).distinct()
    counts = [(m, sum(line.late for line in lines(m, today))) for m in rows[:20]]
    return [(m, count) for m, count in counts if count]


def header() -> list[str]:
    return [
        pgettext("operating list", "No."), _("Hospital"), _("Screened on"),
        pgettext("operating list", "What was decided"),
        pgettext("what was done", "Technique or condition"), _("Sex"), _("Age"), _("Operated on"),
        pgettext("operating list", "Day 1: seen on"), pgettext("operating list", "Day 1: outcome"),
        pgettext("operating list", "Week 6: seen on"),
        pgettext("operating list", "Week 6: outcome"),
    ]  # fmt: skip


def table(found: Sequence[Line]) -> Iterator[Row]:
    for line in found:
        row = line.row
        yield [
            row.number, str(row.organisation), row.screened_on, str(row.get_verdict_display()),
            row.technique, _said(row, "sex"), _said(row, "age"), line.listed.operated_on,
            row.day1_on, _said(row, "day1_outcome"), row.week6_on, _said(row, "week6_outcome"),
        ]  # fmt: skip


def _said(row: Screened, column: str) -> str:
    return str(getattr(row, f"get_{column}_display")()) if getattr(row, column) else ""


def may_list(viewer: Viewer, mission: Mission) -> bool:
    return access.lists(viewer, mission)
