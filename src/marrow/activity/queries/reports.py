"""Months' reports: which are there, which are missing, which wait for whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from marrow.activity import access
from marrow.activity.models import Count, Deed, Report
from marrow.activity.queries.disputes import told_otherwise
from marrow.activity.queries.due import owed_by_hospitals, owed_by_team
from marrow.activity.queries.naming import to_confirm
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.levels import COUNTS
from marrow.activity.rules.months import after, first_of, of_year
from marrow.activity.rules.numbers import plain
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.directory.access import organisations_of, spoken_for
from marrow.directory.models import Department, Organisation
from marrow.missions.models import Mission
from marrow.teams.access import formed_by, hospitals_served

State = Report.State
WORDS = "WORDS"  # beside the states: words of sources that wait for a second person
Unit = tuple[UUID | None, UUID | None]  # department, mission


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a unit: its newest report in whatever state, and whether it is due and whether it
    is told: some version of it was handed in and did not come back."""

    first: dt.date
    report: Report | None
    due: bool
    told: bool

    @property
    def missing(self) -> bool:
        return self.due and not self.told


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's year, month by month."""

    name: str
    months: list[Month]

    @property
    def missing(self) -> int:
        return sum(month.missing for month in self.months)

    @property
    def expected(self) -> int:
        return sum(month.due for month in self.months)

    @property
    def reported(self) -> int:
        return self.expected - self.missing


def units_of(
    year: int, today: dt.date, organisation: Organisation | None = None,
    mission: Mission | None = None,
) -> list[UnitYear]:  # fmt: skip
    """Every unit that ever reported, with the months of a year: of a hospital's own, or a team."""
    due = _owed(organisation, mission, today)
    rows = Report.objects.filter(
        **({"mission": mission} if mission else {"organisation": organisation, "mission": None})
    )
    key = "organisation" if mission else "department"
    shown: dict[Any, dict[dt.date, Report]] = defaultdict(dict)
    told: dict[Any, set[dt.date]] = defaultdict(set)
    for row in rows.filter(month__year=year).order_by("version"):
        unit = getattr(row, f"{key}_id")
        shown[unit][row.month] = row
        if row.state in COUNTS:
            told[unit].add(row.month)
    names: Any = (Organisation if mission else Department).objects.in_bulk(
        [pk for pk in (*due, *shown) if pk]
    )
    found = []
    for unit in dict.fromkeys((*due, *shown)):
        asked = due.get(unit, frozenset())
        months = [Month(m, shown[unit].get(m), m in asked, m in told[unit]) for m in of_year(year)]
        found.append(UnitYear(str(names[unit]) if unit else "", months))
    return sorted(found, key=lambda u: u.name)


def _owed(
    organisation: Organisation | None, mission: Mission | None, today: dt.date
) -> dict[UUID | None, frozenset[dt.date]]:
    """By the place of a team, or the department of a hospital, the months that it owes."""
    if mission:
        return {place: owed.months for place, owed in owed_by_team(mission, today).items()}
    owed = owed_by_hospitals([organisation.pk] if organisation else [], today)
    return {unit: found.months for (_place, unit), found in owed.items()}


def missing_of(organisation: Organisation, year: int, today: dt.date) -> int:
    """How many months of a year are missing, by those of `units_of`."""
    owed = owed_by_hospitals([organisation.pk], today, dt.date(year, 1, 1)).values()
    return sum(len({m for m in one.months if m.year == year} - one.told) for one in owed)


@dataclass(frozen=True, slots=True)
class Filled:
    """A line of the report's form: a kind and what is written, as reported and as adjusted; and
    what other phones told, where nobody has chosen yet."""

    code: str
    label: str
    reported: Decimal | None
    adjusted: Decimal | None
    parts: int  # cells of a specialty or group
    contested: bool = False  # two phones differ: what is reported stands in no figure
    overruled: bool = False  # they differed, and an office chose in another version: nor does this
    others: tuple[Decimal | None, ...] = ()  # None: a phone took it out


def cells_of(report: Report) -> list[Filled]:
    """Every kind that the report has a cell of, ours first, then the source's own words."""
    found: dict[str, dict[str, Any]] = defaultdict(lambda: {"parts": 0, "contested": False})
    for cell in report.counts.select_related("indicator"):
        line = found[cell.indicator.words]
        line["contested"] |= cell.contested
        if cell.specialty or cell.group:
            line["parts"] += 1
        else:
            line[cell.basis] = plain(cell.value)
    told = {kind: values for kind, values in told_otherwise(report).items() if kind in KINDS}
    gone = [kind for kind in told if "REPORTED" not in found.get(kind, {})]
    if gone and _is_last(report):  # a number that was taken out: a line may be open about it
        for kind in gone:
            found[kind]["contested"] = True
    order = [*(k for k in KINDS if k in found), *sorted(set(found) - set(KINDS))]
    filled = (_filled(words, found[words], told.get(words, ())) for words in order)
    return [one for one in filled if one]


