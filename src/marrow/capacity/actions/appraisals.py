"""A hospital is measured on a named dimension, as a source says it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import Appraisal
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated
from marrow.sources.actions import Source, tell_source

APPRAISE = Act("appraise_hospital", gettext_lazy("Told how a hospital was measured"))


def appraise_hospital(
    *, organisation: UUID, appraisal: Appraisal, source: Source, by: Viewer, at: dt.datetime
) -> Appraisal:
    """Tell what a source says of a hospital on one dimension; `appraisal` has dimension, as of
    when, words, and the value with its scale where there is one."""
    row = access.hospital_to_answer_for(by, organisation)
    appraisal.words = appraisal.words.strip()[:300]
    prove_nobody_treated(appraisal.words)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if appraisal.dimension not in Appraisal.Dimension.values or not appraisal.words:
        raise Refused(_("Say which dimension, and what the source says of it."))
    if not is_partial_date(appraisal.as_of) or appraisal.as_of > at.date().isoformat():
        raise Refused(_("Say of which year, month or day it is, not one still to come."))
    if appraisal.value is not None and not appraisal.scale.strip():
        raise Refused(_("Say on which scale: a number alone tells nothing."))
    prove_nobody_treated(appraisal.words, appraisal.scale)
    appraisal.organisation, appraisal.told_by, appraisal.told_at = row, by.person, at
    with journal(APPRAISE, by=by, at=at, scope=f"organisation:{row.pk}") as page:
        page.save(appraisal)
        tell_source(page, about=appraisal, told={"words": appraisal.words}, source=source, at=at)
    return appraisal
