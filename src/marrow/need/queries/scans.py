"""The scan of a paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.need.models import NeedChange, ScanFile
from marrow.sources.models import Document

KINDS = {b"%PDF-": ("application/pdf", "pdf"), b"\x89PNG\r": ("image/png", "png")}


@dataclass(frozen=True, slots=True)
class Scan:
    content: bytes
    kind: str
    ending: str


def scan_of(row: NeedChange) -> Scan:
    document = Document.objects.filter(pk=row.document).first() if row.document else None
    file = ScanFile.objects.filter(sha256=document.sha256).first() if document else None
    if file is None:
        raise Unseen(_("The scan is not kept here."))
    content = bytes(file.content)
    kind, ending = KINDS.get(content[:5], ("image/jpeg", "jpg"))
    return Scan(content, kind, ending)
