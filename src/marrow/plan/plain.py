"""Plans as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.plan import access
from marrow.plan.models import AbsenceCap, Happening, PlannedSeat, PlannedTeam, Run, Scenario

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
PLAN = (
    "id", "name", "from_on", "until_on", "seed", "weights", "state", "copied_from_id", "made_at",
    "changed_at", "solved_at", "run", "figures", "published_at",
)  # fmt: skip
TEAM = (
    "id", "code", "series_id", "number", "mission_id", "title", "kind", "from_on", "until_on",
    "overlap_days", "minimum", "hats", "language",
)  # fmt: skip
SEAT = ("id", "code", "role", "specialty", "grade", "languages", "weight", "seat_id", "need_id")
RUN = (
    "id", "scenario_id", "state", "asked_at", "ended_at", "progress", "seats", "people", "judged",
)  # fmt: skip
CAP = ("id", "unit_id", "specialty", "from_on", "until_on", "people", "pressure", "reason",
       "ended_on")  # fmt: skip
HAPPENING = ("id", "kind", "person_id", "unit_id", "people", "from_on", "reason")


def _told(row: object, columns: tuple[str, ...]) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in columns}


def plans(viewer: Viewer) -> Rows:
    return access.scenarios_for(viewer)


def plan_told(row: Scenario) -> Told:
    return _told(row, PLAN)


def plan(viewer: Viewer, scenario: UUID) -> Told:
    """A plan with its teams, their seats, and what it reckons with."""
    row = access.scenario_for(viewer, scenario)
    teams = PlannedTeam.objects.filter(scenario=row).prefetch_related(
        "seats__placing", "seats__pin"
    )
    happenings = Happening.objects.filter(scenario=row)
    return {
        **plan_told(row), "teams": [team_told(t) for t in teams],
        "happenings": [happening_told(h) for h in happenings],
    }  # fmt: skip


def team_told(row: PlannedTeam) -> Told:
    return {**_told(row, TEAM), "seats": [seat_told(s) for s in row.seats.all()]}


def team(viewer: Viewer, team: UUID) -> Told:
    return team_told(access.team_to_plan(viewer, team))


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
    """`faults` and `warnings` are codes with what they name; `plan` is in the planner's format."""
    more = {"faults": row.faults, "warnings": row.warnings, "plan": row.plan, "why": row.why}
    return {**_told(row, RUN), **more}


def run(viewer: Viewer, run: UUID) -> Told:
    return run_told(access.run_for(viewer, run))


def problem(viewer: Viewer, run: UUID) -> str:
    """The problem of a run, as the file that `marrow plan solve` takes."""
    return access.run_for(viewer, run).problem


def caps(viewer: Viewer, unit: UUID | None) -> Rows:
    rows = access.caps_for(viewer)
    return rows.filter(unit=unit) if unit else rows


def new_cap(unit: Organisation, told: Told) -> AbsenceCap:
    return AbsenceCap(unit=unit, **told)


def cap_told(row: AbsenceCap) -> Told:
    return _told(row, CAP)
