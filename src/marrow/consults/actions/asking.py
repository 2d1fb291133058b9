"""A case is written, with photographs, sent, and taken back where it is no longer asked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.consults import access
from marrow.consults.actions.holding import held, scope
from marrow.consults.actions.lateness import settle, wait_for_answer
from marrow.consults.actions.photos import keep_bytes, lose_bytes
from marrow.consults.actions.wording import prove_a_reference, prove_nobody_named
from marrow.consults.models import Consult, Photo
from marrow.consults.rules.cases import MOST_PHOTOS, Case, consent_is_missing
from marrow.consults.rules.clocks import answer_by
from marrow.core.days import prove_happened
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.sync.rules.pictures import NoPicture, Picture, drawn_anew

ASK = Act("ask_consult", gettext_lazy("Began a remote consultation"), undo=NEVER)
CHANGE = Act("change_case", gettext_lazy("Changed a case before it was sent"), undo=NEVER)
ADD_PHOTO = Act("add_photo", gettext_lazy("Added a photograph to a case"), undo=NEVER)
REMOVE_PHOTO = Act("remove_photo", gettext_lazy("Took a photograph out of a case"), undo=NEVER)
SUBMIT = Act("submit_consult", gettext_lazy("Sent a case to the specialists"), undo=NEVER)
WITHDRAW = Act("withdraw_consult", gettext_lazy("Withdrew a case"), undo=NEVER)
State = Consult.State
CONSENT_HOLDS = 3  # months for which who agreed that a case is sent is taken to agree still
ATTEMPTS = 5  # at a number that somebody else took in the same moment


def ask(
    *, organisation: UUID, case: Case, by: Viewer, at: dt.datetime,
    id: UUID | None = None,  # noqa: A002  the case's own id, chosen on the phone
    origin: Origin | None = None,
) -> Consult:  # fmt: skip
    """Begin a case for a hospital; it is sent by `submit`, once photographs are there."""
    hospital = access.hospital_to_ask_for(by, organisation)
    if by.person is None:
        raise Refused(_("Sign in first."))
    _prove(case, at)
    for _attempt in range(ATTEMPTS):
        row = Consult(
            id=id or uuid4(), organisation=hospital, state=State.DRAFT, asked_by=by.person,
            asked_at=at, language=(get_language() or "en")[:8], number=_next_number(),
        )  # fmt: skip
        try:
            with (
                transaction.atomic(),
                journal(ASK, by=by, at=at, scope=scope(row), origin=origin) as page,
            ):
                _tell(row, case)
                page.save(row)
        except IntegrityError:
            continue
        return row
    raise Overtaken(_("Many cases were begun at this moment. Send it again."))


def _next_number() -> int:
    last: int | None = Consult.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def change_case(*, consult: UUID, case: Case, by: Viewer, at: dt.datetime) -> Consult:
    """Write a case anew before it is sent."""
    row = _draft(by, consult)
    _prove(case, at)
    with held(row), journal(CHANGE, by=by, at=at, scope=scope(row)) as page:
        _tell(row, case)
        page.save(row)
    return row


def _tell(row: Consult, case: Case) -> None:
    row.reference, row.age, row.sex = case.reference.strip(), case.age, case.sex
    row.story, row.question = case.story.strip(), case.question.strip()
    row.specialty, row.priority = case.specialty, case.priority
    row.consent_by, row.consent_how = case.consent_by, case.consent_how
    row.consent_on = case.consent_on


def _prove(case: Case, at: dt.datetime) -> None:
    if case.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    if not case.story.strip() or not case.question.strip():
        raise Refused(_("Tell the case, and ask one question."))
    if consent_is_missing(case):
        raise Refused(
            _("Say who agreed and how. Only where life is in danger may the case go without; it is"
              " an emergency then, and consent is asked for later.")
        )  # fmt: skip
    prove_happened(case.consent_on, at=at, since=months_after(at.date(), -CONSENT_HOLDS))
    prove_a_reference(case.reference)
    prove_nobody_named(case.story, case.question)


def add_photo(*, consult: UUID, data: bytes, by: Viewer, at: dt.datetime) -> Photo:
    """Keep a photograph without what the camera wrote into it, sealed under the case's key."""
    row = _draft(by, consult)
    picture = _picture(data)
    with held(row), journal(ADD_PHOTO, by=by, at=at, scope=scope(row)) as page:
        places = [photo.place for photo in row.photos.all()]
        if len(places) >= MOST_PHOTOS:
            raise Refused(_("A case has at most %s photographs.") % MOST_PHOTOS)
        photo = Photo(
            id=uuid4(), consult=row, place=max(places, default=0) + 1, width=picture.width,
            height=picture.height, size=len(picture.data), added_at=at,
        )  # fmt: skip
        page.save(photo)
        keep_bytes(photo, picture.data)
    return photo


def _picture(data: bytes) -> Picture:
    try:
        return drawn_anew(data)
    except NoPicture as no:
        told = {
            "SIZE": _("This file is larger than 10 MB. Nothing of it was kept."),
            "PIXELS": _("This picture has too many points. Take it smaller, and add it again."),
            "KIND": _("This is no photograph: JPEG, PNG or WebP is taken."),
        }
        raise Refused(told[no.why]) from no


def remove_photo(*, consult: UUID, photo: UUID, by: Viewer, at: dt.datetime) -> None:
    """Take a photograph out before the case is sent; its bytes are gone."""
    row = _draft(by, consult)
    found = access.photo_for(by, consult, photo)
    with held(row), journal(REMOVE_PHOTO, by=by, at=at, scope=scope(row)) as page:
        lose_bytes(found)
        page.remove(found)


def submit(*, consult: UUID, by: Viewer, at: dt.datetime, origin: Origin | None = None) -> Consult:
    """Send a case: from now on the clock of its priority runs, and nothing of it changes."""
    row = _draft(by, consult)
    row.state, row.submitted_at = State.SUBMITTED, at
    row.answer_by = answer_by(row.priority, at)
    with held(row), journal(SUBMIT, by=by, at=at, scope=scope(row), origin=origin) as page:
        page.save(row)
        wait_for_answer(row, at)
    return row


def withdraw(*, consult: UUID, why: str, by: Viewer, at: dt.datetime) -> Consult:
    row = access.case_of_asker(by, consult)
    if row.state not in (State.DRAFT, State.SUBMITTED, State.ASSIGNED):
        raise Refused(_("It is answered or ended; it cannot be withdrawn any more."))
    if why not in Consult.BY_ASKER:
        raise Refused(_("Say why."))
    row.state, row.why, row.closed_at = State.WITHDRAWN, why, at
    with held(row), journal(WITHDRAW, by=by, at=at, scope=scope(row)) as page:
        page.save(row)
        settle(page, row, by, at)
    return row


def _draft(by: Viewer, consult: UUID) -> Consult:
    row = access.case_of_asker(by, consult)
    if row.state != State.DRAFT:
        raise Refused(_("It is sent: it stands as the specialist reads it."))
    return row
