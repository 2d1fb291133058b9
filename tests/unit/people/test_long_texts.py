"""However long a text is, whom it names is found at once: nobody else waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import marrow

#: a process of its own may be ended; a pattern that searches on holds the one that runs it
LIMIT = 20  # seconds; each takes well under one
ASKED = """
import sys
from marrow.consults.rules.naming import who_is_told
from marrow.people.rules.privacy import labelled_in, name_in, number_in, titled_in
text = sys.stdin.read()
for ask in (who_is_told, labelled_in, name_in, number_in, titled_in):
    ask(text)
"""


@pytest.mark.parametrize("begun", ["Mrs Smith", "李先生", "Mr Sow left", "patient", "with Mr Bah"])
def test_ten_thousand_line_ends_blanks_or_commas_after_a_name_hold_nobody_up(begun: str) -> None:
    again = ("\n", " ", ",", "a", "A", "1", ".", "王", "\n ", "Aa ", "A-", "111 ", "李先生", "Mr ")
    text = ".".join(begun + one * (10_000 // len(one)) for one in again)
    subprocess.run(
        [sys.executable, "-c", ASKED],
        input=text.encode(),
        env={"PYTHONPATH": str(Path(marrow.__file__).parents[1]), "PYTHONUTF8": "1"},
        timeout=LIMIT,
        check=True,
    )
