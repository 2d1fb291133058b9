"""A hospital asks, the office answers, the hospital closes; a machine breaks and is mended."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marrow.capacity.actions import receive_machine, tell_of_machine
from marrow.capacity.models import Equipment, EquipmentChange
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.days import DAY, prove_planned
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.hospitals import access
from marrow.hospitals.models import EquipmentReport, Request
from marrow.people.actions.wording import prove_no_numbers, prove_no_patient

# the hospital's own words, which no office takes back in its name: it closes what it needs no more
ASK = Act("ask_for", gettext_lazy("Asked for something for a hospital"), undo=NEVER)
ANSWER = Act("answer_request", gettext_lazy("Answered a hospital’s request"))
CLOSE = Act("close_request", gettext_lazy("Closed a hospital’s request"), undo=NEVER)
REPORT = Act("report_broken", gettext_lazy("Told of broken equipment"))
State = Request.State
FURTHEST = 10  # years ahead in which something is needed


def ask_for(*, organisation: UUID, request: Request, by: Viewer, at: dt.datetime) -> Request:
    """Ask the programme office for something; `request` has kind, specialty, words and day."""
    request.organisation = access.hospital_to_ask_for(by, organisation)
    if by.person is None or not request.text.strip():
        raise Refused(_("Say in your words what the hospital asks for."))
    if request.specialty and request.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    if request.kind == Request.Kind.SPECIALTY and not request.specialty:
        raise Refused(_("Say which specialty."))
    prove_no_numbers(request.text)
    since = at.date() - DAY  # in the west the asker's day still goes on
    prove_planned(request.needed_by, at=at, years=FURTHEST, since=since)
    request.state, request.asked_by, request.asked_at = State.OPEN, by.person, at
    request.language = (get_language() or "en")[:8]
    with journal(ASK, by=by, at=at, scope=_scope(request)) as page:
        page.save(request)
    return request


def answer_request(*, request: UUID, answer: str, by: Viewer, at: dt.datetime) -> Request:
    row = access.request_to_answer(by, request)
    if row.state == State.CLOSED:
        raise Refused(_("The hospital has closed this request."))
    if not answer.strip():
        raise Refused(_("Write the answer."))
    prove_no_patient(answer)
    row.answer, row.state = answer.strip()[:600], State.ANSWERED
    row.answered_by, row.answered_at = by.person, at
    with journal(ANSWER, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def close_request(*, request: UUID, by: Viewer, at: dt.datetime) -> Request:
    """The hospital says that it needs nothing more of this request."""
    row = access.request_to_close(by, request)
    if row.state == State.CLOSED:
        raise Refused(_("It is closed already."))
    row.state, row.closed_on = State.CLOSED, at.date()
    with journal(CLOSE, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def report_broken(
    *, organisation: UUID, report: EquipmentReport, machine: Equipment, since: dt.date | None,
    by: Viewer, at: dt.datetime,
) -> EquipmentReport:  # fmt: skip
    """Tell that a machine is down, of a hospital's machines or one that nobody entered yet; what
    depends on it is suspended. `report` has what is broken and who waits; `since` None is unknown:
    then it is down from the day on which it is told."""
    report.organisation = access.hospital_to_report_for(by, organisation)
    if by.person is None or not report.broken.strip():
        raise Refused(_("Say which machine it is, and what is broken."))
    prove_no_numbers(report.broken, report.who_waits)
    report.reported_by, report.reported_at, report.since_known = by.person, at, since is not None
    with transaction.atomic():
        if machine._state.adding:
            receive_machine(organisation=organisation, machine=machine, by=by, at=at)
        elif machine.organisation_id != organisation:
            raise Refused(_("This machine belongs to another hospital."))
        report.change = tell_of_machine(
            equipment=machine.pk, state=EquipmentChange.State.DOWN, on=since or at.date(),
            words="", by=by, at=at,
        )  # fmt: skip
        with journal(REPORT, by=by, at=at, scope=_scope(report)) as page:
            page.save(report)
    return report


def _scope(row: Request | EquipmentReport) -> str:
    return f"organisation:{row.organisation_id}"
