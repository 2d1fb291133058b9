"""The same page in three languages: words are the reader's, names are the record's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from marrow.missions.models import Mission

PAGES = (
    ("en", "Care that stays when the team goes home.", "Guinea"),
    ("zh-hans", "医疗队回家", "几内亚"),
    ("fr", "Des soins qui restent", "Guinée"),
)


HAN = re.compile(r"[\u4e00-\u9fff]")
#: sentences that quote a Chinese word to a French reader
QUOTING = ("« 姓名 »", "(据不完全统计)")
FRENCH = re.compile(r"[àéèêç]|\b(?:la|les|des|une|vous|pour)\b")


@pytest.mark.parametrize(("locale", "foreign"), [("fr", HAN), ("zh_Hans", FRENCH)])
def test_a_french_page_says_nothing_in_chinese_nor_a_chinese_one_in_french(
    locale: str, foreign: re.Pattern[str]
) -> None:
    words = Path(f"src/marrow/locale/{locale}/LC_MESSAGES/django.po").read_text("utf-8")
    told = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', words, re.MULTILINE)
    assert len(told) > 5000
    assert [s for s in told if foreign.search(s) and not any(q in s for q in QUOTING)] == []


@pytest.mark.parametrize(("language", "words", "place"), PAGES)
def test_the_front_page_speaks_the_reader_s_language(
    visitor: Client, language: str, words: str, place: str
) -> None:
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = visitor.get("/").content.decode()
    assert words in shown
    assert place in shown
    assert f'lang="{language}"' in shown


@pytest.mark.parametrize("language", ["zh-hans", "fr"])
def test_no_english_word_of_the_frame_is_left(visitor: Client, language: str) -> None:
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    batch = Mission.objects.get(number=30)
    for address in ("/", "/figures/", "/honours/", f"/batches/{batch.pk}/", "/timeline/"):
        shown = visitor.get(address).content.decode()
        for word in ("Sign in", "Timeline", "unknown", "source and its words", "Published"):
            assert f">{word}<" not in shown, (address, word)


def test_a_language_is_kept_and_the_page_stays(visitor: Client) -> None:
    answer = visitor.post("/language/", {"language": "fr", "next": "/figures/"})
    assert answer.headers["Location"] == "/figures/"
    assert "Chiffres" in visitor.get("/figures/").content.decode()
    elsewhere = visitor.post("/language/", {"language": "fr", "next": "https://example.org/"})
    assert elsewhere.headers["Location"] == "/"


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    "address", ["/people/", "/settings/tokens/", "/teams/", "/posts/", "/desk/"]
)
def test_the_switch_offers_three_languages_whatever_the_page_tells_of(
    signed_in: dict[str, Client], address: str
) -> None:
    shown = signed_in["office"].get(address).content.decode()
    assert re.findall(r'name="language" value="([^"]+)"', shown) == ["zh-hans", "en", "fr"]


def test_how_long_a_token_lives_is_told_in_the_reader_s_language(
    signed_in: dict[str, Client],
) -> None:
    page = signed_in["office"].get("/settings/tokens/", headers={"accept-language": "fr"})
    assert "90 jours" in page.content.decode()


@pytest.mark.parametrize(("language", "end"), [("en", ":"), ("zh-hans", "："), ("fr", "\u00a0:")])
def test_a_form_s_label_ends_in_the_reader_s_marks(language: str, end: str) -> None:
    class Told(forms.Form):
        name = forms.CharField(label="Name")

    with override(language):
        assert f">Name{end}</label>" in Told().as_p()
