"""The health check of a partnership: each side gives its own, once a year, unseen by the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.plans import scope_of
from marrow.agreements.models import HealthCheck, Mark
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient

GIVE = Act("give_check", gettext_lazy("Gave a health check of a partnership"), undo=NEVER)
Said = tuple[int | None, str]  # a score of 0 to 4, or None where the side cannot say; a sentence


def give_check(
    *, partnership: UUID, side: str, language: str, marks: Mapping[str, Said], by: Viewer,
    at: dt.datetime,
) -> HealthCheck:  # fmt: skip
    """Give one side's health check of this year: every point with a score and a sentence.

    It is given once and not taken back; nobody gives it for both sides.
    """
    pair = access.partnership_for(by, partnership)
    access.may_check(by, pair, side)
    person = by.person
    if person is None:
        raise NotAllowed(_("A health check is given by a person who is signed in."))
    given = list(HealthCheck.objects.filter(partnership=pair, year=at.year))
    if any(one.side == side for one in given):
        raise Refused(_("Your side has given its health check of this year already."))
    if any(one.given_by == person for one in given):
        raise NotAllowed(_("You gave it for the other side: somebody else gives this one."))
    _all_said(marks)
    prove_no_patient(*(sentence for _score, sentence in marks.values()))
    row = HealthCheck(
        id=uuid4(), partnership=pair, year=at.year, side=side, language=language,
        given_by=person, given_at=at,
    )  # fmt: skip
    rows = [
        Mark(id=uuid4(), health_check=row, point=point, score=marks[point][0],
             sentence=marks[point][1].strip()[:300])
        for point in Mark.Point.values
    ]  # fmt: skip
    with journal(GIVE, by=by, at=at, scope=scope_of(pair.programme)) as page:
        page.save(row)
        page.save_all(rows)
    return row


def _all_said(marks: Mapping[str, Said]) -> None:
    for point in Mark.Point:
        score, sentence = marks.get(point, (None, ""))
        if not sentence.strip() or (score is not None and score not in Mark.Score.values):
            told = _(
                "Give a score from 0 to 4 and a sentence for each point: %(point)s is missing."
            )
            raise Refused(told % {"point": point.label})
