"""Who plans: the office that forms the teams of every series in a plan; auditors read. Units say
how many they can spare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from marrow.accounts.queries import viewer_by_id
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.access import sent_by
from marrow.missions.models import Mission
from marrow.people.access import units_of
from marrow.plan.models import (
    AbsenceCap,
    Budget,
    Happening,
    Pin,
    PlannedSeat,
    PlannedTeam,
    Run,
    Scenario,
    Workbook,
)
from marrow.programmes.access import changed_by
from marrow.programmes.models import Series


def series_planned_by(viewer: Viewer) -> QuerySet[Series]:
    """The series whose next batch this viewer's office enters."""
    if not viewer.holds("office"):
        return Series.objects.none()
    if viewer.holds_everywhere("office"):
        return Series.objects.all()
    batches = Mission.objects.filter(series=OuterRef("pk")).exclude(number=None)
    last = Subquery(batches.order_by("-number").values("pk")[:1])
    rows = Series.objects.annotate(last_batch=last)
    return rows.filter(Q(programme__in=changed_by(viewer)) | Q(last_batch__in=sent_by(viewer)))


def series_to_plan(viewer: Viewer, series: Iterable[UUID]) -> list[Series]:
    wanted = list(dict.fromkeys(series))
    rows = series_planned_by(viewer).filter(pk__in=wanted)
    found = list(rows.select_related("programme__sender", "recipient", "recipient_area"))
    if len(found) != len(wanted):
        raise Unseen(_("There is no such series, or your office does not form its teams."))
    return found


def scenarios_for(viewer: Viewer) -> QuerySet[Scenario]:
    """Plans all of whose teams this viewer's office forms; all for an auditor."""
    return Scenario.objects.all() if viewer.holds("auditor") else scenarios_planned_by(viewer)


def scenarios_planned_by(viewer: Viewer) -> QuerySet[Scenario]:
    """Those that this viewer's office changes, be they an auditor too."""
    if viewer.holds_everywhere("office"):
        return Scenario.objects.all()
    if not viewer.holds("office"):
        return Scenario.objects.none()
    theirs = Q(pk__in=_with_teams(viewer).values("pk"))
    return Scenario.objects.filter(theirs | Q(pk__in=_without_teams(viewer)))


def with_teams_for(viewer: Viewer) -> QuerySet[Scenario]:
    """Those of `scenarios_for` that have teams, which need no look at who made the others."""
    if viewer.holds("auditor") or not viewer.holds("office"):
        return scenarios_for(viewer)
    return Scenario.objects.all() if viewer.holds_everywhere("office") else _with_teams(viewer)


def _with_teams(viewer: Viewer) -> QuerySet[Scenario]:
    mine = Q(series__in=series_planned_by(viewer).values("pk"))
    mine |= Q(series=None, programme__in=changed_by(viewer))
    others = PlannedTeam.objects.exclude(mine)
    theirs = Scenario.objects.exclude(pk__in=others.values("scenario"))
    return theirs.filter(pk__in=PlannedTeam.objects.values("scenario"))


@remembered
def _without_teams(viewer: Viewer) -> list[UUID]:
    """Plans whose teams were all taken out: of whoever made them, and of every office that forms
    all teams that its maker's office forms."""
    bare = Scenario.objects.exclude(pk__in=PlannedTeam.objects.values("scenario"))
    found, judged = [], dict[UUID, bool]()
    for plan, maker in bare.values_list("pk", "made_by"):
        if maker not in judged:
            judged[maker] = maker == viewer.person or _may_as_much(viewer, viewer_by_id(maker))
        if judged[maker]:
            found.append(plan)
    return found


def _may_as_much(viewer: Viewer, other: Viewer) -> bool:
    """Whether this viewer's office forms every team that the other's does, and it forms some."""
    if not other.holds("office") or other.holds_everywhere("office"):
        return False
    theirs = {*_ids(series_planned_by(other)), *_ids(changed_by(other))}
    return bool(theirs) and theirs <= {*_ids(series_planned_by(viewer)), *_ids(changed_by(viewer))}


def _ids(rows: QuerySet[Any]) -> set[UUID]:
    return set(rows.order_by().values_list("pk", flat=True))


