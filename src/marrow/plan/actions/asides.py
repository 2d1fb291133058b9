"""Plans that nobody compares any more are put aside with a reason, and taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.plan import access
from marrow.plan.actions.scenarios import scope
from marrow.plan.models import Run, Scenario
from marrow.plan.queries.published import stands

ASIDE = Act("put_plan_aside", gettext_lazy("Put a plan aside"))
BACK = Act("take_plan_back", gettext_lazy("Took a plan back that was put aside"))
STANDS = gettext_lazy("This plan is published, and it stands: it is not put aside.")


def put_plan_aside(*, scenario: UUID, reason: str, by: Viewer, at: dt.datetime) -> Scenario:
    """Put a plan aside that is not published, or in whose place another one was published for all
    of its teams. Nothing of it is lost; it is not changed until it is taken back."""
    access.scenario_to_plan(by, scenario)
    prove_no_patient(reason)
    with transaction.atomic():
        row = Scenario.objects.select_for_update().get(pk=scenario)
        if not reason.strip():
            raise Refused(_("Say why."))
        if row.aside_at:
            raise Overtaken(_("This plan is put aside already."))
        if stands(row):
            raise Refused(str(STANDS))
        if Run.objects.filter(scenario=row, state__in=Run.OPEN).exists():
            raise Overtaken(
                _("The planner is at work on this plan. Wait for its answer, or stop it.")
            )
        row.aside_at, row.aside_by, row.aside_reason = at, by.person, reason.strip()[:300]
        row.forget_tongues("aside_reason")
        with journal(ASIDE, by=by, at=at, scope=scope(row)) as page:
            page.save(row)
    return row


def take_plan_back(*, scenario: UUID, by: Viewer, at: dt.datetime) -> Scenario:
    """Take a plan back that was put aside: it stands in the list again as it was."""
    access.scenario_to_plan(by, scenario)
    with transaction.atomic():
        row = Scenario.objects.select_for_update().get(pk=scenario)
        if row.aside_at is None:
            raise Overtaken(_("This plan is not put aside."))
        row.aside_at, row.aside_by, row.aside_reason = None, None, ""
        row.forget_tongues("aside_reason")
        with journal(BACK, by=by, at=at, scope=scope(row)) as page:
            page.save(row)
    return row


def a_plan_that_stands_is_not_put_aside(lines: list[Operation]) -> str:
    """Why taking a change back does not put a plan aside that was published since."""
    for line in lines:
        before, _after = changed_by(line).get("aside_at", (None, None))
        row = Scenario.objects.filter(pk=line.record).first() if before else None
        if row and stands(row):
            return str(STANDS)
    return ""


HELD_AS_IT_STANDS.setdefault(Scenario._meta.label_lower, []).append(
    a_plan_that_stands_is_not_put_aside
)
