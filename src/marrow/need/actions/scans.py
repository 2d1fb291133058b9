"""The scan of a paper: a document of the sources, its bytes beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.book import same_id
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.need.models import ScanFile
from marrow.need.rules.scans import PDF, PICTURES, opens
from marrow.sources.models import Document

LARGEST_SCAN = 5_000_000


def prove_scan(scan: bytes) -> None:
    if not scan.startswith((PDF, *PICTURES)) or len(scan) > LARGEST_SCAN:
        raise Refused(_("Attach the scan: PDF, PNG or JPEG, of at most 5 MB."))
    if not opens(scan):
        raise Refused(_("This scan cannot be opened: it is empty or cut off."))


def keep_scan(page: Page, title: str, scan: bytes, at: dt.datetime) -> UUID:
    digest = hashlib.sha256(scan).hexdigest()
    key = f"scan:{digest}"
    ScanFile.objects.get_or_create(sha256=digest, defaults={"content": scan})
    row = Document.objects.filter(key=key).first()
    if row is None:
        row = Document(
            id=same_id("document", key), key=key, kind=Document.Kind.PAPER, title=title[:400],
            read_on=at.date(), sha256=digest,
        )  # fmt: skip
        page.save(row)
    return row.pk