def _is_last(report: Report) -> bool:
    """Whether no later version of the report was begun: lines are taken into the last alone."""
    return versions_of(report)[0].pk == report.pk


def _filled(words: str, line: Mapping[str, Any], told: Iterable[Decimal | None]) -> Filled | None:
    """A line of the form; None where a number is gone and nobody tells another."""
    reported, adjusted = line.get("REPORTED"), line.get("ADJUSTED")
    others = _beside(reported, told)
    if not others and reported is None and adjusted is None and not line["parts"]:
        return None
    open_ = line["contested"] and bool(others)
    label = in_tongue(KINDS[words]) if words in KINDS else words
    return Filled(
        words,
        label,
        reported,
        adjusted,
        line["parts"],
        open_,
        line["contested"] and not open_,
        others,
    )


def _beside(held: Decimal | None, told: Iterable[Decimal | None]) -> tuple[Decimal | None, ...]:
    """Each other value once, in the order in which phones told them."""
    return tuple(value for value in dict.fromkeys(told) if value != held)


def versions_of(report: Report) -> list[Report]:
    rows = Report.objects.filter(
        organisation=report.organisation_id, department=report.department_id,
        mission=report.mission_id, month=report.month,
    )  # fmt: skip
    return list(rows.order_by("-version"))


def reports_of(viewer: Viewer) -> QuerySet[Report]:
    """All reports that this viewer may read."""
    return Report.objects.filter(access.reports_seen(viewer)).select_related(
        "organisation", "department", "mission"
    )


def _of_office(viewer: Viewer) -> Q:
    if not viewer.holds("office"):
        return Q(pk__in=[])
    if viewer.holds_everywhere("office"):
        return Q(pk__isnull=False)
    own = Q(mission=None, organisation__in=hospitals_served(viewer).values("pk"))
    return own | Q(mission__in=formed_by(viewer).values("pk"))


def _to_decide(viewer: Viewer) -> Q:
    """Handed in by another: SUBMITTED of this viewer's hospital, or of those that their office
    serves, which approves what is REVIEWED too."""
    mine = Q(organisation__in=spoken_for(viewer, "recipient"), state=State.SUBMITTED)
    mine |= _of_office(viewer) & Q(state__in=(State.SUBMITTED, State.REVIEWED))
    return mine & ~Q(handed_in_by=viewer.person)


def _sent_back(viewer: Viewer) -> Q:
    """Reports that this viewer handed in and got back."""
    return Q(state=State.RETURNED, handed_in_by=viewer.person)


def to_review(viewer: Viewer) -> QuerySet[Report]:
    return _with_place(_to_decide(viewer) & Q(state=State.SUBMITTED))


def to_approve(viewer: Viewer) -> QuerySet[Report]:
    return _with_place(_to_decide(viewer) & Q(state=State.REVIEWED))


def sent_back(viewer: Viewer) -> QuerySet[Report]:
    return _with_place(_sent_back(viewer)).order_by("month")


def _with_place(those: Q) -> QuerySet[Report]:
    return Report.objects.filter(those).select_related("organisation", "department", "mission")


