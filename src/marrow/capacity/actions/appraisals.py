"""A hospital is measured on a named dimension, as a source says it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import Appraisal
from marrow.capacity.rules.measured import are_the_same, contradict
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.people.actions.wording import prove_nobody_treated
from marrow.sources.actions import Source, raise_findings, tell_source
from marrow.sources.models import Fact, Finding

APPRAISE = Act("appraise_hospital", gettext_lazy("Told how a hospital was measured"))
CODE = "MEASURED_APART"
MEASURED_ON = {
    "TREATMENT": names(
        "level of diagnosis and treatment", "诊疗水平", "niveau de diagnostic et de traitement"
    ),
    "MANAGEMENT": names("level of management", "管理水平", "niveau de gestion"),
    "CORE": names("core competitiveness", "核心竞争力", "compétitivité"),
}


def appraise_hospital(
    *, organisation: UUID, appraisal: Appraisal, source: Source, by: Viewer, at: dt.datetime
) -> Appraisal:
    """Tell what a source says of a hospital on one dimension; `appraisal` has dimension, as of
    when, words, and the value with its scale where there is one. The same from another source adds
    that source; what contradicts of one month stands beside it, with a finding."""
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
    others = Appraisal.objects.filter(organisation=row, dimension=appraisal.dimension)
    near = list(others.exclude(pk=appraisal.pk))
    same = next((one for one in near if are_the_same(one.measured, appraisal.measured)), None)
    if same and _is_source_of(same, source):
        raise Refused(_("This is told already, in the same words."))
    kept = same or appraisal
    with journal(APPRAISE, by=by, at=at, scope=f"organisation:{row.pk}") as page:
        page.save(kept)
        tell_source(page, about=kept, told={"words": kept.words}, source=source, at=at)
        apart = [one for one in near if contradict(one.measured, kept.measured)]
        raise_findings(page, [_doubt(one, kept, at) for one in apart])
    return kept


def _is_source_of(row: Appraisal, source: Source) -> bool:
    told = Fact.objects.filter(about=row.pk, quote__document__title=source.title.strip()[:400])
    return told.exists()


def _doubt(before: Appraisal, row: Appraisal, at: dt.datetime) -> Finding:
    first, last = sorted((before.pk.hex, row.pk.hex))
    key = f"measured:{first}:{last}"
    params = {
        "what": MEASURED_ON[row.dimension], "place": row.organisation.names, "when": row.as_of,
        "one": before.told_in_each(), "other": row.told_in_each(),
    }  # fmt: skip
    return Finding(
        id=same_id("finding", key), key=key, code=CODE, about_model="capacity.appraisal",
        about=row.pk, field="words", params=params, raised_at=at,
    )  # fmt: skip
