"""An office keeps its own templates of letters; what is dangerous or unknown in one is named."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.teams import access
from marrow.teams.letters import PLACES
from marrow.teams.models import LetterFile, LetterTemplate
from marrow.ui.papers.filling import places
from marrow.ui.papers.safe_office import proved

KEEP = Act("keep_template", gettext_lazy("Kept a template of a letter"))
DROP = Act("drop_template", gettext_lazy("Dropped a template of a letter"))


def keep_template(
    *, programme: str, kind: str, language: str, name: str, content: bytes, by: Viewer,
    at: dt.datetime,
) -> LetterTemplate:  # fmt: skip
    """Keep a DOCX or XLSX as the programme's template; the one before it is dropped."""
    whose = access.programme_to_form(by, programme)
    ending = PurePath(name).suffix.removeprefix(".").lower()
    _known(proved(content, ending), ending)
    digest = hashlib.sha256(content).hexdigest()
    row = LetterTemplate(
        id=uuid4(), programme=whose, kind=kind, language=language, ending=ending,
        file=PurePath(name).name[-120:], sha256=digest,
    )  # fmt: skip
    before = LetterTemplate.objects.filter(
        programme=whose, kind=kind, language=language, ending=ending, dropped_on=None
    ).first()
    with journal(KEEP, by=by, at=at, scope=f"programme:{whose.pk}") as page:
        if before:
            before.dropped_on = at.date()
            page.save(before)
        LetterFile.objects.get_or_create(sha256=digest, defaults={"content": content})
        page.save(row)
    return row


def _known(content: bytes, ending: str) -> None:
    try:
        found = places(content, ending)
    except Refused:
        raise
    except Exception as wrong:
        raise Refused(
            _("This is no %(ending)s file that can be opened.") % {"ending": ending.upper()}
        ) from wrong
    if unknown := sorted(found - set(PLACES)):
        told = ", ".join(f"{{{{ {name} }}}}" for name in unknown[:5])
        raise Refused(_("Nothing is known that could fill %(names)s.") % {"names": told[:300]})
    if not found:
        raise Refused(_("The file has no placeholder, so that every letter would be the same."))


def drop_template(*, template: UUID, by: Viewer, at: dt.datetime) -> LetterTemplate:
    """Letters of this kind are made by Marrow's own layout again."""
    row = access.template_for(by, template)
    if row.dropped_on:
        raise Refused(_("This template was dropped."))
    row.dropped_on = at.date()
    with journal(DROP, by=by, at=at, scope=f"programme:{row.programme_id}") as page:
        page.save(row)
    return row
