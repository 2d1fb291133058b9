"""R86, R87, R88: a case is asked from afar, answered in time and signed; told on the pages."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marrow.accounts.models import Account
from marrow.consults.models import Consult, Photo
from tests.builders import NOW
from tests.builders.consulting import STORY, Consulting, a_photograph, answered, consulting, sent

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def entered(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def posted(client: Client, address: str, **told: object) -> str:
    answer = client.post(address, told)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer.headers["Location"])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


@pytest.fixture
def world(people: object) -> Consulting:
    return consulting()


def test_r86_a_hospital_asks_a_specialist_signs_and_the_hospital_says_what_came_of_it(
    world: Consulting, signed_in: dict[str, Client]
) -> None:
    hospital, expert = entered(world.accounts["asker"]), entered(world.accounts["expert"])
    ask = hospital.get("/consults/ask/").headers["Location"]
    case = posted(
        hospital, ask, priority="EMERGENCY", specialty="OPHTHALMOLOGY", age="ADULT", sex="FEMALE",
        reference="R-17", story=STORY, question="what before a transfer?", consent_by="NOBODY",
        consent_how="LATER", consent_on=str(timezone.localdate()),
    )  # fmt: skip
    photo = SimpleUploadedFile("IMG_2041.jpg", a_photograph(), content_type="image/jpeg")
    song = SimpleUploadedFile("song.mp3", b"ID3", content_type="image/jpeg")
    posted(hospital, f"{case}photos/", photos=[photo, song])
    written = page(hospital, case)
    assert "Photograph 2: This is no photograph" in written
    assert f"{case}photos/{Photo.objects.get().pk}/" in written
    posted(hospital, f"{case}send/")

    queue = page(expert, "/consults/")
    assert "emergency" in queue
    assert "0 h 59 min left" in queue or "1 h 0 min left" in queue
    assert STORY not in queue
    posted(expert, f"{case}take/")
    read = page(expert, case)
    assert STORY in read
    assert "R-17" not in read  # the hospital's own number is for the hospital
    refused = expert.post(f"{case}opinion/", {"text": "lower the pressure"})
    assert refused.status_code == 422  # not without the tick that signs
    posted(expert, f"{case}opinion/", text="lower the pressure", sign="yes")
    assert "case 1 is answered" in page(hospital, "/desk/").lower()
    opinion = page(hospital, case)
    assert "lower the pressure" in opinion
    assert "stands as it was signed" in opinion
    assert "The treating hospital decides" in opinion
    posted(hospital, f"{case}outcome/", what="NOT_FOLLOWED", why_not="DRUG", words="none in store")
    assert "the medicine is not here" in page(expert, case)


def test_what_is_added_after_a_case_is_closed_and_what_came_of_it_stand_under_today(
    world: Consulting,
) -> None:
    row = answered(world)
    hospital, expert = (entered(world.accounts[who]) for who in ("asker", "expert"))
    case, added = f"/consults/{row.pk}/", f"added to the opinion on case {row.number}"
    came = f"told what came of case {row.number}"
    page(hospital, case)
    posted(hospital, f"{case}outcome/", what="NOT_FOLLOWED", why_not="DRUG", words="none in store")
    assert came in page(expert, "/desk/")
    assert "none in store" not in page(expert, "/desk/")
    assert "none in store" in page(expert, case)
    assert came not in page(expert, "/desk/"), "it was opened"
    assert added not in page(hospital, "/desk/")

    posted(expert, f"{case}opinion/", text="there is another medicine", sign="yes")
    assert added in page(hospital, "/desk/")
    assert added not in page(entered(world.accounts["elsewhere"]), "/desk/")
    assert "there is another medicine" in page(hospital, case)
    assert added not in page(hospital, "/desk/"), "it was opened"


def test_r87_urgent_cases_stand_first_and_lateness_is_told_to_the_office(
    world: Consulting, signed_in: dict[str, Client]
) -> None:
    routine, urgent = sent(world, priority="ROUTINE"), sent(world)
    queue = page(entered(world.accounts["expert"]), "/consults/")
    places = [queue.index(f"Case {row.number} ") for row in (urgent, routine)]
    assert places == sorted(places)
    Consult.objects.filter(pk=urgent.pk).update(answer_by=NOW.replace(year=2020))
    today = page(signed_in["office"], "/desk/")
    assert "past the time of" in today
    counted = page(signed_in["office"], "/consults/")
    assert "late by" in counted
    for told in (today, counted):
        assert STORY not in told


def test_r86_the_office_and_other_hospitals_do_not_read_a_story(
    world: Consulting, signed_in: dict[str, Client]
) -> None:
    row = answered(world)
    case = f"/consults/{row.pk}/"
    met = {who: signed_in[who].get(case).status_code for who in ("office", "auditor", "specialist")}
    assert met == {"office": 403, "auditor": 403, "specialist": 404}
    assert entered(world.accounts["elsewhere"]).get(case).status_code == 404
    assert entered(world.accounts["doctor"]).get(case).status_code == 200
    assert Client().get(case).status_code == 302
    history = f"/history/consults.consult/{row.pk}/"
    assert STORY not in page(entered(world.accounts["asker"]), history)
    assert signed_in["office"].get(history).status_code == 404
    for who in ("office", "auditor"):
        assert STORY not in page(signed_in[who], "/journal/")


@pytest.mark.parametrize("language", ["fr", "zh-hans"])
def test_r86_a_case_is_asked_in_the_asker_s_language(world: Consulting, language: str) -> None:
    client = entered(world.accounts["asker"], language)
    form = page(client, client.get("/consults/ask/").headers["Location"])
    word = {"fr": "urgence vitale", "zh-hans": "急救"}[language]
    assert word in form
    left = re.findall(r">(Which specialty|How urgent|Your question)<", form)
    assert left == []


def test_a_case_s_page_is_light(world: Consulting) -> None:
    row = answered(world)
    client = entered(world.accounts["asker"])
    with CaptureQueriesContext(connection) as asked:
        page(client, f"/consults/{row.pk}/")
    assert len(asked) <= 30, len(asked)
