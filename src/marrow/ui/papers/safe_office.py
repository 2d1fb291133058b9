"""Office files that strangers send as templates: what makes one dangerous is refused, by name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from marrow.core.refusals import Refused

MOST_BYTES = 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_SWOLLEN = 60  # times: a template of plain text unpacks to some 10 times
MOST_PARTS = 300
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ACTIVE = ("vbaproject", "activex", "embeddings/", "oleobject", "externallinks/", "customui/")
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)


def proved(content: bytes, ending: str) -> bytes:
    """The file as it may be kept: a whole DOCX or XLSX, small, without macros or outside parts."""
    if ending not in MAIN:
        raise Refused(_("Send a DOCX or an XLSX file."))
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than %(size)s kB.") % {"size": MOST_BYTES // 1024})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _proved(archive, len(content), ending)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as wrong:
        raise Refused(
            _("This is no %(ending)s file that can be opened.") % _named(ending)
        ) from wrong
    return content


def _named(ending: str) -> dict[str, str]:
    return {"ending": ending.upper()}


def _proved(archive: zipfile.ZipFile, packed: int, ending: str) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size > packed * MOST_SWOLLEN:
        raise Refused(_("The file unpacks to far more than a template needs."))
    names = [part.filename for part in parts]
    if MAIN[ending] not in names:
        raise Refused(_("This is no %(ending)s file that can be opened.") % _named(ending))
    if any(word in name.lower() for name in names for word in ACTIVE):
        raise Refused(_("The file holds macros or other live parts. Save it without them."))
    for part in parts:
        _harmless(part.filename, archive.read(part))


def _harmless(name: str, content: bytes) -> None:
    """No declared entities, no macros by another name, nothing that is fetched from elsewhere."""
    if name.endswith((".xml", ".rels")) and (_DECLARED.search(content) or b"\x00" in content):
        raise Refused(_("The file declares entities, which no template needs."))
    if name == "[Content_Types].xml" and b"macroenabled" in content.lower():
        raise Refused(_("The file holds macros or other live parts. Save it without them."))
    if name.endswith(".rels"):
        for told in _OUTSIDE.findall(content):
            if b"/hyperlink" not in told:
                raise Refused(_("The file fetches something from elsewhere. Save it without that."))
