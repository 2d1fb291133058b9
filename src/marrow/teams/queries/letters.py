"""Letters of a mission: by which template, what is in them, what they lack."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from marrow.core.refusals import Refused, Unseen
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.teams.letters import PLACES, filling, layout, shape_of
from marrow.teams.models import LetterFile, LetterTemplate
from marrow.ui.papers.filling import filled
from marrow.ui.papers.letters import made, read_back


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A kind of letter in one language, with the template of each form of file (None: Marrow's)."""

    kind: str
    kind_name: str
    language: str
    language_name: str
    docx: LetterTemplate | None
    xlsx: LetterTemplate | None


def letters(programme: Programme) -> list[LetterLine]:
    rows = LetterTemplate.objects.filter(programme=programme, dropped_on=None)
    own = {(r.kind, r.language, r.ending): r for r in rows}
    return [
        LetterLine(
            kind.value, str(kind.label), language.value, str(language.label),
            own.get((kind.value, language.value, "docx")),
            own.get((kind.value, language.value, "xlsx")),
        )
        for kind in LetterTemplate.Kind
        for language in LetterTemplate.Language
    ]  # fmt: skip


def letter(
    mission: Mission, kind: str, language: str, ending: str, today: dt.date
) -> tuple[bytes, LetterTemplate | None]:
    """The filled letter, and the office's template where it has one."""
    _known(kind, language, ending)
    own = LetterTemplate.objects.filter(
        programme=mission.programme, kind=kind, language=language, ending=ending, dropped_on=None
    ).first()
    template = content_of(own) if own else made(layout(kind, language, shape_of(mission)), ending)
    return filled(template, ending, *filling(mission, language, today)), own


def _known(kind: str, language: str, ending: str) -> None:
    known = (LetterTemplate.Kind, LetterTemplate.Language, LetterTemplate.Ending)
    told = (kind, language, ending)
    if any(code not in of.values for code, of in zip(told, known, strict=True)):
        raise Unseen(_("There is no such page."))


def content_of(template: LetterTemplate) -> bytes:
    """The bytes of a template, proved against the fingerprint in the journal."""
    file = LetterFile.objects.filter(pk=template.sha256).first()
    content = bytes(file.content) if file else b""
    if hashlib.sha256(content).hexdigest() != template.sha256:
        raise Refused(_("The file of this template is not the one that was kept. Send it again."))
    return content


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table's rows."""

    text: str
    rows: list[list[str]]


def preview(mission: Mission, kind: str, language: str, today: dt.date) -> list[Block]:
    """What a letter says, as its DOCX will hold it."""
    content, _own = letter(mission, kind, language, "docx", today)
    blocks: list[Block] = []
    for in_table, lines in groupby(read_back(content, "docx"), key=lambda line: len(line) > 1):
        told = list(lines)
        blocks += [Block("", told)] if in_table else [Block(line[0], []) for line in told]
    return blocks


def place_words() -> list[tuple[str, str]]:
    return [(f"{{{{ {name} }}}}", str(words)) for name, words in PLACES.items()]


def beginning(kind: str, language: str, ending: str) -> bytes:
    """Marrow's own layout as a template that an office can make its own."""
    _known(kind, language, ending)
    return made(layout(kind, language), ending)
