"""Plans as plain values, as the API tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.plan import access, queries
from marrow.plan.models import (
    AbsenceCap,
    Budget,
    Happening,
    PlannedSeat,
    PlannedTeam,
    Run,
    Scenario,
)
from marrow.teams.models import Assignment

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
PLAN = (
    "id", "name", "from_on", "until_on", "seed", "weights", "state", "copied_from_id", "made_at",
    "changed_at", "solved_at", "run", "figures", "published_at", "book", "aside_at",
    "aside_reason",
)  # fmt: skip
TEAM = (
    "id", "code", "series_id", "number", "mission_id", "title", "kind", "recipient_id", "from_on",
    "until_on", "overlap_days", "minimum", "hats", "language", "monthly_cost",
)  # fmt: skip
SEAT = ("id", "code", "role", "specialty", "grade", "languages", "weight", "seat_id", "need_id")
RUN = (
    "id", "scenario_id", "state", "asked_at", "ended_at", "progress", "seats", "people", "judged",
)  # fmt: skip
#: of an answer, what is told of the plan as it stood when it was asked for
BESIDE = frozenset({"before", "handovers"})
CAP = ("id", "unit_id", "specialty", "from_on", "until_on", "people", "pressure", "reason",
       "ended_on")  # fmt: skip
HAPPENING = ("id", "kind", "person_id", "unit_id", "people", "from_on", "why", "reason")


def _told(row: object, columns: tuple[str, ...]) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in columns}


def plans(viewer: Viewer, aside: bool) -> Rows:
    """Those that are put `aside`, or the others."""
    return access.scenarios_for(viewer).filter(aside_at__isnull=not aside)


def plan_told(row: Scenario) -> Told:
    return _told(row, PLAN)


def plan(viewer: Viewer, scenario: UUID, on: dt.date) -> Told:
    """A plan with its teams, their seats, and what it reckons with; warned of as on a day."""
    row = access.scenario_for(viewer, scenario)
    teams = PlannedTeam.objects.filter(scenario=row).select_related("mission")
    teams = teams.prefetch_related("seats__placing", "seats__pin")
    happenings = Happening.objects.filter(scenario=row)
    return {
        **plan_told(row), "teams": [team_told(t, on) for t in teams],
        "happenings": [happening_told(h) for h in happenings], "last_run": _last_run(row),
    }  # fmt: skip


def _last_run(row: Scenario) -> str:
    """The state of the last run: an older answer may stand although the planner refused since."""
    states = Run.objects.filter(scenario=row).order_by("-asked_at").values_list("state", flat=True)
    return states.first() or ""


def team_told(row: PlannedTeam, on: dt.date) -> Told:
    seats = [seat_told(s) for s in row.seats.all()]
    return {**_told(row, TEAM), "seats": seats, "warnings": warnings_of([row], on)}


def team(viewer: Viewer, team: UUID, on: dt.date) -> Told:
    return team_told(access.team_to_plan(viewer, team), on)


def warnings_of(teams: Iterable[PlannedTeam], on: dt.date) -> list[Told]:
    """What the plan's page warns of: teams that did not leave and whose whole time is past."""
    return [
        {"code": "wholly_past", "team": t.pk, "words": queries.over_words(t)}
        for t in teams if queries.is_over(t, on)
    ]  # fmt: skip


def seat_told(row: PlannedSeat) -> Told:
    """`person` is who stands there by the answer; `pinned` whether a person said so."""
    placing, pin = getattr(row, "placing", None), getattr(row, "pin", None)
    return {
        **_told(row, SEAT), "person": placing.person_id if placing else None,
        "pinned": pin is not None, "pinned_person": pin.person_id if pin else None,
    }  # fmt: skip


def seat(viewer: Viewer, seat: UUID) -> Told:
    return seat_told(PlannedSeat.objects.get(pk=access.seat_for(viewer, seat).pk))


def happening_told(row: Happening) -> Told:
    return _told(row, HAPPENING)


