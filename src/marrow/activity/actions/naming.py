"""What a source's words mean here. A second person confirms it where months rest on them that were
reviewed or approved: those took two to stand, and one alone moves no figure of theirs."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.models import Indicator
from marrow.activity.queries.naming import resting_on, told_of_months
from marrow.activity.rules.kinds import KINDS
from marrow.core.journal import Act, journal
from marrow.core.journal.undoing import HELD_AS_IT_STANDS
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

NAME = Act("say_what_it_is", gettext_lazy("Said what a source’s words mean"))


def say_what_it_is(*, indicator: UUID, kind: str, by: Viewer, at: dt.datetime) -> Indicator:
    """Say which of our kinds a source's words are; "" takes that back.

    Where months that were reviewed or approved rest on them it is asked first, and holds once a
    second person says the same; to say what they are already takes back what was asked.
    """
    row = access.indicator_to_name(by, indicator)
    if row.words in KINDS:
        raise Refused(_("This is one of our own kinds already."))
    if kind and kind not in KINDS:
        raise Refused(_("There is no such kind of activity."))
    with journal(NAME, by=by, at=at) as page:
        if kind == row.kind or _may_hold(row, kind, by):
            row.kind, row.asked_kind, row.asked_by = kind, "", None
        else:
            row.asked_kind, row.asked_by = kind, by.person
        page.save(row)
    return row


def _may_hold(row: Indicator, kind: str, by: Viewer) -> bool:
    seconded = row.asked_by not in (None, by.person) and row.asked_kind == kind
    return seconded or not resting_on(row.pk).exists()


def words_stand(lines: list[Operation]) -> str:
    """Why the journal does not take back what words were said to mean: months rest on them."""
    told = {line.record for line in lines if line.kind == Operation.SET}
    for row in Indicator.objects.filter(pk__in=told).order_by("words"):
        if months := told_of_months(row):
            why = _("Say under “Words of sources” what they are; a second person confirms it.")
            return f"{months} {why}"
    return ""


HELD_AS_IT_STANDS.setdefault(Indicator._meta.label_lower, []).append(words_stand)
