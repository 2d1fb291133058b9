"""Plan periods, and what policies ask of a programme with how it answers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.models import PlanPeriod, Requirement
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_patient
from marrow.programmes.models import PolicyGoal, Programme
from marrow.programmes.rules import is_in_order
from marrow.sources.actions import Source, tell_source

PERIOD = Act("set_period", gettext_lazy("Set a plan period"))
ASK = Act("ask_requirement", gettext_lazy("Recorded what a plan or policy asks"))
ANSWER = Act("answer_requirement", gettext_lazy("Said how a requirement is answered"))


Told = dict[str, object]  # what a source tells of an entry, by its column


def scope_of(programme: Programme) -> str:
    return f"programme:{programme.pk}"


def set_period(
    *, programme: str, names: Names, starts_on: str, ends_on: str, source: Source, by: Viewer,
    at: dt.datetime,
) -> PlanPeriod:  # fmt: skip
    """Set a plan period, as a five-year plan is."""
    owner = access.work_to_keep(by, programme)
    row = PlanPeriod(id=uuid4(), programme=owner, names=names, starts_on=starts_on, ends_on=ends_on)
    told = prove_period(row)
    with journal(PERIOD, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_period(row: PlanPeriod) -> Told:
    """Refuse a plan period that cannot be; what its source tells."""
    if not row.starts_on or not row.ends_on:
        raise Refused(_("Say when the plan period begins and ends."))
    if not is_in_order(row.starts_on, row.ends_on):
        raise Refused(_("A plan period cannot end before it begins."))
    return {"names": in_tongue(row.names), "starts_on": row.starts_on, "ends_on": row.ends_on}


def ask_requirement(  # noqa: PLR0913  a requirement is all of these
    *, programme: str, text: str, language: str, source: Source, by: Viewer, at: dt.datetime,
    period: UUID | None = None, goal: UUID | None = None, answer: str = "",
) -> Requirement:  # fmt: skip
    """Record what a plan or a policy asks, with its words, and the answer where there is one."""
    owner = access.work_to_keep(by, programme)
    row = Requirement(
        id=uuid4(), programme=owner, text=text, language=language, period_id=period, goal_id=goal,
        answer=answer,
    )  # fmt: skip
    told = prove_requirement(row)
    with journal(ASK, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_requirement(row: Requirement) -> Told:
    row.text, row.answer = row.text.strip()[:300], row.answer.strip()[:600]
    if not row.text:
        raise Refused(_("Say what is asked."))
    prove_no_patient(row.text, row.answer)
    prove_period_of(row.programme, row.period_id)
    if not is_one_of(PolicyGoal, row.goal_id, row.programme):
        raise Refused(_("This policy goal is not one of this programme."))
    return {"text": row.text}


def answer_requirement(
    *, requirement: UUID, answer: str, by: Viewer, at: dt.datetime
) -> Requirement:
    """Say how the programme answers what is asked of it."""
    row = access.requirement_to_answer(by, requirement)
    if not answer.strip():
        raise Refused(_("Say how it is answered."))
    prove_no_patient(answer)
    row.answer = answer.strip()[:600]
    with journal(ANSWER, by=by, at=at, scope=scope_of(row.programme)) as page:
        page.save(row)
    return row


def is_one_of(model: type[Record], pk: UUID | None, programme: Programme) -> bool:
    """Whether this is one of a programme's, or none at all."""
    return pk is None or model._base_manager.filter(Q(programme=programme), pk=pk).exists()


def prove_period_of(programme: Programme, period: UUID | None) -> None:
    if not is_one_of(PlanPeriod, period, programme):
        raise Refused(_("This plan period is not one of this programme."))


def prove_mission_of(programme: Programme, mission: UUID | None) -> None:
    if not is_one_of(Mission, mission, programme):
        raise Refused(_("This mission is not one of this programme."))
