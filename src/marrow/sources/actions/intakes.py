"""Files on their way in: received, mapped, started, cancelled. The rows are taken by their room."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marrow.core.backups.files import named_by
from marrow.core.jobs import cancel, enqueue
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sources import access
from marrow.sources.actions.facts import keep_document
from marrow.sources.intake.kinds import KINDS, guess
from marrow.sources.intake.tables import header
from marrow.sources.models import Document, Intake

JOB = "intake"
TABLE = ".table"
named_by(Intake._meta.db_table, TABLE)


def receive_file(
    *, kind: str, name: str, parts: Iterable[bytes], by: Viewer, at: dt.datetime
) -> Intake:
    """Keep a file and read its first row; a file that cannot be read leaves nothing behind."""
    access.may_send_files(by)
    if kind not in KINDS:
        raise Refused(_("Say what the file holds."))
    access.may_bring_in(by, KINDS[kind])
    name = Path(name.replace("\\", "/")).name[:200]
    path, digest, size = _keep(name, parts)
    try:
        names = header(path, name)
    except Refused:
        path.unlink(missing_ok=True)
        raise
    row = Intake(
        id=uuid4(), kind=kind, name=name, sha256=digest, size=size, title=name, header=names,
        mapping=guess(KINDS[kind], names), by=by.person, uploaded_at=at,
    )  # fmt: skip
    os.replace(path, place_of(row))  # noqa: PTH105
    row.save()
    return row


def _keep(name: str, parts: Iterable[bytes]) -> tuple[Path, str, int]:
    settings.UPLOADS.mkdir(parents=True, exist_ok=True)
    path = settings.UPLOADS / f"{uuid4()}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("wb") as file:
            for part in parts:
                size += len(part)
                if size > settings.LARGEST_UPLOAD:
                    raise Refused(  # noqa: TRY301  the file must go, whatever stops us
                        _("The file is larger than 64 MB. Pack it (.csv.gz) or send parts.")
                    )
                digest.update(part)
                file.write(part)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest(), size


def place_of(row: Intake) -> Path:
    """Where the file lies: by its own id, never by a name that a stranger chose."""
    place: Path = settings.UPLOADS / f"{row.pk}{TABLE}"
    return place


def map_columns(
    *, intake: UUID, mapping: dict[str, str], title: str, publisher: str, by: Viewer
) -> Intake:
    """Say which column is which, what holds for all rows (by "=" and the column's code), and what
    the document is called."""
    row = access.intake_for(by, intake)
    _refuse_unless(row, Intake.State.UPLOADED, Intake.State.PREVIEWED, Intake.State.FAILED)
    for column in KINDS[row.kind].columns:
        name = mapping.get(column.code, "")
        if name and name not in row.header:
            raise Refused(_("The file has no column “%s”.") % name)
    if lacking := KINDS[row.kind].missing(mapping):
        labels = " / ".join(str(c.label) for c in lacking)
        raise Refused(_("Choose the column for: %s.") % labels)
    columns = KINDS[row.kind].columns
    said = {c.said: mapping.get(c.said, "").strip()[:200] for c in columns if c.for_all}
    row.mapping = {c.code: mapping.get(c.code, "") for c in columns}
    row.mapping |= {code: words for code, words in said.items() if words}
    row.title, row.publisher = title.strip()[:400] or row.name, publisher.strip()[:200]
    row.state = Intake.State.PREVIEWED
    row.save()
    return row


def start_intake(*, intake: UUID, by: Viewer, at: dt.datetime) -> Intake:
    """Queue the taking-in; the same file is the same document, whatever it is called."""
    row = access.intake_for(by, intake)
    access.may_bring_in(by, KINDS[row.kind])
    _refuse_unless(row, Intake.State.PREVIEWED, Intake.State.CANCELLED, Intake.State.FAILED)
    with transaction.atomic():
        row.document = document_of(row.sha256, row.title, row.publisher, row.kind, by, at).pk
        row.state, row.message, row.position = Intake.State.RUNNING, "", 0
        row.counts, row.told = {}, {}
        row.ended_at = None
        row.save()
        row.problems.all().delete()
        enqueue(JOB, key=str(row.pk), at=at, person=str(by.person), grants=_grants(by))
    return row


def document_of(
    sha256: str, title: str, publisher: str, kind: str, by: Viewer, at: dt.datetime
) -> Document:
    """The document that a file is, known by its content."""
    return keep_document(
        key=f"file:{sha256}", kind=KINDS[kind].document_kind, title=title, publisher=publisher,
        by=by, at=at, sha256=sha256,
    )  # fmt: skip


def _grants(by: Viewer) -> list[list[str | None]]:
    return [[g.role, g.scope, str(g.thing) if g.thing else None] for g in by.grants]


def cancel_intake(*, intake: UUID, by: Viewer, at: dt.datetime) -> Intake:
    """Stop taking in. What is in already stays, and a new start goes on from there."""
    row = access.intake_for(by, intake)
    _refuse_unless(row, Intake.State.RUNNING)
    cancel(JOB, key=str(row.pk), at=at)
    row.state, row.ended_at = Intake.State.CANCELLED, at
    row.save()
    return row


def _refuse_unless(row: Intake, *states: str) -> None:
    if row.state not in states:
        raise Refused(
            _("The state of this file is “%s”; that is not possible now.") % row.get_state_display()
        )
