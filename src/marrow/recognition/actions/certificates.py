"""Issuing certificates to a whole team at once, and withdrawing one that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marrow.accounts.rules import meant, new_code
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, listing
from marrow.missions.models import Mission
from marrow.recognition import access, queries
from marrow.recognition.models import Certificate
from marrow.recognition.queries.certificates import CODE_LENGTH
from marrow.recognition.rules.numbers import numbers_from
from marrow.recognition.rules.service import days_served
from marrow.teams.actions.service_days import HELD_BY
from marrow.teams.models import Assignment

ISSUE = Act("issue_certificates", gettext_lazy("Issued certificates of honour"), undo=NEVER)
TOLD_OF = {"state", "started_on", "ended_on", "person_id", "seat_id"}  # by what a certificate says
MOST_NAMED = 5
WITHDRAW = Act("withdraw_certificate", gettext_lazy("Withdrew a certificate"), undo=NEVER)


def issue_certificates(
    *, mission: UUID, issuer: Names, signed_by: str, languages: str, issued_on: dt.date,
    by: Viewer, at: dt.datetime, signed_by_names: Names | None = None,
) -> list[Certificate]:  # fmt: skip
    """Give everybody who served and has none a certificate; who has one keeps it. `signed_by_names`
    is who signs as each language writes it; without, `signed_by` stands in all.

    Refuses where nobody came home yet, or all have theirs.
    """
    row = access.mission_to_honour(by, mission)
    if languages not in Certificate.Languages.values:
        raise Refused(_("There is no such choice of languages."))
    if not any(issuer.values()):
        raise Refused(_("Say which office issues the certificates."))
    if issued_on > at.date():
        raise Refused(_("The day lies in the future."))
    people = queries.to_certify(row)
    if not people:
        raise Refused(_why_nobody(row))
    if any(p.ended_on and issued_on < p.ended_on for p in people):
        raise Refused(_("Somebody came home only after this day."))
    told = {
        "issuer": issuer, "signed_by": signed_by.strip()[:120], "languages": languages,
        "issued_on": issued_on, "signed_by_names": signed_by_names or {},
    }  # fmt: skip
    with _once(), journal(ISSUE, by=by, at=at, scope=f"mission:{row.pk}") as page:
        numbers = numbers_from(issued_on.year, _last_number(issued_on.year), len(people))
        made = [_made(one, row, n, told) for one, n in zip(people, numbers, strict=True)]
        page.save_all(made)
    return made


def _made(one: Assignment, mission: Mission, number: str, told: dict[str, object]) -> Certificate:
    return Certificate(
        id=uuid4(), assignment=one, number=number, code=meant(new_code(CODE_LENGTH)),
        names=one.person.names, mission_names=mission.names, started_on=one.started_on,
        ended_on=one.ended_on, days=days_served(one.started_on, one.ended_on), **told,
    )  # fmt: skip


def _why_nobody(mission: Mission) -> str:
    if queries.certificates_of_mission(mission):
        return _("Everybody who served has a certificate already.")
    return _("Nobody has come home yet: a certificate is for service that has ended.")


def _last_number(year: int) -> str:
    of_year = Certificate.objects.filter(number__startswith=f"{year}-")
    last = of_year.order_by(Length("number").desc(), "-number").first()
    return last.number if last else ""


@contextmanager
def _once() -> Iterator[None]:
    """Of two who issue at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as issued:
        raise Overtaken(_("Somebody issued certificates meanwhile. Look again.")) from issued


def withdraw_certificate(
    *, certificate: UUID, reason: str, by: Viewer, at: dt.datetime
) -> Certificate:
    """Say that a certificate no longer holds; another can then be issued."""
    row = access.certificate_to_withdraw(by, certificate)
    if row.withdrawn_on:
        raise Refused(_("This certificate is withdrawn already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    row.withdrawn_on, row.reason = at.date(), reason.strip()[:300]
    mission = row.assignment.seat.mission_id
    with journal(WITHDRAW, by=by, at=at, scope=f"mission:{mission}") as page:
        page.save(row)
    return row


def certified_services_stand(lines: list[Operation]) -> str:
    """Why the end or days of services are not taken back: certificates that hold tell of them."""
    return papers_stand([line.record for line in lines if not TOLD_OF.isdisjoint(changed_by(line))])


def papers_stand(services: Sequence[UUID]) -> str:
    """The certificates that hold and tell of these services, as a reason to let them be; '' where
    there are none."""
    papers = queries.holding(services)
    if not papers:
        return ""
    named = listing().join(str(paper) for paper in papers[:MOST_NAMED])
    more = ", …" if len(papers) > MOST_NAMED else ""
    return ngettext(
        "A certificate that holds tells of this service: %(names)s. Withdraw it first, on the page"
        " of the team’s certificates.",
        "%(count)s certificates that hold tell of these services: %(names)s. Withdraw them first,"
        " on the page of the team’s certificates.", len(papers),
    ) % {"count": len(papers), "names": named + more}  # fmt: skip


HELD_AS_IT_STANDS.setdefault("teams.assignment", []).append(certified_services_stand)
HELD_BY.append(papers_stand)
