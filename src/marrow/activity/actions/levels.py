"""The levels of a month's report: the site hands in, the hospital or office reviews, the office
approves. What was approved changes only by a new version with its reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions.reports import latest, report_id, scope_of, versions
from marrow.activity.models import Count, Report
from marrow.activity.queries.outliers import CODE, doubts_of
from marrow.activity.rules.levels import may_step
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.sources.actions.findings import close_findings, raise_findings

SUBMIT = Act("submit_monthly_report", gettext_lazy("Handed in a month’s report"))
REVIEW = Act("review_monthly_report", gettext_lazy("Reviewed a month’s report"), NEVER)
APPROVE = Act("approve_monthly_report", gettext_lazy("Approved a month’s report"), NEVER)
SEND_BACK = Act("send_back_monthly_report", gettext_lazy("Sent a month’s report back"))
REVISE = Act("revise_monthly_report", gettext_lazy("Began a new version of a month’s report"))
PASS_ALL = Act("pass_monthly_reports", gettext_lazy("Passed months’ reports of a hospital"), NEVER)
State = Report.State


def submit(*, report: UUID, by: Viewer, at: dt.datetime) -> Report:
    """Hand a report in; what stands out of its series becomes a doubt for a person."""
    row = access.report_to_write(by, report)
    _refuse_unless(row, "submit")
    if not row.counts.exists():
        raise Refused(_("It is empty. Write what is known; a cell without a number is unknown."))
    row.state, row.handed_in_by, row.handed_in_at = State.SUBMITTED, by.person, at
    row.reviewed_by = row.reviewed_at = None
    row.stands = not versions(row).filter(stands=True).exclude(pk=row.pk).exists()
    with journal(SUBMIT, by=by, at=at, scope=scope_of(row)) as page:
        page.save(row)
        raise_findings(page, doubts_of(row.organisation_id, at, month=row.month))
    return row


def review(*, report: UUID, by: Viewer, at: dt.datetime) -> Report:
    row = access.report_to_review(by, report)
    with journal(REVIEW, by=by, at=at, scope=scope_of(row)) as page:
        _review(page, row, by, at)
    return row


def approve(*, report: UUID, by: Viewer, at: dt.datetime) -> Report:
    """Let this version stand; the one that stood before gives way, with the doubts about it."""
    row = access.report_to_approve(by, report)
    with journal(APPROVE, by=by, at=at, scope=scope_of(row)) as page:
        _approve(page, row, by, at)
    return row


def pass_all(*, organisation: UUID, step: str, by: Viewer, at: dt.datetime) -> int:
    """Review or approve every report of a hospital that waits for this viewer; returns how many."""
    place = access.place_for(by, organisation)
    state = {"review": State.SUBMITTED, "approve": State.REVIEWED}.get(step)
    if state is None:
        raise Refused(_("There is no such step."))
    rows = Report.objects.filter(organisation=place, state=state).select_related(
        "mission__programme__sender", "mission__sender"
    )
    mine = access.reviews if step == "review" else access.approves
    take = _review if step == "review" else _approve
    waiting = [row for row in rows.order_by("month", "pk") if mine(by, row)]
    with journal(PASS_ALL, by=by, at=at, scope=f"organisation:{place.pk}") as page:
        for row in waiting:
            take(page, row, by, at)
    return len(waiting)


def _review(page: Page, row: Report, by: Viewer, at: dt.datetime) -> None:
    _refuse_unless(row, "review")
    row.state, row.reviewed_by, row.reviewed_at = State.REVIEWED, by.person, at
    page.save(row)


def _approve(page: Page, row: Report, by: Viewer, at: dt.datetime) -> None:
    _refuse_unless(row, "approve")
    for other in versions(row).filter(stands=True).exclude(pk=row.pk):
        other.stands = False
        page.save(other)
        close_findings(page, CODE, other.counts.values_list("pk", flat=True), at)
    row.state, row.approved_by, row.approved_at = State.APPROVED, by.person, at
    row.stands = True
    page.save(row)


def send_back(*, report: UUID, reason: str, by: Viewer, at: dt.datetime) -> Report:
    """Give a report back to its site, and say why. It counts no more until it is handed in."""
    row = access.report_to_review(by, report)
    _refuse_unless(row, "send_back")
    if not reason.strip():
        raise Refused(_("Say why it goes back."))
    prove_no_patient(reason)
    row.state, row.reason, row.stands = State.RETURNED, reason.strip()[:300], False
    with journal(SEND_BACK, by=by, at=at, scope=scope_of(row)) as page:
        page.save(row)
    return row


def revise(*, report: UUID, reason: str, by: Viewer, at: dt.datetime) -> Report:
    """Begin a new version of an approved report; the approved one stands until the new one is."""
    row = access.report_to_write(by, report)
    if row.state != State.APPROVED or (last := latest(row)) is None or last.pk != row.pk:
        raise Refused(_("Only what was approved last gets a new version."))
    if not reason.strip():
        raise Refused(_("Say why it changes."))
    prove_no_patient(reason)
    fresh = Report(
        organisation=row.organisation, department=row.department, mission=row.mission,
        month=row.month, version=row.version + 1, state=State.DRAFT, stands=False,
        reason=reason.strip()[:300],
    )  # fmt: skip
    fresh.id = report_id(fresh)
    with journal(REVISE, by=by, at=at, scope=scope_of(row)) as page:
        page.save(fresh)
        page.save_all([_again(fresh, cell) for cell in row.counts.select_related("indicator")])
    return fresh


def _again(report: Report, cell: Count) -> Count:
    key = (cell.indicator.words, cell.basis, cell.specialty, cell.group)
    return Count(
        id=same_id("count", report.pk, *key), report=report, indicator=cell.indicator,
        basis=cell.basis, specialty=cell.specialty, group=cell.group, value=cell.value,
        document=cell.document, row=cell.row, contested=cell.contested,
    )  # fmt: skip


def _refuse_unless(row: Report, step: str) -> None:
    if not may_step(step, row.state):
        raise Refused(_("This report is “%s”; that is not possible now.") % row.get_state_display())
