"""What the pages of a plan show: its calendar, one team's seats with their reasons, the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.catalogue.models import List
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.people.queries import Lasts, language_name, licences_until, licensed
from marrow.people.rules.fitting import Wanted, licence_lacks
from marrow.plan import access
from marrow.plan.models import Happening, Pin, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.couples import told_to
from marrow.plan.queries.difference import (
    Change,
    Effect,
    difference,
    effects,
    is_reckoned,
    items_told,
    part_of,
)
from marrow.plan.queries.problem import PLAIN_ROLES
from marrow.plan.queries.published import After, person_of, replaced, sent_by_plans
from marrow.plan.queries.told import OtherShown, fills, further, named_in, others, reasons
from marrow.plan.queries.wording import Named, ids_in, sentences, stop_words, tier_words
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries import lacks_in_words

MOST_COMPARED = 3
CLEAR = 0.05  # what is less shows as the same


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list of them. `after`: what came in its place."""

    row: Scenario
    seats: int
    filled: int
    after: After | None


def plans(viewer: Viewer) -> list[PlanLine]:
    """All that the viewer sees, the newest first."""
    rows = access.scenarios_for(viewer).annotate(
        n=Count("teams__seats", distinct=True), filled=Count("teams__seats__placing")
    )
    found = list(rows.order_by("-made_at"))
    after = replaced(found)
    return [PlanLine(row, row.n, row.filled, after.get(row.pk)) for row in found]


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
    further: list[OtherShown]  # all others who could, of whom the cost is estimated
    more: int  # those of them who are not named
    fills: list[str]  # changes that fill it, where it is empty
    changed: bool
    turned_down: bool  # whoever stands there does not come
    lacks: list[str]  # of the licence of whoever stands there: it ends before, or nobody told when


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
        .select_related(
            "team", "placing__person__unit", "pin__person", "need__item", "need__organisation"
        )
        .order_by("code")
    )
    run = Run.objects.filter(pk=scenario.run).only("why").first() if scenario.run else None
    why: dict[str, Any] = run.why if run else {}
    named = named_in(viewer, why, [r.code for r in rows])
    seated = {r.seat_id: r for r in rows if r.seat_id}
    held: dict[tuple[UUID | None, UUID], Assignment] = {
        (a.seat_id, a.person_id): a for a in Assignment.objects.filter(seat__in=seated)
    }
    placed = [row.placing.person for row in rows if hasattr(row, "placing")]
    last = licences_until([p.pk for p in placed])
    return [_seat(row, why.get(row.code), named, held, last) for row in rows]


def _seat(
    row: PlannedSeat, why: Mapping[str, Any] | None, named: Named,
    held: Mapping[tuple[UUID | None, UUID], Assignment], last: Mapping[UUID, Lasts],
) -> SeatShown:  # fmt: skip
    placing, pin = getattr(row, "placing", None), getattr(row, "pin", None)
    person = placing.person if placing else None
    asked = held.get((row.seat_id, person.pk)) if person else None
    there = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    before = [
        a for (seat, _who), a in held.items() if seat and seat == row.seat_id and a.state in there
    ]
    changed = bool(before) and asked is None
    state = str(asked.get_state_display()) if asked else ""
    told = why or {}
    return SeatShown(
        row, wants(row), person, pin, state, reasons(row, person, pin, why, named),
        others(told, named), further(told, named), int(told.get("more", 0)),
        fills(told, named) if person is None else [], changed,
        bool(asked and asked.state in Assignment.TURNED_DOWN),
        _licence(row, person, last) if person else [],
    )  # fmt: skip


def _licence(row: PlannedSeat, person: Person, last: Mapping[UUID, Lasts]) -> list[str]:
    """As the page of the team tells it: a plan takes whose licence has no end that is told."""
    if row.role in PLAIN_ROLES:
        return []
    wanted = Wanted(from_on=row.team.from_on, until_on=row.team.until_on)
    return lacks_in_words(licence_lacks(licensed(person, last), wanted))


def turned_down_in(scenario: Scenario) -> list[str]:
    """The seats whose person was turned down for them, or withdrew, since they were put there."""
    rows = PlannedSeat.objects.filter(
        team__scenario=scenario, seat__assignments__person=F("placing__person"),
        seat__assignments__state__in=Assignment.TURNED_DOWN,
    )  # fmt: skip
    return sorted(rows.values_list("code", flat=True))


def is_stale(scenario: Scenario, turned_down: Sequence[str] | None = None) -> bool:
    """Whether the answer that stands is no longer of what is asked; `turned_down` where its seats
    are known already."""
    if not scenario.solved_at or scenario.changed_at > scenario.solved_at:
        return bool(scenario.solved_at)
    return bool(turned_down_in(scenario) if turned_down is None else turned_down)


