"""What the house promises about its files: one door for writing, all words, small files."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import CASCADE, Field

from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.columns import columns
from marrow.core.journal.folding import journalled_models
from tests.builders import ROOT

SOURCE = ROOT / "src/marrow"
PYTHON = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]
LONGEST = 400
#: tables that are no records of the domain: the journal itself, envelopes, waiting rooms, derived
APART = (
    "core/journal/", "core/jobs.py", "core/once.py", "core/secrets.py", "sync/actions.py",
    "sync/taking.py", "sync/uploads.py", "sync/carried.py",
    "sync/losses.py", "sync/lines_aside.py", "sync/shelves.py", "sync/overtaking.py",
    "sources/jobs.py", "sources/actions/intakes.py", "directory/search.py",
    "directory/likeness.py", "accounts/actions/", "ui/papers/", "ui/slips/",
    "teams/actions/letters.py",
    "consults/actions/photos.py", "consults/actions/readings.py", "catalogue/actions/codes.py",
    "need/actions/scans.py", "plan/jobs.py", "plan/actions/solving.py",
    "capacity/actions/keeping.py",
    "plan/actions/workbooks.py",
)  # fmt: skip
WRITES = {"save", "bulk_create", "bulk_update", "update", "update_or_create", "get_or_create",
          "delete", "create"}  # fmt: skip


def test_only_the_journal_writes_records() -> None:
    found = []
    for path in PYTHON:
        name = str(path.relative_to(SOURCE))
        if name.startswith(APART):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            target = ast.unparse(node.func.value)
            if node.func.attr in WRITES and ("objects" in target or "_base_manager" in target):
                found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
            if node.func.attr == "save" and target not in ("page", "j", "book"):
                found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    allowed = {"Likeness.objects.filter"}
    assert [f for f in found if not any(a in f for a in allowed)] == []


@pytest.mark.parametrize("model", journalled_models(), ids=lambda m: m._meta.label)
def test_a_journalled_model_can_be_folded(model: type) -> None:
    for field in model._meta.get_fields():  # type: ignore[attr-defined]
        if not isinstance(field, Field):
            continue
        assert not getattr(field, "auto_now", False)
        assert not getattr(field, "auto_now_add", False)
        assert not field.many_to_many
        remote = getattr(field, "remote_field", None)
        assert remote is None or remote.on_delete is not CASCADE, field
        assert not field.has_db_default()


def test_every_journalled_column_has_words_for_its_history() -> None:
    held = {f.attname for m in journalled_models() for f in columns(m)}
    assert {c for c in held if c not in COLUMN_WORDS} == set()


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    code = [*PYTHON, *(ROOT / "tests").rglob("*.py"), ROOT / "run.py"]
    code += (ROOT / "field/src").rglob("*.ts")
    assert [p for p in code if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


def test_no_file_has_an_empty_name() -> None:
    empty = {"utils", "helpers", "common", "base", "misc"}
    assert [p for p in PYTHON if p.stem in empty] == []


def test_every_message_has_its_words_in_french_and_chinese() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/words.py", "--check", "--list"], cwd=ROOT, capture_output=True,
        text=True, check=True, env={**os.environ, "MARROW_MODE": "demo"},
    )  # fmt: skip
    lacking = [line for line in checked.stdout.splitlines() if line.startswith("   ")]
    assert lacking == []


def test_every_name_that_the_software_gives_has_three_tongues() -> None:
    from marrow.missions.rules.records.sentences import SENTENCES, SHORT  # noqa: PLC0415
    from marrow.sources.intake.kinds import KINDS  # noqa: PLC0415
    from marrow.sources.rules import MEASURES  # noqa: PLC0415

    tables = [*SENTENCES.values(), *SHORT.values(), *(m.names for m in MEASURES.values())]
    for kind in KINDS.values():
        tables += [*kind.problems.values(), *kind.counts.values()]
    assert [t for t in tables if set(t) != {"en", "zh", "fr"} or not all(t.values())] == []


MODES = (
    ({"MARROW_MODE": "live"}, "MARROW_HOSTS"),
    ({"MARROW_MODE": "live", "MARROW_HOSTS": "*"}, "MARROW_HOSTS"),
    ({"MARROW_MODE": "live", "MARROW_HOSTS": "a.org", "MARROW_DEBUG": "1"}, "MARROW_DEBUG"),
    ({"MARROW_MODE": "live", "MARROW_HOSTS": "a.org"}, "MARROW_SECRET_KEY"),
    ({"MARROW_MODE": "show"}, "MARROW_MODE"),
    ({"MARROW_DATABASE": "mysql://a@b/c"}, "MARROW_DATABASE"),
    ({"MARROW_PROXY_HEADER": "yes"}, "MARROW_PROXY_HEADER"),
    ({"MARROW_API_PACE": "fast"}, "MARROW_API_PACE"),
    ({"MARROW_MODE": "demo", "MARROW_DEBUG": "yes"}, "MARROW_DEBUG"),
)


@pytest.mark.parametrize(("env", "word"), MODES)
def test_a_live_marrow_refuses_to_start_unsafe(
    env: dict[str, str], word: str, tmp_path: Path
) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MARROW_")}
    ran = subprocess.run(
        [sys.executable, "-c", "import marrow.server.settings"], cwd=ROOT, capture_output=True,
        text=True, check=False, env={**clean, "MARROW_VAR": str(tmp_path), **env},
    )  # fmt: skip
    assert ran.returncode != 0
    assert ImproperlyConfigured.__name__ in ran.stderr
    assert word in ran.stderr


def test_every_setting_is_told_in_the_docs() -> None:
    code = (SOURCE / "server/settings.py").read_text(encoding="utf-8")
    told = (ROOT / "docs/howto/run-it.md").read_text(encoding="utf-8")
    names = set(re.findall(r"MARROW_[A-Z_]+", code))
    assert {n for n in names if n not in told} == set()


def test_every_room_is_in_the_drawing() -> None:
    drawing = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {c.name.removeprefix("marrow.") for c in apps.get_app_configs() if "marrow." in c.name}
    assert {room for room in rooms if room not in drawing} == set()


def test_no_server_starts_as_a_demonstration_unasked() -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MARROW_")}
    ran = subprocess.run(
        [sys.executable, "-c", "import marrow.server.wsgi"], cwd=ROOT, capture_output=True,
        text=True, check=False, env=clean,
    )  # fmt: skip
    assert ran.returncode != 0
    assert "MARROW_MODE" in ran.stderr
