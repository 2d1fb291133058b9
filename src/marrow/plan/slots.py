"""What plans hand in: their records' words, pages and locks, the rail."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.journal.history import UNSAID
from marrow.core.journal.told_values import SAID
from marrow.core.models import Record
from marrow.core.subjects import Subject, seen_with, tell
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.models import (
    AbsenceCap,
    Budget,
    Happening,
    Pin,
    Placing,
    PlannedSeat,
    PlannedTeam,
    Scenario,
)
from marrow.plan.queries import figures_in_words
from marrow.ui.rail import Entry, add

name_columns(
    {
        "amount": _("amount"), "aside_at": _("put aside at"), "aside_by": _("put aside by"),
        "aside_reason": _("why it was put aside"),
        "book": _("workbook"), "copied_from_id": _("copied from"),
        "monthly_cost": _("cost a month"), "year": pgettext_lazy("column", "year"),
        "facts": _("what a workbook told"),
        "figures": _("figures"), "hats": _("what a team must have"),
        "made_by": _("made by"), "minimum": _("fewer do not go"), "need_id": _("need"),
        "overlap_days": _("days together"), "people": pgettext_lazy("how many", "people"),
        "pinned_by": _("pinned by"),
        "pressure": _("under pressure"), "published_at": _("published at"),
        "published_by": _("published by"), "run": _("run of the planner"), "seed": _("seed"),
        "scenario_id": pgettext_lazy("record", "plan"), "solved_at": _("solved at"),
        "team_id": _("team"), "weight": _("weight"), "weights": _("weights"),
    }
)  # fmt: skip
#: whole records, which the plan's page says line by line, and a key of the machine
UNSAID["plan.scenario"] = ("facts", "run")
SAID["plan.scenario", "figures"] = figures_in_words
add(Entry(41, pgettext_lazy("rail", "Plan"), "plan:plans", ("office", "auditor")))
add(Entry(44, _("Who can be spared"), "plan:caps", ("unit",)))


def _scenario(row: Any) -> Scenario:
    found = row.seat if isinstance(row, (Placing, Pin)) else row
    found = found.team if isinstance(found, PlannedSeat) else found
    scenario: Scenario = found if isinstance(found, Scenario) else found.scenario
    return scenario


def _page(row: Record) -> str:
    return reverse("plan:plan", args=[_scenario(row).pk])


def _mine(path: str) -> Any:
    def those(viewer: Viewer) -> Q:
        return Q(**{f"{path}in": access.scenarios_planned_by(viewer).values("pk")})

    return those


for model, word, path, related in (
    (Scenario, pgettext_lazy("record", "plan"), "pk__", ()),
    (PlannedTeam, _("team of a plan"), "scenario__", ("scenario", "mission")),
    (PlannedSeat, _("seat of a plan"), "team__scenario__", ("team__scenario",)),
    (Placing, _("person in a plan"), "seat__team__scenario__", ("seat__team__scenario", "person")),
    (Pin, _("pin"), "seat__team__scenario__", ("seat__team__scenario", "person")),
    (Budget, _("budget of a plan"), "scenario__", ("scenario", "area")),
    (Happening, _("what a plan reckons with"), "scenario__", ("scenario", "person")),
):
    sees = seen_with(lambda row: _scenario(row).pk, access.scenarios_for)
    tell(Subject(model, word, _page, sees=sees, mine=_mine(path), related=related))
tell(
    Subject(
        AbsenceCap, _("how many can be spared"), lambda _row: reverse("plan:caps"),
        sees=seen_with(lambda row: row.pk, access.caps_for),
        mine=lambda viewer: Q(unit__in=access.units_that_tell(viewer).values("pk")),
        related=("unit",),
    )
)  # fmt: skip
