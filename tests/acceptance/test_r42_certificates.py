"""R42: certificates of honour are printed for every member at the end of a batch."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.models import Account
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.recognition.models import Certificate
from marrow.recognition.sheets import sheet_of
from marrow.ui.papers.typefaces import are_here
from tests.builders import NOW, OFFICE
from tests.builders.honouring import a_team_at_home, certified

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
SENT = {
    "issuer_zh": "卫生健康委员会（虚构）", "issuer_en": "Commission (invented)",
    "signed_by_en": "Chen Wei (invented)", "languages": "ALL",
    "issued_on": NOW.date().isoformat(),
}  # fmt: skip


def text_of(pdf: bytes) -> list[str]:
    paper = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in paper]
    finally:
        paper.close()


def test_r42_a_batch_of_24_in_one_click(signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    mission, people = a_team_at_home(24)
    team = office.get(f"/teams/{mission.pk}/").content.decode()
    assert "24 persons served and have none yet" in team
    start = f"/recognition/{mission.pk}/"
    done = office.post(f"{start}issue/", SENT, follow=True)
    assert "24 certificates are issued" in done.content.decode()
    assert office.post(f"{start}issue/", SENT).status_code == 422, "nobody gets a second one"
    assert Certificate.objects.count() == 24
    with CaptureQueriesContext(connection) as asked:
        office.get(start)
    assert len(asked) <= 30
    if are_here():
        pages = text_of(office.get(f"{start}certificates.pdf").getvalue())
        assert len(pages) == 24
        for words in ("荣誉证书", "Certificate of Honour", "Certificat d’honneur", "541"):
            assert words in pages[0]
        assert str(people[0]) in pages[0]
    person = office.get(f"/people/{people[0].pk}/").content.decode()
    assert "2026-0001" in person


def test_r42_anybody_checks_a_code_and_learns_nothing_else(signed_in: dict[str, Client]) -> None:
    office, anybody = signed_in["office"], Client()
    mission, people = a_team_at_home(1)
    office.post(f"/recognition/{mission.pk}/issue/", SENT)
    row = Certificate.objects.get()
    typed = anybody.post("/certificates/", {"code": f" {row.grouped_code.lower()}"}, follow=True)
    page = typed.content.decode()
    for words in ("Genuine", str(people[0]), str(mission), "541", "Commission (invented)"):
        assert words in page, words
    for secret in (str(people[0].unit), str(people[0].pk), str(mission.pk)):
        assert secret not in page
    office.post(f"/recognition/certificate/{row.pk}/withdraw/", {"reason": "a wrong day"})
    page = anybody.get(f"/certificates/{row.code}/").content.decode()
    assert "was withdrawn on" in page
    assert "a wrong day" not in page
    assert re.search(r"No certificate has the code", _missed(anybody, 404))


def _missed(anybody: Client, status: int) -> str:
    answer = anybody.get("/certificates/AAAA-BBBB-CCCC/")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("fr", "«\u00a0a wrong &amp; early day\u00a0»"), ("en", "“a wrong &amp; early day”"),
        ("zh-hans", "“a wrong &amp; early day”"),
    ],
)  # fmt: skip
def test_r42_a_page_quotes_a_reason_by_the_signs_of_its_language(
    signed_in: dict[str, Client], language: str, quoted: str
) -> None:
    office, (mission, _people) = signed_in["office"], a_team_at_home(1)
    (row,) = certified(mission)
    office.post(f"/recognition/certificate/{row.pk}/withdraw/", {"reason": "a wrong & early day"})
    office.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert quoted in office.get(f"/recognition/{mission.pk}/").content.decode()


def test_r42_codes_cannot_be_guessed_by_trying(signed_in: dict[str, Client]) -> None:
    cache.clear()
    anybody = Client()
    for _n in range(30):
        _missed(anybody, 404)
    assert "Wait a quarter of an hour" in _missed(anybody, 429)
    cache.clear()


SIGNERS = names("Chen Wei (invented)", "陈伟（虚构）", "Chen Wei (fictif)")


@pytest.mark.parametrize(("paper", "tongue"), [("ZH", "zh"), ("EN", "en"), ("FR", "fr")])
def test_r42_who_signs_is_named_in_the_language_of_the_paper(
    signed_in: dict[str, Client], paper: str, tongue: str
) -> None:
    office, (mission, _people) = signed_in["office"], a_team_at_home(1)
    told = {f"signed_by_{t}": name for t, name in SIGNERS.items()}
    office.post(f"/recognition/{mission.pk}/issue/", {**SENT, **told, "languages": paper})
    row = Certificate.objects.get()
    assert any(SIGNERS[tongue] in line for line in sheet_of(row, "https://a/").signing)
    for language, name in (("zh-hans", "zh"), ("en", "en"), ("fr", "fr")):
        anybody = Client()
        anybody.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert SIGNERS[name] in anybody.get(f"/certificates/{row.code}/").content.decode()


def test_r42_one_spelling_of_who_signs_stands_on_every_paper(signed_in: dict[str, Client]) -> None:
    office, (mission, _people) = signed_in["office"], a_team_at_home(1)
    office.post(f"/recognition/{mission.pk}/issue/", {**SENT, "languages": "ZH"})
    row = Certificate.objects.get()
    assert any("Chen Wei (invented)" in line for line in sheet_of(row, "https://a/").signing)


def test_r42_the_form_knows_how_the_account_that_signed_is_called_in_each_language(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    office, (mission, _people) = signed_in["office"], a_team_at_home(1)
    Account.objects.filter(pk=people["office"].pk).update(names=SIGNERS)
    certified(mission, signed_by="Chen Wei (invented)")
    page = office.get(f"/recognition/{mission.pk}/issue/").content.decode()
    for tongue, name in SIGNERS.items():
        assert re.search(rf'name="signed_by_{tongue}"[^>]*?value="{re.escape(name)}"', page)


def test_r42_the_form_begins_with_who_sends_the_team(signed_in: dict[str, Client]) -> None:
    office, (mission, _people) = signed_in["office"], a_team_at_home(1)
    issue = f"/recognition/{mission.pk}/issue/"

    def begins() -> tuple[str, str]:
        page = office.get(issue).content.decode()
        found = dict(re.findall(r'name="issuer_(zh|en)"[^>]*?value="([^"]*)"', page))
        return found.get("en", ""), found.get("zh", "")

    sender = mission.sender or mission.programme.sender
    assert sender
    assert begins() == (sender.names["en"], sender.names["zh"])
    called = names("Test Health Commission", "测试卫生健康委员会")
    enter_organisation(kind="COMMISSION", names=called, area=sender, by=OFFICE, at=NOW)
    assert begins() == ("Test Health Commission", "测试卫生健康委员会")
    office.post(issue, SENT)
    assert begins() == (SENT["issuer_en"], SENT["issuer_zh"]), "as it was issued last"


def test_r42_only_the_office_issues(signed_in: dict[str, Client]) -> None:
    mission, _people = a_team_at_home(1)
    start = f"/recognition/{mission.pk}/"
    assert signed_in["auditor"].get(start).status_code == 200
    assert signed_in["auditor"].post(f"{start}issue/", SENT).status_code == 403
    assert signed_in["leader"].get(start).status_code == 403
    assert signed_in["stranger"].get(start).status_code == 302