def run_told(row: Run) -> Told:
    """`faults` and `warnings` are codes with what they name; `plan` is in the planner's format, and
    without what stands beside the plan as it was where that was changed since."""
    overtaken, plan = queries.is_overtaken(row), row.plan
    if overtaken and plan:
        plan = {name: told for name, told in plan.items() if name not in BESIDE}
    more = {"faults": row.faults, "warnings": row.warnings, "plan": plan, "why": row.why}
    return {**_told(row, RUN), **more, "overtaken": overtaken}


def run(viewer: Viewer, run: UUID) -> Told:
    told = run_told(access.run_for(viewer, run))
    shown = {n: queries.told_to(viewer, told[n]) for n in ("faults", "warnings")}
    return told | shown | {"why": queries.why_told_to(viewer, told["why"])}


def problem(viewer: Viewer, run: UUID) -> str:
    """The problem of a run, as the file that `marrow plan solve` takes."""
    return queries.problem_for(viewer, access.run_for(viewer, run))


def caps(viewer: Viewer, unit: UUID | None) -> Rows:
    rows = access.caps_for(viewer)
    return rows.filter(unit=unit) if unit else rows


def new_cap(unit: Organisation, told: Told) -> AbsenceCap:
    return AbsenceCap(unit=unit, **told)


def cap_told(row: AbsenceCap) -> Told:
    return _told(row, CAP)


def budgets(viewer: Viewer, scenario: UUID) -> Rows:
    row = access.scenario_for(viewer, scenario)
    return Budget.objects.filter(scenario=row).select_related("area")


def budget_told(row: Budget) -> Told:
    return {"id": row.pk, "area": row.area.code, "year": row.year, "amount": float(row.amount)}


def publication(viewer: Viewer, scenario: UUID, on: dt.date) -> Told:
    """What publishing a plan would do today."""
    row = access.scenario_to_plan(viewer, scenario)
    told = queries.publication_of(row, viewer, on)
    seen = queries.unfit_seen(viewer, told)
    teams = PlannedTeam.objects.filter(scenario=row).select_related("mission")
    return {
        "warnings": warnings_of(teams, on),
        "unfit": [
            {
                **queries.as_json(one), "words": " ".join(queries.unfit_words(viewer, [one])),
                "away": [_away(stay, seen) for stay in told.away_for(one)],
            }
            for one in told.unfit
        ],
        "entered": [t.pk for t in told.entered],
        "asked": [
            {"seat": s.pk, "code": s.code, "person": s.placing.person_id} for s in told.asked
        ],
        "withdrawn": [_gone(a) for a in told.withdrawn], "stays": [_gone(a) for a in told.stays],
        "still_asked": [_gone(a) for a in told.still_asked],
        "moved": [
            {
                "team": m.team.pk, "code": m.team.code, "from_before": m.before.from_on,
                "until_before": m.before.until_on, "from_on": m.team.from_on,
                "until_on": m.team.until_on,
            }
            for m in told.moved
        ],
        "changed": [
            {
                "seat": c.planned.pk, "code": c.planned.code, "columns": list(c.columns),
                "holder": c.holder.person_id if c.holder else None,
            }
            for c in told.changed
        ],
    }  # fmt: skip


def _away(stay: queries.Stay, seen: Collection[UUID]) -> Told:
    return {
        "person": stay.person if stay.person in seen else None, "team": stay.team,
        "from_on": stay.from_on, "until_on": stay.until_on, "by_plan": stay.by_plan,
    }  # fmt: skip


def _gone(row: Assignment) -> Told:
    return {"assignment": row.pk, "seat": row.seat_id, "person": row.person_id, "state": row.state}


def workbook(viewer: Viewer, workbook: UUID, on: dt.date) -> Told:
    """What is wrong with it, or what a plan made of it would differ in."""
    row = access.workbook_for(viewer, workbook)
    found = queries.changes_of(row, viewer, on)
    return {
        "id": row.pk, "scenario": row.scenario_id, "name": row.name, "sent_at": row.sent_at,
        "made": row.made_id,
        "wrong": [{"where": w.where, "what": w.words} for w in queries.wrong_of(row, viewer)],
        "changes": [{"sheet": c.sheet, "what": c.what, "change": c.words} for c in found],
    }  # fmt: skip
