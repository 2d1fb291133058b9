"""Between a name and what is said of it stands the sign of the reader's language."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.core.words import colon
from marrow.hospitals.models import Request
from marrow.people.models import Person
from marrow.teams.models import Assignment, ChecklistItem
from tests.builders import ROOT

SOURCE = ROOT / "src/marrow"
#: read by an operator, or kept for a machine
FOR_NOBODY = re.compile(
    r"/management/|/migrations/|/server/|/core/(?!journal/told)|/actions/|/sync/"
)
#: names of a series are written in each language; a row's number and a feed are no reader's words
WRITTEN_IN_EACH = ("Medical teams to", "{self.row}: {self.code}", "{self.pk}: {self.feed}")
JOINED = re.compile(r"\}: [{a-z]")
ON_A_PHONE = re.compile(r'data-label="(?:\{%[^>]*?%\}|\{\{[^>]*?\}\}|[^"{])*:"')
A_LINK = re.compile(r"</(?:a|b|strong)>: ")


@pytest.mark.parametrize(
    ("language", "sign"), [("en", ": "), ("zh-hans", "："), ("fr", "\u00a0: ")]
)
def test_what_is_asked_or_done_is_told_with_the_colon_of_its_language(
    language: str, sign: str
) -> None:
    with translation.override(language):
        person = Person(id=uuid4(), names={"en": "Xie Bai", "zh": "谢柏", "fr": "Xie Bai"})
        step = ChecklistItem(assignment=Assignment(person=person), step="VACCINATIONS")
        item = Item(names={"en": "Stroke", "zh": "卒中", "fr": "AVC"})
        for row in (step, Step(item=item, level=4), Request(kind="TRAINING", text="Une semaine")):
            assert sign in str(row)
            assert colon() == sign


def test_no_code_joins_words_with_an_english_colon() -> None:
    joined = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not FOR_NOBODY.search(str(path))
        for line in path.read_text(encoding="utf-8").splitlines()
        if JOINED.search(line) and re.search(r"\bf[\"']", line)
        and not any(one in line for one in WRITTEN_IN_EACH)
    ]  # fmt: skip
    assert joined == []
    linked = [str(p) for p in SOURCE.rglob("*.html") if A_LINK.search(p.read_text("utf-8"))]
    assert linked == []


def test_a_table_on_a_phone_labels_its_cells_with_the_colon_of_the_reader() -> None:
    pages = [str(p) for p in SOURCE.rglob("*.html") if ON_A_PHONE.search(p.read_text("utf-8"))]
    assert pages == []


@pytest.mark.parametrize(
    ("language", "wrong"), [("fr", r"[^\s\u00a0\u202f]: |[^\s]:$"), ("zh_Hans", r": |:$")]
)
def test_what_is_translated_has_the_colon_of_its_language(language: str, wrong: str) -> None:
    path = Path(SOURCE / f"locale/{language}/LC_MESSAGES/django.po")
    with path.open("rb") as file:
        told = read_po(file, locale=language)
    lines = [
        text
        for message in told
        if message.id and "Authorization" not in str(message.id)
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert [text for text in lines if re.search(wrong, str(text))] == []
