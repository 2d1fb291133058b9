"""Two offices that choose one person at once: one holds them, the other is told of which seat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated
from tests.builders import ROOT
from tests.chaos.choosing import at_once, one_person_for_two_seats


def proved(told: list[str]) -> None:
    assert sorted(told)[0] == "SELECTED" or sorted(told)[1] == "SELECTED"
    refused = [words for words in told if words != "SELECTED"]
    assert len(refused) == 1
    assert "holds another seat then: member" in refused[0]


def test_one_person_is_chosen_once_by_a_file(tmp_path: Path) -> None:
    env = migrated.a_home(tmp_path, "test")
    words = [sys.executable, "-m", "tests.chaos.choosing"]
    ran = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    proved(json.loads(ran.stdout))


@pytest.mark.both
@pytest.mark.postgresql  # in memory SQLite's connections do not wait for each other: see above
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("places")
def test_one_person_is_chosen_once() -> None:
    proved(at_once(one_person_for_two_seats()))
