"""Which seat or mission answers a need."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.need import access
from marrow.need.actions.changing import change, scope
from marrow.need.models import Need, NeedAnswer
from marrow.need.queries.answering import seats_to_link
from marrow.need.rules.states import CONFIRMED
from marrow.people.actions.wording import prove_no_patient

LINK = Act("link_need", gettext_lazy("Said what answers a need"))
UNLINK = Act("unlink_need", gettext_lazy("Said that this no longer answers a need"))
State = Need.State


def link_need(
    *, need: UUID, mission: UUID, seat: UUID | None = None, by: Viewer, at: dt.datetime
) -> NeedAnswer:
    """A seat answers a confirmed need, or a mission with all its seats of the specialty."""
    row = access.need_to_plan(by, need)
    if row.state not in CONFIRMED:
        raise Refused(_("The hospital has not confirmed this need yet."))
    if by.person is None:
        raise Refused(_("Sign in first."))
    offered = seats_to_link(by, row)
    if not any(s.mission_id == mission and seat in (None, s.pk) for s in offered):
        raise Refused(_("Choose a seat of a team that your office forms for this hospital."))
    answer = NeedAnswer(
        id=uuid4(), need=row, mission_id=mission, seat_id=seat, linked_by=by.person, linked_at=at
    )
    try:
        with transaction.atomic(), journal(LINK, by=by, at=at, scope=scope(row)) as page:
            page.save(answer)
            if row.state == State.VALIDATED:
                change(page, row, State.PLANNED, by, at)
    except IntegrityError as known:
        raise Overtaken(_("This answers the need already.")) from known
    return answer


def unlink_need(*, answer: UUID, reason: str, by: Viewer, at: dt.datetime) -> NeedAnswer:
    """The seat or mission answers it no longer; a planned need that nothing answers is open."""
    row = access.answer_to_end(by, answer)
    if row.ended_on:
        raise Overtaken(_("It answers this need no longer already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.ended_on, row.ended_why = at.date(), reason.strip()[:300]
    need = row.need
    with journal(UNLINK, by=by, at=at, scope=scope(need)) as page:
        page.save(row)
        if need.state == State.PLANNED and not need.answers.filter(ended_on=None).exists():
            change(page, need, State.VALIDATED, by, at)
    return row
