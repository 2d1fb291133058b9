"""A list of honourees that comes as a file: its rows become lines of the two lists."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from marrow.core.refusals import Refused
from marrow.recognition.rules.lists import MOST, folded
from marrow.sources.intake.tables import WORKBOOK, rows

MOST_BYTES = 2 * 1024 * 1024
NAME = ("name", "姓名", "名称", "nom", "集体或个人", "获奖者")
UNIT = ("unit", "单位", "工作单位", "unité", "organisation", "所在单位")
KIND = ("kind", "类别", "类型", "type", "catégorie")
PERSON = ("person", "个人", "personne", "individual", "individu")


def lines_of(file: UploadedFile[Any]) -> tuple[str, str]:
    """The lines of groups and of persons; a row whose kind says no person is a group's."""
    if (file.size or 0) > MOST_BYTES:
        raise Refused(_("The file is larger than %(size)s kB.") % {"size": MOST_BYTES // 1024})
    groups: list[str] = []
    persons: list[str] = []
    told = file.name or ""
    ending = ".xlsx" if told.lower().endswith(WORKBOOK) else ".csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{ending}"
        path.write_bytes(file.read())
        for _number, row in rows(path, path.name):
            name = _cell(row, NAME)
            if not name:
                raise Refused(_("The list needs a column “name”, “姓名” or “nom”."))
            line = f"{name}\t{_cell(row, UNIT)}".rstrip()
            kind = folded(_cell(row, KIND))
            (persons if any(word in kind for word in PERSON) else groups).append(line)
            if len(groups) + len(persons) > 2 * MOST:
                raise Refused(
                    _("More than %(count)s lines. Honour them in parts.") % {"count": MOST}
                )
    return "\n".join(groups), "\n".join(persons)


def _cell(row: dict[str, str], names: tuple[str, ...]) -> str:
    """The cell of the first column that is called so; a tab in it would part the line."""
    wanted = {folded(name) for name in names}
    found = next((value for head, value in row.items() if folded(head) in wanted), "")
    return " ".join(found.split())
