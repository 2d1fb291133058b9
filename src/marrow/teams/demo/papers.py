"""The office's own letters: a name list and a dispatch letter in each language, with its head."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.teams.actions import keep_template
from marrow.teams.letters import layout
from marrow.teams.models import LetterTemplate
from marrow.ui.papers.letters import made

HEAD = names(
    "Demonstration programme office (invented)", "演示项目办公室（虚构）",
    "Bureau du programme d’essai (fictif)",
)  # fmt: skip
FILES = {
    "NAME_LIST": names(
        "Name list (invented)", "派出人员名单（虚构）", "Liste nominative (fictive)"
    ),
    "DISPATCH": names("Dispatch letter (invented)", "派遣函（虚构）", "Lettre d’envoi (fictive)"),
}


def fill_papers(programme: str, by: Viewer, at: dt.datetime) -> None:
    """As the office: Word for both, and the name list as a sheet too."""
    for kind, called in FILES.items():
        for language in LetterTemplate.Language.values:
            plain = layout(kind, language)
            letter = replace(plain, above=[HEAD[language], *plain.above])
            for ending in ("docx", "xlsx") if kind == "NAME_LIST" else ("docx",):
                keep_template(
                    programme=programme, kind=kind, language=language, by=by, at=at,
                    name=f"{called[language]}.{ending}", content=made(letter, ending),
                )  # fmt: skip
