"""What a runbook tells people to type and to open is there: commands, options, pages, guides."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import ManagementUtility, load_command_class
from django.core.management import get_commands as known_commands
from django.urls import resolve

from marrow.core.viewer import Viewer
from marrow.sync.health import health_of
from tests.builders import ADMIN, AUDITOR, NOW, OFFICE, ROOT

FOLDER = ROOT / "docs/runbooks"
GUIDES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
COMMAND = re.compile(r"\.venv/bin/marrow\s+([a-z][a-z-]*(?:[ \n](?!\.venv)[^`\n]*)?)")
PAGE = re.compile(r"`(/[a-z/-]+/)`")
PARTS = ("**Signs.**", "**Do", "**Nothing was lost")


def commands() -> list[str]:
    """Each command that a guide names, with its arguments."""
    texts = [path.read_text(encoding="utf-8") for path in GUIDES]
    return sorted({" ".join(found.split()) for text in texts for found in COMMAND.findall(text)})


@pytest.mark.parametrize("command", commands())
def test_a_command_takes_what_a_runbook_gives_it(command: str) -> None:
    name, *arguments = shlex.split(command)
    found = load_command_class(known_commands()[name], name)
    found.create_parser("marrow", name).parse_args(arguments)


@pytest.mark.parametrize("name", sorted({command.split()[0] for command in commands()}))
def test_a_command_that_a_runbook_names_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(["marrow", name, "--help"]).execute()
    assert not ended.value.code
    assert f"marrow {name}" in capsys.readouterr().out


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_runbook_says_what_one_sees_does_and_proves(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    for part in PARTS:
        assert part in text, part
    for page in PAGE.findall(text):
        resolve(page)
    for other in re.findall(r"\]\(([a-z-]+\.md)\)", text):
        assert (FOLDER / other).exists(), other


def test_the_first_page_names_each_runbook() -> None:
    first = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(([a-z-]+\.md)\)", first)) == {path.name for path in GUIDES}


@pytest.mark.django_db
@pytest.mark.parametrize("by", [OFFICE, ADMIN, AUDITOR], ids=lambda by: by.name)
def test_each_sign_names_a_runbook_that_is_there(by: Viewer) -> None:
    for sign in health_of(by, NOW).signs:
        assert (FOLDER / sign.guide).exists(), sign.guide
