"""Loading a classification for looking codes up: the file's own words, replaced as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue import access
from marrow.catalogue.actions.items import LONGEST_CODE, SYSTEMS
from marrow.catalogue.models import Code, CodeList
from marrow.catalogue.search import searched
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names

LOAD = Act("load_codes", gettext_lazy("Loaded a list of codes"))
BATCH = 500


def load_codes(
    *,
    system: str,
    title: str,
    sha256: str,
    rows: Iterable[tuple[str, Names]],
    by: Viewer,
    at: dt.datetime,
) -> CodeList:
    """Replace the codes of a system; the journal keeps which file, and how many codes it held.

    The codes themselves can be loaded again from the file, so they stand outside the journal.
    """
    access.may_keep_items(by)
    if system not in SYSTEMS:
        raise Refused(_("Codes are of one of these systems: %s.") % ", ".join(SYSTEMS))
    found = {code: names for code, names in rows if code and len(code) <= LONGEST_CODE}
    if not found:
        raise Refused(_("The file holds no codes."))
    kept = CodeList.objects.filter(system=system).first()
    kept = kept or CodeList(id=same_id("code-list", system), system=system)
    kept.title, kept.sha256, kept.count = title[:200], sha256, len(found)
    with transaction.atomic():
        Code.objects.filter(system=system).delete()
        Code.objects.bulk_create(
            (
                Code(system=system, code=code, names=names, search=searched(names, (), (code,)))
                for code, names in found.items()
            ),
            batch_size=BATCH,
        )
        with journal(LOAD, by=by, at=at) as page:
            page.save(kept)
    return kept
