"""Which hospitals should have what a list holds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity.models import Expected
from marrow.catalogue.access import list_to_keep
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.access import organisation_for

EXPECT = Act("expect_hospital", gettext_lazy("Named a hospital that should have what is listed"))


def expect_hospital(*, key: str, organisation: UUID, by: Viewer, at: dt.datetime) -> Expected:
    """Name a hospital of the list's area that should have all that the list holds."""
    row, hospital = list_to_keep(by, key), organisation_for(organisation)
    area = hospital.area
    if area is None or not area.path.startswith(row.area.path):
        raise Refused(_("This hospital does not lie in the area of the list."))
    found = Expected(id=same_id("expected", row.pk, hospital.pk), list=row, organisation=hospital)
    if Expected.objects.filter(pk=found.pk).exists():
        raise Refused(_("This hospital is named already."))
    with journal(EXPECT, by=by, at=at, scope=f"organisation:{hospital.pk}") as page:
        page.save(found)
    return found
