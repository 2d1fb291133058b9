"""What the demonstration writes stands in three languages."""

from __future__ import annotations

import pytest

from marrow.core.words import TONGUES
from marrow.desk.demo.phrases import PHRASES, in_three


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["en"][:30])
def test_each_sentence_is_there_in_three_languages(phrase: dict[str, str]) -> None:
    assert all(phrase.get(code) for code in TONGUES)


def test_a_sentence_with_a_number_keeps_it() -> None:
    assert in_three("演示集体07（虚构）")["fr"] == "Groupe d’essai 07 (fictif)"
    assert in_three("演示集体07（虚构）")["zh"] == "演示集体07（虚构）"
    assert in_three("nobody wrote this") == {}
