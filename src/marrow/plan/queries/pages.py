"""What the pages of a plan show: its calendar, one team's seats with their reasons, the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.catalogue.queries import specialty_name
from marrow.core.jobs import any_open
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.core.words import comma
from marrow.people.models import Person
from marrow.people.queries import Lasts, language_name, licences_until, licensed
from marrow.people.rules.fitting import Wanted, licence_lacks
from marrow.plan import access
from marrow.plan.models import Happening, Pin, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.couples import told_to, why_told_to
from marrow.plan.queries.difference import (
    Change,
    Effect,
    difference,
    effects,
    moves_of,
)
from marrow.plan.queries.filled import comes, filled_of, filled_of_team
from marrow.plan.queries.handed import handover_messages
from marrow.plan.queries.limits import limits_since
from marrow.plan.queries.problem import PLAIN_ROLES
from marrow.plan.queries.published import After, replaced
from marrow.plan.queries.staleness import OVERTAKEN, is_overtaken, stale_of
from marrow.plan.queries.told import (
    OtherShown,
    fills,
    further,
    in_its_place,
    named_by,
    named_in,
    on_the_way,
    others,
    pin_them_too,
    reasons,
    worded,
)
from marrow.plan.queries.why import is_explained
from marrow.plan.queries.wording import Named, stop_words, tier_words
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries import lacks_in_words


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list of them. `after`: what came in its place."""

    row: Scenario
    seats: int
    filled: int
    after: After | None
    is_stale: bool  # of a plan that is solved and not published


def plans(viewer: Viewer) -> list[PlanLine]:
    """All that the viewer sees, but those put aside; the newest first."""
    rows = access.scenarios_for(viewer).filter(aside_at=None).annotate(n=Count("teams__seats"))
    found = list(rows.order_by("-made_at"))
    filled = filled_of(found)
    after = replaced(found)
    stale = stale_of(r for r in found if r.state == Scenario.State.SOLVED)
    return [
        PlanLine(row, row.n, filled[row.pk], after.get(row.pk), row.pk in stale) for row in found
    ]


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
    pins: str  # what is to be done beside one of these that the planner may spend elsewhere
    instead: list[str]  # what would do part of its work while it stays empty
    changed: bool
    turned_down: bool  # whoever stands there was turned down for it, or withdrew
    comes: bool  # whoever stands there
    happened: Happening | None  # to whoever stands there: drops out, or can leave only later
    lacks: list[str]  # of the licence of whoever stands there: it ends before, or nobody told when

    @property
    def pin_waits(self) -> bool:
        """Whether the pin came after the answer: somebody else stands in the seat as yet."""
        return self.pin is not None and self.pin.person_id != (self.person and self.person.pk)

    @property
    def is_empty(self) -> bool:
        """Whether nobody comes."""
        return not self.comes


@dataclass(frozen=True, slots=True)
class TeamLine:
    row: PlannedTeam
    seats: int
    filled: int


def team_lines(scenario: Scenario) -> list[TeamLine]:
    rows = PlannedTeam.objects.filter(scenario=scenario).select_related(
        "series__recipient_area", "series__recipient", "mission", "programme", "recipient"
    )
    counted = rows.annotate(n=Count("seats"), filled=filled_of_team())
    return [TeamLine(t, t.n, t.filled) for t in counted.order_by("from_on", "code")]


