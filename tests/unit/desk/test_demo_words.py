"""What the demonstration writes stands in three languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from marrow.agreements.demo import ASKED, TEAM
from marrow.agreements.demo_others import HELD, Held
from marrow.agreements.models import OfficeMember
from marrow.core.words import TONGUES
from marrow.desk.demo.phrases import PHRASES, in_three
from marrow.teams.models.panels import PanelMember


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["en"][:30])
def test_each_sentence_is_there_in_three_languages(phrase: dict[str, str]) -> None:
    assert all(phrase.get(code) for code in TONGUES)


def test_a_sentence_with_a_number_keeps_it() -> None:
    assert in_three("演示集体07（虚构）")["fr"] == "Groupe d’essai 07 (fictif)"
    assert in_three("演示集体07（虚构）")["zh"] == "演示集体07（虚构）"
    assert in_three("nobody wrote this") == {}


@pytest.mark.parametrize("model", [OfficeMember, PanelMember])
def test_who_is_named_in_an_office_or_on_a_panel_reads_in_the_language_of_the_reader(
    model: type[OfficeMember | PanelMember],
) -> None:
    row = model(name="林一（虚构）", tongues={"name": in_three("林一（虚构）")})
    told = {}
    for language in ("en", "fr", "zh-hans"):
        with override(language):
            told[language] = str(row)
    assert told == {
        "en": "Lin Yi (invented)", "fr": "Lin Yi (fictif)", "zh-hans": "林一（虚构）",
    }  # fmt: skip


def words_of(held: Held) -> list[str]:
    spoken = [text for _language, text in (*held.gains, *held.firsts, held.asked)]
    people = [word for name, duty, _since in held.team for word in (name, duty)]
    return [*spoken, *people, held.answer, *held.lesson[1:]]


@pytest.mark.parametrize("programme", HELD)
def test_the_agreement_page_of_each_demonstration_speaks_three_languages(programme: str) -> None:
    assert [text for text in words_of(HELD[programme]) if not in_three(text)] == []


def test_the_office_of_the_first_has_its_names_in_three_languages() -> None:
    said = [word for name, duty, *_days in TEAM for word in (name, duty)]
    asked = [text for pair in ASKED for text in pair if text]
    assert [text for text in (*said, *asked) if not in_three(text)] == []
