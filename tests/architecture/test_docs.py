"""Documents that cannot rot: made from the models, with links that lead somewhere, one drawing."""

from __future__ import annotations

import os
import re
import runpy
import tomllib
from pathlib import Path

import pytest

from tests.builders import ROOT

DATA = ROOT / "docs/data.md"
DRAWING = ROOT / "docs/architecture.md"
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
HEADINGS = ["Context", "Decision", "Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


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
    assert [re.split(r" {2,}", line.strip())[0] for line in drawing.splitlines()] == layers


def test_the_readme_names_the_commands_that_are_run_on_every_change() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [c for c in (ROOT / ".ci/run").read_text().splitlines() if c.startswith("python3")]
    assert commands
    assert [c for c in commands if c not in told] == []
