"""An operating list: who was screened, what was operated, how they were at the checks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.access import works_at
from marrow.activity.actions import record_deed
from marrow.activity.actions.deeds import prove_deed
from marrow.activity.models import Deed
from marrow.activity.rules.kinds import OUTCOMES
from marrow.briefs import access
from marrow.briefs.models import Screened
from marrow.briefs.queries.operating import as_listed
from marrow.briefs.rules.operating import DAY_1, DUE, fault_of_check
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission

PUT = Act("put_on_list", gettext_lazy("Put a screened patient on the operating list"))
OPERATE = Act("operate_on", gettext_lazy("Told of an operation on the list"))
CHECK = Act("tell_check", gettext_lazy("Told of a check after an operation"))
VOID = Act("void_screened", gettext_lazy("Voided a line of the operating list"))
KINDS = ("OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED")


def put_on_list(
    *, mission: UUID, organisation: UUID, screened: Screened, by: Viewer, at: dt.datetime
) -> Screened:
    """List somebody who was looked at, by the next number: no name, no initials."""
    team = access.mission_to_list(by, mission)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if not works_at(team, organisation):
        raise Refused(_("This team does not work at this hospital."))
    if screened.screened_on > at.date() + dt.timedelta(days=1):
        raise Refused(_("This day has not come yet."))
    with transaction.atomic():
        Mission.objects.select_for_update().get(pk=team.pk)  # two numbers at once are two
        last = Screened.objects.filter(mission=team).aggregate(last=Max("number"))["last"]
        screened.mission, screened.organisation_id = team, organisation
        screened.number = (last or 0) + 1
        screened.listed_by, screened.listed_at = by.person, at
        with journal(PUT, by=by, at=at, scope=_scope(screened)) as page:
            page.save(screened)
    return screened


def operate_on(
    *, screened: UUID, held_on: dt.date | None, deed: UUID | None, with_whom: str, by: Viewer,
    at: dt.datetime,
) -> Screened:  # fmt: skip
    """Tell of its operation: a record that stands already (`deed`), or a new one of that day."""
    row = access.screened_to_list(by, screened)
    _prove_open(row)
    if row.operated_on:
        raise Refused(_("Its operation is told already. Void that record first."))
    with transaction.atomic():
        row.operation = _recorded(row, deed) if deed else _record(row, held_on, with_whom, by, at)
        if row.operation.held_on < row.screened_on:
            raise Refused(_("Nobody is operated before they were looked at."))
        row.verdict = Screened.Verdict.OPERATE
        row.day1_on = row.week6_on = None
        row.day1_outcome = row.week6_outcome = ""
        with journal(OPERATE, by=by, at=at, scope=_scope(row)) as page:
            page.save(row)
    return row


def _recorded(row: Screened, deed: UUID) -> Deed:
    found = Deed.objects.filter(
        pk=deed, mission=row.mission_id, organisation=row.organisation_id, kind__in=KINDS,
        void_reason="",
    ).first()  # fmt: skip
    if found is None or Screened.objects.filter(operation=found).exists():
        raise Refused(_("Choose an operation of this team that is not on the list yet."))
    return found


def _record(
    row: Screened, held_on: dt.date | None, with_whom: str, by: Viewer, at: dt.datetime
) -> Deed:
    if held_on is None:
        raise Refused(_("Say on which day it was."))
    item = row.item
    deed = Deed(
        id=uuid4(), kind=KINDS[0], held_on=held_on, count=1, item=item, sex=row.sex, age=row.age,
        specialty=item.specialty if item else "", with_whom=with_whom.strip()[:120],
    )  # fmt: skip
    return record_deed(
        organisation=row.organisation_id, mission=row.mission_id, deed=deed, by=by, at=at
    )


def tell_check(
    *, screened: UUID, check: str, on: dt.date, outcome: str, by: Viewer, at: dt.datetime
) -> Screened:
    """How somebody was on day 1 or in week 6; the record of the operation tells it too."""
    row = access.screened_to_check(by, screened)
    _prove_open(row)
    if check not in DUE or outcome not in OUTCOMES:
        raise Refused(_("Choose from the list: “%s” is not in it.") % (outcome or check))
    if fault := fault_of_check(as_listed(row), check, on, at.date()):
        raise Refused(
            {
                "NOT_OPERATED": _("Nothing was operated yet."),
                "FUTURE": _("This day has not come yet."),
                "TOO_EARLY": _("That is too early for this check."),
            }[fault]
        )  # fmt: skip
    if check == DAY_1:
        row.day1_on, row.day1_outcome = on, outcome
    else:
        row.week6_on, row.week6_outcome = on, outcome
    deed = row.operation
    with journal(CHECK, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
        if deed is not None:
            deed.outcome = row.week6_outcome or row.day1_outcome  # the later word stands
            prove_deed(deed, at.date())
            page.save(deed)
    return row


def void_screened(*, screened: UUID, reason: str, by: Viewer, at: dt.datetime) -> Screened:
    """A line listed by mistake; the record of its operation stays, and is voided where it is."""
    row = access.screened_to_list(by, screened)
    _prove_open(row)
    if not reason.strip():
        raise Refused(_("Say why it is void."))
    row.void_reason, row.operation = reason.strip()[:200], None
    with journal(VOID, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def _prove_open(row: Screened) -> None:
    if row.void_reason:
        raise Refused(_("It is void already."))


def _scope(row: Screened) -> str:
    return f"mission:{row.mission_id}"
