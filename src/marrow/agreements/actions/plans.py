"""Plan periods, and what policies ask of a programme with how it answers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.models import PlanPeriod, Requirement
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.programmes.models import PolicyGoal, Programme
from marrow.programmes.rules import is_in_order
from marrow.sources.actions import Source, tell_source

PERIOD = Act("set_period", gettext_lazy("Set a plan period"))
ASK = Act("ask_requirement", gettext_lazy("Recorded what a plan or policy asks"))
ANSWER = Act("answer_requirement", gettext_lazy("Said how a requirement is answered"))


def scope_of(programme: Programme) -> str:
    return f"programme:{programme.pk}"


def set_period(
    *, programme: str, names: Names, starts_on: str, ends_on: str, source: Source, by: Viewer,
    at: dt.datetime,
) -> PlanPeriod:  # fmt: skip
    """Set a plan period, as a five-year plan is."""
    owner = access.work_to_keep(by, programme)
    if not starts_on or not ends_on:
        raise Refused(_("Say when the plan period begins and ends."))
    if not is_in_order(starts_on, ends_on):
        raise Refused(_("A plan period cannot end before it begins."))
    row = PlanPeriod(id=uuid4(), programme=owner, names=names, starts_on=starts_on, ends_on=ends_on)
    with journal(PERIOD, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        told = {"names": in_tongue(names), "starts_on": starts_on, "ends_on": ends_on}
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def ask_requirement(  # noqa: PLR0913  a requirement is all of these
    *, programme: str, text: str, language: str, source: Source, by: Viewer, at: dt.datetime,
    period: UUID | None = None, goal: UUID | None = None, answer: str = "",
) -> Requirement:  # fmt: skip
    """Record what a plan or a policy asks, with its words, and the answer where there is one."""
    owner = access.work_to_keep(by, programme)
    if not text.strip():
        raise Refused(_("Say what is asked."))
    row = Requirement(
        id=uuid4(), programme=owner, text=text.strip()[:300], language=language,
        period=period_of(owner, period), goal=_goal_of(owner, goal), answer=answer.strip()[:600],
    )  # fmt: skip
    with journal(ASK, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told={"text": row.text}, source=source, at=at)
    return row


def answer_requirement(
    *, requirement: UUID, answer: str, by: Viewer, at: dt.datetime
) -> Requirement:
    """Say how the programme answers what is asked of it."""
    row = access.requirement_to_answer(by, requirement)
    if not answer.strip():
        raise Refused(_("Say how it is answered."))
    row.answer = answer.strip()[:600]
    with journal(ANSWER, by=by, at=at, scope=scope_of(row.programme)) as page:
        page.save(row)
    return row


def period_of(programme: Programme, period: UUID | None) -> PlanPeriod | None:
    if period is None:
        return None
    row = PlanPeriod.objects.filter(pk=period, programme=programme).first()
    if row is None:
        raise Refused(_("This plan period is not one of this programme."))
    return row


def _goal_of(programme: Programme, goal: UUID | None) -> PolicyGoal | None:
    if goal is None:
        return None
    row = PolicyGoal.objects.filter(pk=goal, programme=programme).first()
    if row is None:
        raise Refused(_("This policy goal is not one of this programme."))
    return row
