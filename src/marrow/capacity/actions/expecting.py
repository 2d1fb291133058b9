"""Which hospitals should have what a list holds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.first_team import prove_since_first_team
from marrow.capacity.models import Expected
from marrow.catalogue.access import list_to_keep
from marrow.catalogue.models import List
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.directory.access import organisation_for

EXPECT = Act("expect_hospital", gettext_lazy("Named a hospital that should have what is listed"))
NO_LONGER = Act(
    "expect_no_longer", gettext_lazy("Said that a hospital no longer should have what is listed")
)


def expect_hospital(
    *, key: str, organisation: UUID, by: Viewer, at: dt.datetime, on: dt.date | None = None
) -> Expected:
    """Name a hospital of the list's area that should have all that the list holds, since `on` (the
    day of `at`, unless told): what any day before came to stays."""
    row, hospital = list_to_keep(by, key), organisation_for(organisation)
    area, since = hospital.area, on or at.date()
    if area is None or not area.path.startswith(row.area.path):
        raise Refused(_("This hospital does not lie in the area of the list."))
    if since > at.date():
        raise Refused(_("This day is still to come."))
    _prove_begun(row, since, at.date())
    if _named(row, organisation) is not None:
        raise Refused(_("This hospital is named already."))
    found = Expected(id=uuid4(), list=row, organisation=hospital, from_on=since)
    try:
        with (
            transaction.atomic(),
            journal(EXPECT, by=by, at=at, scope=f"organisation:{hospital.pk}") as page,
        ):
            page.save(found)
    except IntegrityError as other:
        raise Overtaken(_("This hospital is named already.")) from other
    return found


def expect_no_longer(*, key: str, organisation: UUID, by: Viewer, at: dt.datetime) -> Expected:
    """From the day of `at` on the hospital is none of those that should have what is listed; of the
    days before it stays one."""
    row = list_to_keep(by, key)
    found = _named(row, organisation)
    if found is None:
        raise Overtaken(_("This hospital is not named here, or no longer."))
    found.until_on = at.date()
    with journal(NO_LONGER, by=by, at=at, scope=f"organisation:{organisation}") as page:
        page.save(found)
    return found


def _prove_begun(row: List, since: dt.date, today: dt.date) -> None:
    """Nobody should have had what a list holds before its first version, nor before 1963."""
    prove_since_first_team(since)
    begun = row.versions.aggregate(first=Min("valid_from"))["first"]
    if begun and since < min(begun, today):
        words = _("The first version of the list holds from %(day)s on: name the hospital from that"
                  " day on, or from a later one.")  # fmt: skip
        raise Refused(words % {"day": begun})


def _named(row: List, organisation: UUID) -> Expected | None:
    rows = Expected.objects.filter(list=row, organisation=organisation, until_on=None)
    return rows.first()
