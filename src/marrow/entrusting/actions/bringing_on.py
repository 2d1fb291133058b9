"""Teacher and apprentice come together and part; somebody goes to study and comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.models import Item
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.entrusting import access
from marrow.entrusting.actions.days import prove_after, prove_begun, prove_could
from marrow.entrusting.models import Pair, PairItem, Study, Talent
from marrow.people.actions.wording import prove_no_patient
from marrow.sources.actions import Source, tell_source

PAIR = Act("pair_up", gettext_lazy("Paired a teacher with an apprentice"))
END_PAIR = Act("end_pair", gettext_lazy("Said what came of an apprenticeship"))
STUDY = Act("send_to_study", gettext_lazy("Recorded that somebody went to study"))
TALENT = Act("name_talent", gettext_lazy("Recorded the grade that somebody was brought on to"))
END_STUDY = Act("end_study", gettext_lazy("Recorded what came of somebody’s study"))


def pair_up(
    *, organisation: UUID, pair: Pair, items: Collection[Item], agreement: Source | None = None,
    by: Viewer, at: dt.datetime,
) -> Pair:  # fmt: skip
    """Pair a teacher with an apprentice of the hospital; `pair` has both, as what they are brought
    on, and the first day. An agreement is told with its words."""
    pair.organisation = access.hospital_to_keep(by, organisation)
    if pair.apprentice.unit_id != organisation:
        raise Refused(_("The apprentice is no colleague of this hospital."))
    if pair.teacher_id == pair.apprentice_id:
        raise Refused(_("Nobody is their own apprentice."))
    access.may_name(by, organisation, pair.teacher)
    if not items:
        raise Refused(_("Name at least one technique."))
    prove_could(pair.apprentice, pair.begun_on, at)
    pair.outcome = Pair.Outcome.UNDER_WAY
    try:
        with (
            transaction.atomic(),
            journal(PAIR, by=by, at=at, scope=f"organisation:{organisation}") as page,
        ):
            page.save(pair)
            page.save_all([PairItem(id=uuid4(), pair=pair, item=item) for item in items])
            if agreement:
                told = {"begun_on": pair.begun_on.isoformat()}
                tell_source(page, about=pair, told=told, source=agreement, at=at)
    except IntegrityError as other:
        raise Overtaken(_("These two are teacher and apprentice already.")) from other
    return pair


def end_pair(
    *, pair: UUID, outcome: str, on: dt.date, words: str, by: Viewer, at: dt.datetime
) -> Pair:
    """Say on which day it ended, and what came of it."""
    row = access.pair_to_keep(by, pair)
    if row.ended_on:
        raise Overtaken(_("This apprenticeship has ended already."))
    if outcome not in Pair.Outcome.values or outcome == Pair.Outcome.UNDER_WAY:
        raise Refused(_("Say what came of it."))
    if not row.begun_on <= on <= at.date():
        raise Refused(_("It ends after its first day, and not in days still to come."))
    prove_no_patient(words)
    row.outcome, row.ended_on, row.reason = outcome, on, words.strip()[:300]
    with journal(END_PAIR, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        page.save(row)
    return row


def send_to_study(*, organisation: UUID, study: Study, by: Viewer, at: dt.datetime) -> Study:
    """Record that somebody of the hospital studies in another house; `study` has person, host,
    specialty, as what they are brought on, since when and until when it is planned."""
    study.organisation = access.hospital_to_keep(by, organisation)
    if study.person.unit_id != organisation:
        raise Refused(_("This person is no colleague of this hospital."))
    if study.host_id == organisation:
        raise Refused(_("Name the other house in which they learn."))
    if study.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    prove_begun(study.begun_on, at)
    prove_after(study.planned_end_on, study.begun_on)
    study.state = Study.State.AWAY
    with journal(STUDY, by=by, at=at, scope=f"organisation:{organisation}") as page:
        page.save(study)
    return study


def end_study(
    *, study: UUID, state: str, on: str, now_does: str, by: Viewer, at: dt.datetime
) -> Study:
    """Say whether somebody came back, when, and what they do since; later words replace earlier
    ones, the history keeps both."""
    row = access.study_to_keep(by, study)
    if state not in (Study.State.RETURNED, Study.State.STAYED):
        raise Refused(_("Say whether they came back."))
    prove_begun(on, at)
    if on and row.begun_on and on < row.begun_on[: len(on)]:
        raise Refused(_("Nobody comes back before they left."))
    prove_no_patient(now_does)
    row.state, row.ended_on, row.now_does = state, on, now_does.strip()[:300]
    with journal(END_STUDY, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        page.save(row)
    return row


def name_talent(*, organisation: UUID, talent: Talent, by: Viewer, at: dt.datetime) -> Talent:
    """Record that a colleague stands on a grade; `talent` has person, track, grade, since when and
    what shows it. An earlier grade stays: it is how they came along."""
    talent.organisation = access.hospital_to_keep(by, organisation)
    if talent.person.unit_id != organisation:
        raise Refused(_("This person is no colleague of this hospital."))
    if talent.since > at.date().isoformat():
        raise Refused(_("This day is still to come."))
    talent.shown_by = talent.shown_by.strip()[:300]
    prove_no_patient(talent.shown_by)
    if not talent.shown_by:
        raise Refused(_("Say what shows it."))
    try:
        with (
            transaction.atomic(),
            journal(TALENT, by=by, at=at, scope=f"organisation:{organisation}") as page,
        ):
            page.save(talent)
    except IntegrityError as other:
        raise Overtaken(_("This stands already.")) from other
    return talent
