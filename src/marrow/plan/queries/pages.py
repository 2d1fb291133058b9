"""What the pages of a plan show: its calendar, one team's seats with their reasons, the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.people.queries import language_name
from marrow.plan import access
from marrow.plan.models import Happening, Pin, Placing, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.told import OtherShown, fills, named_in, others, reasons
from marrow.plan.queries.wording import Named, ids_in, sentences, stop_words, tier_words
from marrow.teams.models import Assignment

MOST_COMPARED = 3


def plans(viewer: Viewer) -> list[Scenario]:
    rows = access.scenarios_for(viewer).annotate(
        seats=Count("teams__seats", distinct=True), filled=Count("teams__seats__placing")
    )
    return list(rows.order_by("-made_at"))


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat, who stands in it and why, who else could."""

    row: PlannedSeat
    wants: str
    person: Person | None
    pin: Pin | None
    state: str  # of an assignment, where somebody was asked already
    why: list[str]
    others: list[OtherShown]
    fills: list[str]  # changes that fill it, where it is empty
    changed: bool


@dataclass(frozen=True, slots=True)
class TeamLine:
    row: PlannedTeam
    seats: int
    filled: int
    critical_open: int


def team_lines(scenario: Scenario) -> list[TeamLine]:
    open_ones = Q(seats__weight="CRITICAL", seats__placing=None)
    rows = PlannedTeam.objects.filter(scenario=scenario).select_related(
        "series__recipient_area", "mission", "programme", "recipient"
    )
    counted = rows.annotate(
        n=Count("seats"), filled=Count("seats__placing"),
        bare=Count("seats", filter=open_ones),
    )  # fmt: skip
    return [TeamLine(t, t.n, t.filled, t.bare) for t in counted.order_by("from_on", "code")]


def shown_first(lines: list[TeamLine], code: str) -> TeamLine | None:
    """The team that is asked for, else the first that lacks somebody, else the first."""
    asked = next((t for t in lines if t.row.code == code), None)
    lacking = next((t for t in lines if t.filled < t.seats), None)
    return asked or lacking or (lines[0] if lines else None)


def seats_of(viewer: Viewer, scenario: Scenario, team: PlannedTeam) -> list[SeatShown]:
    rows = list(
        PlannedSeat.objects.filter(team=team)
        .select_related("placing__person__unit", "pin__person", "need__item").order_by("code")
    )  # fmt: skip
    run = Run.objects.filter(pk=scenario.run).only("why").first() if scenario.run else None
    why: dict[str, Any] = run.why if run else {}
    named = named_in(viewer, why, [r.code for r in rows])
    seated = {r.seat_id: r for r in rows if r.seat_id}
    states = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    held: dict[tuple[UUID | None, UUID], Assignment] = {
        (a.seat_id, a.person_id): a
        for a in Assignment.objects.filter(seat__in=seated, state__in=states)
    }
    return [_seat(row, why.get(row.code), named, held) for row in rows]


def _seat(
    row: PlannedSeat, why: Mapping[str, Any] | None, named: Named,
    held: Mapping[tuple[UUID | None, UUID], Assignment],
) -> SeatShown:  # fmt: skip
    placing, pin = getattr(row, "placing", None), getattr(row, "pin", None)
    person = placing.person if placing else None
    asked = held.get((row.seat_id, person.pk)) if person else None
    before = [a for (seat, _who), a in held.items() if seat == row.seat_id and seat]
    changed = bool(before) and asked is None
    state = str(asked.get_state_display()) if asked else ""
    return SeatShown(
        row, wants(row), person, pin, state, reasons(row, person, pin, why, named),
        others(why or {}, named), fills(why or {}, named) if person is None else [], changed,
    )  # fmt: skip


def wants(row: PlannedSeat) -> str:
    """What a seat asks for, in words."""
    said = [specialty_name(row.specialty)] if row.specialty else []
    if row.grade:
        said.append(_("%s or higher") % row.get_grade_display())
    said += [f"{language_name(code)} {level}" for code, level in sorted(row.languages.items())]
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a plan side by side with those of others."""

    row: Scenario
    critical: str
    filled: str
    handovers: str
    gained: str
    changes: int | None  # seats that differ from what is published; None: nothing is
    gap: float | None


def figures_of(scenario: Scenario) -> Figures:
    told = scenario.figures or {}
    critical, links = told.get("critical") or {}, told.get("links") or [0, 0]
    tiers = told.get("points_by_tier") or []
    return Figures(
        scenario,
        _of(critical.get("covered"), critical.get("seats")),
        _of(told.get("filled"), told.get("seats")),
        _of(*links), f"{tiers[1]:+.1f}" if tiers else "–", _changes(scenario),
        100 * told["gap"] if told.get("gap") is not None else None,
    )  # fmt: skip


def _of(part: int | None, whole: int | None) -> str:
    if part is None or whole is None:
        return "–"
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _changes(scenario: Scenario) -> int | None:
    """Seats in which another person stands than the one on the way there."""
    seats = PlannedSeat.objects.filter(team__scenario=scenario).exclude(seat=None)
    placed = {s.seat_id: getattr(s, "placing", None) for s in seats.select_related("placing")}
    states = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    held: dict[UUID, set[UUID]] = {}
    for seat, person in Assignment.objects.filter(seat__in=placed, state__in=states).values_list(
        "seat", "person"
    ):
        held.setdefault(seat, set()).add(person)
    if not held:
        return None
    return sum(
        1 for seat, people in held.items()
        if (p := placed.get(seat)) is None or p.person_id not in people
    )  # fmt: skip


def beside(viewer: Viewer, scenario: Scenario) -> list[Scenario]:
    """Plans of the same teams: what this was copied from, its copies and theirs."""
    series = PlannedTeam.objects.filter(scenario=scenario).values("series")
    rows = access.scenarios_for(viewer).filter(teams__series__in=series).exclude(pk=scenario.pk)
    return list(rows.distinct().order_by("-made_at")[: MOST_COMPARED - 1])


@dataclass(frozen=True, slots=True)
class Change:
    """A seat in which the planner would put somebody else."""

    seat: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest run as a page shows it."""

    run: Run
    changes: list[Change]
    faults: list[str]
    warnings: list[str]
    percent: float | None  # of the gap
    waits: bool  # for a person to take it or leave it