def wants(row: PlannedSeat | Seat) -> str:
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
    stays: dict[str, Any] | None  # care without leaving on the planned roster; None: unknown
    is_reckoned: bool  # that was asked for when the plan was solved
    more: str  # items more by its people
    brings_nothing: bool  # of which is told why
    lists: list[str]  # of which items these are


def figures_of(scenario: Scenario) -> Figures:
    told = scenario.figures or {}
    critical, links = told.get("critical") or {}, told.get("links") or [0, 0]
    tiers = told.get("points_by_tier") or []
    return Figures(
        scenario,
        part_of(critical.get("covered"), critical.get("seats")),
        part_of(told.get("filled"), told.get("seats")),
        part_of(*links), f"{tiers[1]:+.1f}" if tiers else "–", _changes(scenario),
        100 * told["gap"] if told.get("gap") is not None else None, told.get("stays"),
        is_reckoned(told),
        "" if (items := items_told(told)) is None else f"{items:+.1f}",
        items is not None and items < CLEAR and "beside" in told["stays"],
        [str(x) for x in List.objects.filter(pk__in=(told.get("stays") or {}).get("lists", ()))],
    )  # fmt: skip


def ranks_differ(shown: list[Figures]) -> bool:
    """Whether the points for care without leaving, and the measure that they stand for, put these
    plans in another order."""
    known = [
        (told["points_by_tier"][1], items) for f in shown
        if (told := f.row.figures or {}).get("points_by_tier")
        and (items := items_told(told)) is not None
    ]  # fmt: skip
    return any(
        (a[0] - b[0] > CLEAR and b[1] - a[1] > CLEAR) for a in known for b in known
    )  # fmt: skip


def _changes(scenario: Scenario) -> int | None:
    """Seats in which another person stands than the one whom a published plan sent there and who
    is on the way. Whom somebody asked by hand no plan published."""
    seats = PlannedSeat.objects.filter(team__scenario=scenario).exclude(seat=None)
    placed = {s.seat_id: person_of(s) for s in seats.select_related("placing")}
    sent = sent_by_plans([seat for seat in placed if seat])
    states = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    there = Assignment.objects.filter(seat__in=sent, state__in=states)
    held: dict[UUID, set[UUID]] = {}
    for seat, person in there.values_list("seat", "person"):
        if person in sent[seat]:
            held.setdefault(seat, set()).add(person)
    if not held:
        return None
    return sum(placed[seat] not in people for seat, people in held.items())


def beside(viewer: Viewer, scenario: Scenario) -> list[Scenario]:
    """Plans of the same teams: what this was copied from, its copies and theirs."""
    series = PlannedTeam.objects.filter(scenario=scenario).values("series")
    rows = access.scenarios_for(viewer).filter(teams__series__in=series).exclude(pk=scenario.pk)
    return list(rows.distinct().order_by("-made_at")[: MOST_COMPARED - 1])


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest run as a page shows it."""

    run: Run
    changes: list[Change]
    effects: list[Effect]  # figures of the plan as it stands, and with the answer
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
    faults, warnings = told_to(viewer, run.faults), told_to(viewer, run.warnings)
    told = [*faults, *warnings]
    named = {p.pk: p for p in people_for(viewer).filter(pk__in=ids_in(told))} if told else {}
    is_open = scenario.state != Scenario.State.PUBLISHED
    waits = is_open and run.state == Run.State.DONE and not run.judged
    progress = run.progress or {}
    gap = None
    if progress.get("bound"):
        gap = 100 * (progress["bound"] - progress["value"]) / max(1, abs(progress["bound"]))
    return Answer(
        run, difference(viewer, scenario, run) if waits else [],
        effects(scenario, run) if waits else [], sentences(faults, named),
        sentences(warnings, named), gap, waits,
    )  # fmt: skip


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


def told_of(asked: int, withdrawn: int) -> str:
    """What publishing did, in a sentence: how many people it asked, and withdrew."""
    words = [_("Published. Nobody new is asked.")]
    if asked:
        told = ngettext(
            "Published. %(n)s person is asked; their unit answers on its own page.",
            "Published. %(n)s people are asked; their units answer on their own pages.", asked,
        )  # fmt: skip
        words = [told % {"n": asked}]
    if withdrawn:
        told = ngettext("%(n)s person is withdrawn.", "%(n)s people are withdrawn.", withdrawn)
        words.append(told % {"n": withdrawn})
    return " ".join(words)