def shown_first(lines: list[TeamLine], code: str) -> TeamLine | None:
    """The team that is asked for, else the first that lacks somebody, else the first."""
    asked = next((t for t in lines if t.row.code == code), None)
    lacking = next((t for t in lines if t.filled < t.seats), None)
    return asked or lacking or (lines[0] if lines else None)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the run whose answer stands tells: the reasons by seat, and what its plan
    gained; and the newest run of the plan."""

    why: Mapping[str, Any]
    gained: Mapping[str, Any]
    newest: UUID | None


@remembered
def _reckoned(scenario: UUID, run: UUID | None) -> Reckoned:
    newest = Run.objects.filter(scenario=scenario).order_by("-asked_at", "-pk").values("pk")
    if run is None:
        return Reckoned({}, {}, newest.values_list("pk", flat=True).first())
    rows = Run.objects.filter(pk=run).annotate(newest=Subquery(newest[:1]))
    told = rows.values_list("why", "plan__gained", "newest").first() or (None, None, None)
    return Reckoned(told[0] or {}, told[1] or {}, told[2])


def seats_of(
    viewer: Viewer, scenario: Scenario, teams: Iterable[PlannedTeam],
    happenings: Iterable[Happening],
) -> list[SeatShown]:  # fmt: skip
    """The seats of some teams of a plan; `happenings`: what the plan reckons with."""
    rows = list(
        PlannedSeat.objects.filter(team__in=[team.pk for team in teams])
        .select_related(
            "team", "placing__person__unit", "pin__person", "need__item", "need__organisation"
        )
        .annotate(filled=comes())
        .order_by("code")
    )
    there = {row.pk for row in rows if row.filled}
    reckoned = _reckoned(scenario.pk, scenario.run)
    told = reckoned.why
    why = why_told_to(viewer, told) if told else {}
    coming = not is_explained(told) and _are_looked_for(scenario, reckoned)
    named = named_in(viewer, why, [r.code for r in rows])
    seated = {r.seat_id: r for r in rows if r.seat_id}
    held: dict[tuple[UUID | None, UUID], Assignment] = {
        (a.seat_id, a.person_id): a
        for a in Assignment.objects.filter(seat__in=seated).select_related("person")
    }
    placed = [row.placing.person for row in rows if hasattr(row, "placing")]
    last = licences_until([p.pk for p in placed])
    happened = {h.person_id: h for h in happenings if h.person_id}
    return [
        _seat(
            row,
            why.get(row.code),
            named,
            held,
            last,
            happened,
            comes=row.pk in there,
            coming=coming,
        )
        for row in rows
    ]


def _are_looked_for(scenario: Scenario, reckoned: Reckoned) -> bool:
    """Whether reasons that the answer that stands lacks come by themselves: its own are being
    looked for, or those of a newer one, after which its own are."""
    return any_open({str(pk) for pk in (scenario.run, reckoned.newest) if pk})


def _seat(
    row: PlannedSeat, why: Mapping[str, Any] | None, named: Named,
    held: Mapping[tuple[UUID | None, UUID], Assignment], last: Mapping[UUID, Lasts],
    happened: Mapping[UUID, Happening], *, comes: bool, coming: bool,
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
    asked_for = [] if person else [on_the_way(a) for a in before]
    return SeatShown(
        row, wants(row), person, pin, state,
        [*asked_for, *reasons(row, person, pin, why, named, coming=coming)],
        others(told, named), further(told, named), int(told.get("more", 0)),
        [] if person else fills(told, named), "" if person else pin_them_too(told),
        [] if person else in_its_place(told, named), changed,
        bool(asked and asked.state in Assignment.TURNED_DOWN), comes,
        happened.get(person.pk) if person else None,
        _licence(row, person, last) if person else [],
    )  # fmt: skip


def _licence(row: PlannedSeat, person: Person, last: Mapping[UUID, Lasts]) -> list[str]:
    """As the page of the team tells it: a plan takes whose licence has no end that is told."""
    if row.role in PLAIN_ROLES:
        return []
    wanted = Wanted(from_on=row.team.from_on, until_on=row.team.until_on)
    return lacks_in_words(licence_lacks(licensed(person, last), wanted))


def wants(row: PlannedSeat | Seat) -> str:
    """What a seat asks for, in words."""
    said = [specialty_name(row.specialty)] if row.specialty else []
    if row.grade:
        said.append(_("%s or higher") % row.get_grade_display())
    said += [f"{language_name(code)} {level}" for code, level in sorted(row.languages.items())]
    return comma().join(said)


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest run as a page shows it."""

    run: Run
    changes: list[Change]
    effects: list[Effect]  # figures of the plan as it stands, and with the answer
    handovers: list[str]  # that are lost or gained since the plan was solved
    faults: list[str]
    warnings: list[str]
    percent: float | None  # of the gap
    waits: bool  # for a person to take it or leave it
    overtaken: str  # why it cannot be taken: the plan was changed since, and no figure is told
    left_empty: int  # seats that nobody takes, by a mending that could look wider
    fills_nothing: bool  # a mending that changes nothing, though seats are empty
    limited: bool  # limits were told of its hospitals since the plan was solved


def answer_of(viewer: Viewer, scenario: Scenario) -> Answer | None:
    limited = Exists(limits_since(scenario))  # in one question with the answer that they touch
    runs = Run.objects.filter(scenario=scenario).annotate(limited=limited)
    run = runs.order_by("-asked_at", "-pk").defer("problem", "why").first()
    if run is None:
        return None
    is_open = scenario.state != Scenario.State.PUBLISHED and not scenario.aside_at
    waits = is_open and run.state == Run.State.DONE and not run.judged
    faults, warnings = told_to(viewer, run.faults), told_to(viewer, run.warnings)
    run.scenario = scenario
    overtaken = waits and is_overtaken(run)
    current = waits and not overtaken
    handovers = handover_messages((run.plan or {}).get("handovers")) if current else []
    moves = moves_of(scenario, run) if waits else {}
    people = {one for pair in moves.values() for one in pair if one}
    named = named_by(viewer, [*faults, *warnings, *handovers], people)
    progress = run.progress or {}
    gap = None
    if progress.get("bound"):
        gap = 100 * (progress["bound"] - progress["value"]) / max(1, abs(progress["bound"]))
    changes = difference(scenario, moves, named) if moves else []
    mended = run.plan if current and run.plan and "open" in run.plan else None
    empty = {c.seat for c in changes if c.is_empty} | set(mended["open"] if mended else ())
    seats = PlannedSeat.objects.filter(team__scenario=scenario, placing=None)
    return Answer(
        run, changes,
        effects(scenario, run) if current else [],
        [worded(one, named) for one in handovers],
        [worded(one, named) for one in faults], [worded(one, named) for one in warnings], gap,
        waits, str(OVERTAKEN) if overtaken else "",
        len(empty) if mended and not mended["wider"] else 0,
        mended is not None and not changes and seats.filter(pin=None).exists(), run.limited,
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
    beside = _reckoned(scenario.pk, scenario.run).gained
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
