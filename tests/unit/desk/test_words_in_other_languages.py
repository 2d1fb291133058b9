"""A record's words stand in several languages: the first stay, others are said beside them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import translation

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.spoken import tongue_of
from marrow.core.viewer import Viewer
from marrow.desk.actions import say_also
from marrow.hospitals.actions import ask_for
from marrow.hospitals.models import Request
from marrow.ui.templatetags.marrow import said
from tests.builders import AUDITOR, NOW, OFFICE
from tests.builders.consulting import Consulting, consulting

pytestmark = pytest.mark.django_db
LABEL, TEXT = "hospitals.request", "Une semaine d’échographie pour les urgences"
STRANGER = Viewer(uuid4(), "Nobody", ())


@pytest.fixture
def world(people: object) -> Consulting:
    return consulting()


def asked(world: Consulting) -> Request:
    row = Request(id=uuid4(), kind="TRAINING", specialty="ULTRASOUND", text=TEXT)
    return ask_for(organisation=world.hospital.pk, request=row, by=world.viewer("asker"), at=NOW)


def test_its_writer_says_it_again_and_the_first_words_stay(world: Consulting) -> None:
    row = asked(world)
    told = {"text": {"zh": "急诊科一周超声培训"}}
    say_also(label=LABEL, record=row.pk, also=told, by=world.viewer("asker"), at=NOW)
    row.refresh_from_db()
    assert row.text == TEXT
    with translation.override("zh-hans"):
        assert said(row, "text") == "急诊科一周超声培训"
    with translation.override("fr"):
        assert said(row, "text") == TEXT


def test_what_was_not_said_in_the_readers_language_is_marked_with_its_own(
    world: Consulting,
) -> None:
    row = asked(world)
    row.language = "fr"
    with translation.override("zh-hans"):
        assert said(row, "text") == f'<span lang="fr">{TEXT}</span>'
    row.text = "<b>une</b>"
    with translation.override("zh-hans"):
        assert "<b>" not in said(row, "text")


def test_others_say_nothing_in_its_place(world: Consulting) -> None:
    row = asked(world)
    for who in (AUDITOR, STRANGER):
        with pytest.raises((NotAllowed, Unseen)):
            say_also(label=LABEL, record=row.pk, also={"text": {"en": "no"}}, by=who, at=NOW)
    with pytest.raises(Refused):
        say_also(label=LABEL, record=row.pk, also={"state": {"en": "no"}}, by=OFFICE, at=NOW)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("培训护士", "zh"), ("Le joint de la porte fuit", "fr"), ("The seal of the door", "en"),
        ("Autoclave", ""),
    ],
)  # fmt: skip
def test_a_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert tongue_of(text) == language
