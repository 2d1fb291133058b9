"""The hospital answers, months after the visitors left: is it still done?"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import SustainedCheck
from marrow.capacity.queries.sustained import check_of
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated

ANSWER = Act("answer_check", gettext_lazy("Answered whether it is still done"), own=True)


def answer_check(
    *, organisation: UUID, item: str, mission: UUID, months: int, answer: SustainedCheck,
    by: Viewer, at: dt.datetime,
) -> SustainedCheck:  # fmt: skip
    """Answer one check; `answer` has still, cases and words. "No longer" is no step down yet: the
    head or the office is asked on Today to record that, with its reason."""
    hospital = access.hospital_to_answer_for(by, organisation)
    asked = check_of(hospital, item, mission, months)
    if asked is None:
        raise Unseen(_("Nothing is asked here of this item after this team."))
    if asked.answer:
        raise Overtaken(
            _("This was answered already. Who answered can take it back in the history, and answer"
              " anew.")
        )  # fmt: skip
    if asked.due_on > at.date():
        raise Refused(_("This is asked on %s, not before.") % asked.due_on)
    if by.person is None:
        raise Refused(_("Sign in first."))
    answer.id = same_id("check", hospital.pk, asked.item.pk, mission, months)
    answer.organisation, answer.item, answer.mission = hospital, asked.item, asked.mission
    prove_nobody_treated(answer.words)
    answer.months, answer.words = months, answer.words.strip()[:300]
    answer.answered_on, answer.answered_by, answer.answered_at = at.date(), by.person, at
    with journal(ANSWER, by=by, at=at, scope=f"organisation:{hospital.pk}") as page:
        page.save(answer)
    return answer
