"""Documents that cannot rot: made from the models, with links that lead somewhere, one drawing."""

from __future__ import annotations

import os
import re
import runpy
import tomllib
from pathlib import Path

import pytest

from marrow.missions.rules.records import CODES
from marrow.sources.intake.kinds import KINDS
from tests.builders import ROOT

DATA = ROOT / "docs/data.md"
DRAWING = ROOT / "docs/architecture.md"
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
FOR_PEOPLE = [ROOT / "README.md", *(ROOT / "docs/howto").glob("*.md")]
HEADINGS = ["Context", "Decision", "Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
LABEL = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def anchors(page: Path) -> set[str]:
    """What a link may name within a page: its headings, as web addresses write them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def test_the_table_of_data_is_what_the_models_say() -> None:
    """Write it anew with MARROW_WRITE_DOCS=1."""
    text = runpy.run_path(str(ROOT / "tools/make_data_doc.py"))["text"]()
    if os.environ.get("MARROW_WRITE_DOCS"):
        DATA.write_text(text, encoding="utf-8")
    assert DATA.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        where, _, anchor = link.partition("#")
        target = (page.parent / where).resolve() if where else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", FOR_PEOPLE, ids=named)
def test_what_stands_in_slanted_letters_is_what_a_page_says(page: Path) -> None:
    """Pages for people name buttons and headings in *slanted letters*: each is a message."""
    code = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.html")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in code)
    labels = LABEL.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    assert labels
    assert [label for label in labels if f'"{label}"' not in said] == []


def test_every_column_of_a_file_and_every_doubt_is_told() -> None:
    page = (ROOT / "docs/howto/bring-in-files.md").read_text(encoding="utf-8")
    told = {plain(word) for word in re.findall(r"`([^`]+)`", FENCED.sub("", page))}
    columns = [column for kind in KINDS.values() for column in kind.columns]
    words = {word for c in columns for word in (c.code, *c.spellings)} | set(CODES)
    assert {word for word in words if plain(word) not in told} == set()


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_has_its_context_and_its_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == HEADINGS
    number = re.match(r"# (\d+)\. ", text)
    assert number, "its title starts with its number"
    assert page.name.startswith(f"{int(number[1]):04}-")


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_drawing_is_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    drawing = DRAWING.read_text(encoding="utf-8").split("```text\n", 1)[1].split("```", 1)[0]
    named = [line for line in drawing.splitlines() if not line.startswith(" ")]
    assert [re.split(r" {2,}", line.strip())[0] for line in named] == layers


def test_the_readme_names_the_commands_that_are_run_on_every_change() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [c for c in (ROOT / ".ci/run").read_text().splitlines() if c.startswith("python3")]
    assert commands
    assert [c for c in commands if c not in told] == []