def scenario_for(viewer: Viewer, scenario: UUID) -> Scenario:
    row = with_teams_for(viewer).filter(pk=scenario).first()
    if row is None:
        row = scenarios_for(viewer).filter(pk=scenario).first()
    if row is None:
        raise Unseen(_("There is no such plan, or it is not for your eyes."))
    return row


def scenario_to_plan(viewer: Viewer, scenario: UUID) -> Scenario:
    row = scenario_for(viewer, scenario)
    if not viewer.holds("auditor") or scenarios_planned_by(viewer).filter(pk=row.pk).exists():
        return row
    raise NotAllowed(_("Only the programme office plans."))


def team_to_plan(viewer: Viewer, team: UUID) -> PlannedTeam:
    row = PlannedTeam.objects.select_related("scenario", "mission").filter(pk=team).first()
    if row is None:
        raise Unseen(_("There is no such team in a plan."))
    scenario_to_plan(viewer, row.scenario_id)
    return row


def seat_for(viewer: Viewer, seat: UUID) -> PlannedSeat:
    rows = PlannedSeat.objects.select_related("team__scenario", "team__mission", "seat")
    row = rows.filter(pk=seat).first()
    if row is None:
        raise Unseen(_("There is no such seat in a plan."))
    scenario_for(viewer, row.team.scenario_id)
    return row


def seat_to_plan(viewer: Viewer, seat: UUID) -> PlannedSeat:
    row = seat_for(viewer, seat)
    scenario_to_plan(viewer, row.team.scenario_id)
    return row


def happening_to_plan(viewer: Viewer, happening: UUID) -> Happening:
    row = Happening.objects.select_related("scenario").filter(pk=happening).first()
    if row is None:
        raise Unseen(_("There is nothing like that in a plan."))
    scenario_to_plan(viewer, row.scenario_id)
    return row


def pin_of(seat: PlannedSeat) -> Pin | None:
    return Pin.objects.filter(seat=seat).select_related("person").first()


def run_for(viewer: Viewer, run: UUID) -> Run:
    row = Run.objects.select_related("scenario").filter(pk=run).first()
    if row is None:
        raise Unseen(_("There is no such run."))
    scenario_for(viewer, row.scenario_id)
    return row


def run_to_judge(viewer: Viewer, run: UUID) -> Run:
    row = run_for(viewer, run)
    scenario_to_plan(viewer, row.scenario_id)
    return row


def units_that_tell(viewer: Viewer) -> QuerySet[Organisation]:
    """The units for which this viewer says how many can be spared."""
    return units_of(viewer, "office", "unit")


def unit_to_tell_of(viewer: Viewer, unit: UUID) -> Organisation:
    row = units_that_tell(viewer).filter(pk=unit).first()
    if row is None:
        raise Unseen(_("There is no such unit, or it is not for your eyes."))
    return row


def caps_for(viewer: Viewer) -> QuerySet[AbsenceCap]:
    if viewer.holds("auditor"):
        return AbsenceCap.objects.all()
    return AbsenceCap.objects.filter(unit__in=units_that_tell(viewer).values("pk"))


def cap_to_end(viewer: Viewer, cap: UUID) -> AbsenceCap:
    row = caps_for(viewer).select_related("unit").filter(pk=cap).first()
    if row is None:
        raise Unseen(_("There is no such limit, or it is not for your eyes."))
    unit_to_tell_of(viewer, row.unit_id)
    return row


def workbook_for(viewer: Viewer, workbook: UUID) -> Workbook:
    """A workbook, for the office that plans; it tells of people what an auditor need not see."""
    row = Workbook.objects.select_related("scenario", "made").filter(pk=workbook).first()
    if row is None or not scenarios_for(viewer).filter(pk=row.scenario_id).exists():
        raise Unseen(_("There is no such workbook, or it is not for your eyes."))
    scenario_to_plan(viewer, row.scenario_id)
    return row


def budget_to_plan(viewer: Viewer, budget: UUID) -> Budget:
    row = Budget.objects.select_related("scenario").filter(pk=budget).first()
    if row is None:
        raise Unseen(_("There is no such budget in a plan."))
    scenario_to_plan(viewer, row.scenario_id)
    return row


def account_of(viewer: Viewer) -> UUID:
    if viewer.person is None:
        raise NotAllowed(_("Sign in first."))
    return viewer.person