def waiting_counts(viewer: Viewer) -> dict[str, int]:
    """How many wait for this viewer: reports to `review`, to `approve`, their own that came `back`,
    and `words` of sources; all in one question, for *Today* asks it of everybody."""
    states = {"review": State.SUBMITTED, "approve": State.REVIEWED, "back": State.RETURNED}
    those = _to_decide(viewer) | _sent_back(viewer)
    rows = Report.objects.filter(those, state__in=states.values()).order_by()
    words = to_confirm(viewer).order_by().annotate(what=Value(WORDS)).values("what")
    counts = dict(
        rows.values_list("state").annotate(n=Number("pk")).union(
            words.values_list("what").annotate(n=Number("pk")), all=True
        )
    )  # fmt: skip
    return {name: counts.get(state, 0) for name, state in {**states, "words": WORDS}.items()}


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits at one hospital."""

    organisation: Organisation
    count: int
    contested: int  # of those, in how many two phones differ on a number
    first: list[Report]


def queues(rows: QuerySet[Report]) -> list[Queue]:
    """Waiting reports by hospital; the oldest few of each, and how many there are."""
    differ = Exists(Count.objects.filter(report=OuterRef("pk"), contested=True))
    rows = rows.annotate(contested=differ)
    sizes = rows.order_by().values("organisation").annotate(
        n=Number("pk"), differ=Number("pk", filter=differ)
    ).order_by("-n")[:50]  # fmt: skip
    places = Organisation.objects.in_bulk([size["organisation"] for size in sizes])
    first: dict[UUID, list[Report]] = defaultdict(list)
    for row in rows.filter(organisation__in=places).order_by("month", "pk")[:200]:
        if len(first[row.organisation_id]) < 6:
            first[row.organisation_id].append(row)
    return [
        Queue(places[s["organisation"]], s["n"], s["differ"], first[s["organisation"]])
        for s in sizes
    ]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A hospital in the list: its last month, and how many of the last twelve are missing."""

    organisation: Organisation
    last: dt.date | None
    reported: int
    missing: int | None  # None: it never reported, so nobody knows since when it should
    waiting: int


def places(
    viewer: Viewer, today: dt.date, page: int = 1, of: int = 60
) -> tuple[list[PlaceLine], int]:
    """The viewer's own hospitals, and those of which something was told; and how many pages."""
    seen = access.places_seen(viewer)
    told = Q(pk__in=Report.objects.values("organisation")) | Q(
        pk__in=Deed.objects.values("organisation")
    )
    own = Q(pk__in=organisations_of(viewer, *access.OURS).values("pk"))
    rows = sorted(seen.filter(told | own), key=str)
    pages = max(1, -(-len(rows) // of))
    rows = rows[(page - 1) * of : page * of]
    found = _last_year([r.pk for r in rows], today)
    return [PlaceLine(row, *found[row.pk]) for row in rows], pages


def _last_year(
    organisations: list[UUID], today: dt.date
) -> dict[UUID, tuple[dt.date | None, int, int | None, int]]:
    """By hospital: its last month, the last year's months reported and missing, what waits. What
    is reported and what is due are those of `units_of`."""
    since = after(first_of(today), -12)
    last: dict[UUID, dt.date | None] = dict.fromkeys(organisations)
    reported, missing = defaultdict[UUID, int](int), dict[UUID, int]()
    for (place, _part), owed in owed_by_hospitals(organisations, today, since).items():
        last[place] = max(owed.last, last[place] or owed.last)
        due = {m for m in owed.months if m >= since}
        missing[place] = missing.get(place, 0) + len(due - owed.told)
        reported[place] += len(due & owed.told)
    waits = Report.objects.filter(
        organisation__in=organisations, state__in=[State.SUBMITTED, State.REVIEWED]
    ).order_by().values("organisation").annotate(n=Number("pk"))  # fmt: skip
    waiting = {w["organisation"]: w["n"] for w in waits}
    return {
        pk: (last[pk], reported[pk], missing.get(pk), waiting.get(pk, 0)) for pk in organisations
    }


def missing_at(viewer: Viewer, today: dt.date) -> list[tuple[Organisation, int]]:
    """Own hospitals with months that nobody has reported yet."""
    own = {row.pk: row for row in organisations_of(viewer, "recipient")}
    found = _last_year(list(own), today) if own else {}
    return [(own[pk], missing) for pk, (_l, _r, missing, _w) in found.items() if missing]


def teams_at(organisation: Organisation) -> list[Mission]:
    """Teams that told of what they did at a hospital, the newest first."""
    here = Q(pk__in=Deed.objects.filter(organisation=organisation).values("mission"))
    here |= Q(pk__in=Report.objects.filter(organisation=organisation).values("mission"))
    return list(Mission.objects.filter(here).order_by("-number", "key")[:20])


def departments_of(organisation: Organisation) -> QuerySet[Department]:
    return Department.objects.filter(organisation=organisation)


def missions_at(viewer: Viewer, organisation: Organisation) -> list[Mission]:
    """The teams for which this viewer may write at a hospital, the newest first."""
    here = Q(sites__organisation=organisation) | Q(series__recipient=organisation)
    rows = Mission.objects.filter(here).distinct().select_related(
        "programme__sender", "sender", "series"
    ).order_by("-number", "key")[:12]  # fmt: skip
    return [row for row in rows if access.writes(viewer, organisation.pk, row)]
