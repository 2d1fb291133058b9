"""The fallen by name: kept only with a family's consent, hidden at once when it is withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_happened
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.actions.days import FIRST
from marrow.recognition import access
from marrow.recognition.models import Consent, Remembered

REMEMBER = Act("remember", gettext_lazy("Remembered somebody by name"), undo=NEVER)
CORRECT = Act(
    "correct_remembered", gettext_lazy("Corrected what is told of somebody remembered"), undo=NEVER
)
CONSENT = Act("record_consent", gettext_lazy("Recorded a family’s consent"), undo=NEVER)
WITHDRAW = Act("withdraw_consent", gettext_lazy("Withdrew a family’s consent"), undo=NEVER)


@dataclass(frozen=True, slots=True)
class Family:
    """A consent as it is told: by whom, what it covers, when, on which paper."""

    name: str
    relation: str
    paper: str
    covers: str
    given_on: dt.date


def remember(
    *, fallen: UUID, name: str, words: str, fell_on: str, family: Family, by: Viewer,
    at: dt.datetime,
) -> Remembered:  # fmt: skip
    """Keep a name together with the consent that lets it be shown: never one without the other."""
    row = access.fallen_to_remember(by, fallen)
    _prove_told(name, fell_on, at)
    if Remembered.objects.filter(fallen=row).count() >= row.persons:
        raise Refused(_("Everybody whom the source counts here is remembered by name already."))
    one = Remembered(id=uuid4(), fallen=row, fell_on=fell_on)
    consent = _consent(one, family, at)
    with journal(REMEMBER, by=by, at=at) as page:
        one.name, one.words = name.strip()[:200], words.strip()[:600]
        _seal(consent, family)
        page.save(one)
        page.save(consent)
    return one


def correct_remembered(
    *, remembered: UUID, name: str, words: str, fell_on: str, by: Viewer, at: dt.datetime
) -> Remembered:
    """Put right how a name, words or a day was written. The family's consent stays as it was; what
    stood before stays sealed in the history."""
    row = access.remembered_to_keep(by, remembered)
    _prove_told(name, fell_on, at)
    with journal(CORRECT, by=by, at=at) as page:
        if row.name != name.strip()[:200]:
            row.name = name.strip()[:200]
        if row.words != words.strip()[:600]:
            row.words = words.strip()[:600]
        row.fell_on = fell_on
        page.save(row)
    return row


def _prove_told(name: str, fell_on: str, at: dt.datetime) -> None:
    if not name.strip():
        raise Refused(_("Write the name as the family writes it."))
    if fell_on and not is_partial_date(fell_on):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    prove_happened(fell_on, at=at, since=FIRST)


def record_consent(
    *, remembered: UUID, family: Family, by: Viewer, at: dt.datetime
) -> Consent:  # fmt: skip
    """Record a consent anew, after an earlier one was withdrawn, or in its stead."""
    row = access.remembered_to_keep(by, remembered)
    consent = _consent(row, family, at)
    held = row.consents.filter(withdrawn_on=None).first()
    with journal(CONSENT, by=by, at=at) as page:
        if held:
            held.withdrawn_on = at.date()
            page.save(held)
        _seal(consent, family)
        page.save(consent)
    return consent


def withdraw_consent(*, remembered: UUID, by: Viewer, at: dt.datetime) -> Consent:
    """The family wishes it no longer: from this moment the name is shown nowhere."""
    row = access.remembered_to_keep(by, remembered)
    held = row.consents.filter(withdrawn_on=None).first()
    if held is None:
        raise Refused(_("No consent holds here: the name is not shown."))
    held.withdrawn_on = at.date()
    with journal(WITHDRAW, by=by, at=at) as page:
        page.save(held)
    return held


def _consent(row: Remembered, family: Family, at: dt.datetime) -> Consent:
    if not (family.name.strip() and family.relation.strip() and family.paper.strip()):
        raise Refused(_("Say who of the family consents, and on which paper."))
    if family.covers not in Consent.Covers.values:
        raise Refused(_("Say what may be shown."))
    if family.given_on > at.date():
        raise Refused(_("The day lies in the future."))
    prove_happened(family.given_on, at=at, since=row.fell_on or FIRST)
    return Consent(id=uuid4(), remembered=row, covers=family.covers, given_on=family.given_on)


def _seal(consent: Consent, family: Family) -> None:
    consent.name, consent.relation = family.name.strip(), family.relation.strip()
    consent.paper = family.paper.strip()