def answer_of(viewer: Viewer, scenario: Scenario) -> Answer | None:
    run = Run.objects.filter(scenario=scenario).order_by("-asked_at", "-pk").defer(
        "problem", "why"
    ).first()  # fmt: skip
    if run is None:
        return None
    told = [*run.faults, *run.warnings]
    named = {p.pk: p for p in people_for(viewer).filter(pk__in=ids_in(told))} if told else {}
    waits = run.state == Run.State.DONE and not run.judged
    progress = run.progress or {}
    gap = None
    if progress.get("bound"):
        gap = 100 * (progress["bound"] - progress["value"]) / max(1, abs(progress["bound"]))
    return Answer(
        run, difference(viewer, scenario, run) if waits else [], sentences(run.faults, named),
        sentences(run.warnings, named), gap, waits,
    )  # fmt: skip


def difference(viewer: Viewer, scenario: Scenario, run: Run) -> list[Change]:
    """The seats that would change if the answer were taken."""
    wanted = {one["seat"]: one["person"] for one in (run.plan or {}).get("assignments", ())}
    now = dict(
        Placing.objects.filter(seat__team__scenario=scenario).values_list("seat__code", "person")
    )
    codes = sorted(c for c in wanted.keys() | now.keys() if wanted.get(c) != _text(now.get(c)))
    ids = [x for c in codes for x in (wanted.get(c), _text(now.get(c))) if x]
    people = {str(p.pk): str(p) for p in people_for(viewer).filter(pk__in=ids)}
    empty = _("empty")
    return [
        Change(
            c, people.get(_text(now.get(c)) or "", "?") if now.get(c) else empty,
            people.get(wanted[c], "?") if c in wanted else empty,
        )
        for c in codes
    ]  # fmt: skip


def _text(value: object) -> str | None:
    return str(value) if value else None


@dataclass(frozen=True, slots=True)
class Tier:
    """What a part of the plan gained; `empty` and `greedy` once the reasons are reckoned."""

    name: str
    points: float
    empty: float | None
    greedy: float | None


def tiers_of(scenario: Scenario) -> list[Tier]:
    told = (scenario.figures or {}).get("points_by_tier") or []
    plans = Run.objects.filter(pk=scenario.run) if scenario.run else Run.objects.none()
    beside = plans.values_list("plan__gained", flat=True).first() or {}
    without = [None] * len(told)
    rows = zip(
        tier_words(), told, beside.get("empty", without), beside.get("greedy", without),
        strict=False,
    )  # fmt: skip
    return [Tier(*row) for row in rows]


def stopped(scenario: Scenario) -> str:
    return stop_words((scenario.figures or {}).get("stopped_because"))


def happenings_of(scenario: Scenario) -> list[Happening]:
    rows = Happening.objects.filter(scenario=scenario).select_related("person", "unit")
    return list(rows.order_by("kind", "pk"))


def placed_people(scenario: Scenario) -> Iterable[Person]:
    """Those who stand in a seat of a plan."""
    rows = Person.objects.filter(placings__seat__team__scenario=scenario).distinct()
    return rows.select_related("unit").order_by("search", "id")


def caps(viewer: Viewer, on: dt.date) -> list[Any]:
    rows = access.caps_for(viewer).filter(ended_on=None, until_on__gt=on)
    return list(rows.select_related("unit").order_by("from_on", "id")[:200])


def told_of(scenario: Scenario) -> str:
    """What publishing did, in a sentence."""
    n = Placing.objects.filter(seat__team__scenario=scenario).count()
    return ngettext(
        "Published. %(n)s person is asked; their unit answers on its own page.",
        "Published. %(n)s people are asked; their units answer on their own pages.", n,
    ) % {"n": n}  # fmt: skip
