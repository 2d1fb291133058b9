"""What records of teams leave open: shown as a doubt on pages, decided there, told as decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from marrow.sources.models import Fact, Finding
from tests.builders import NOW, OFFICE, a_batch
from tests.unit.missions.test_record_teams import row, take, team

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def office(signed_in: dict[str, Client], places: dict[str, Area]) -> Client:
    return signed_in["office"]


def page(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return answer.content.decode()


def decide(client: Client, finding: Finding, decision: str) -> tuple[int, str]:
    answer = client.post(
        f"/findings/{finding.pk}/{decision}/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/findings/"},
    )
    return answer.status_code, answer.content.decode()


def told(number: int, prose: str, **more: Any) -> dict[str, str]:
    return row(f"{number}th Chinese medical team", prose, project_id=f"t{number}", **more)


def from_gansu_then_beijing() -> Finding:
    take(team(3, 2001))
    other = team(3, 2001)
    other["description"] = other["description"].replace("Gansu Province", "Beijing")
    take(other, release="two")
    return Finding.objects.get(code="CONTRADICTS", field="sender")


def test_two_senders_of_one_batch_are_in_doubt_on_its_page(office: Client) -> None:
    doubt = from_gansu_then_beijing()
    batch = Mission.objects.get()
    assert "in doubt" in page(Client(), f"/batches/{batch.pk}/")
    said = page(office, "/findings/?code=CONTRADICTS")
    assert "Gansu" in said
    assert "Beijing" in said
    assert decide(office, doubt, "accept")[0] == 200
    batch.refresh_from_db()
    assert str(batch.sender) == "Beijing"
    assert Fact.objects.get(about=batch.pk, field="sender", standing="SHOWN").value == "CN-BJ"
    assert "in doubt" not in page(Client(), f"/batches/{batch.pk}/")


def test_a_sender_that_is_told_again_after_the_choice_is_doubted_no_more(office: Client) -> None:
    doubt = from_gansu_then_beijing()
    decide(office, doubt, "dismiss")
    again = team(3, 2001)
    again["description"] = again["description"].replace("Gansu Province", "Beijing") + " Well."
    take(again, release="three")
    assert not Finding.objects.filter(field="sender", state="OPEN").exists()


def test_the_same_sender_told_as_its_country_is_no_doubt(places: dict[str, Area]) -> None:
    take(team(3, 2001))
    batch = Mission.objects.get()
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, sender=places["CN"])
    take({**team(3, 2001), "description": team(3, 2001)["description"] + " Well."}, release="two")
    assert not Finding.objects.filter(field="sender").exists()


def test_after_a_decision_the_card_says_what_was_decided(office: Client) -> None:
    take(team(3, 2001))
    take(team(3, 2001, size=14), release="two")
    doubt = Finding.objects.get(code="CONTRADICTS")
    assert "12 is shown now" in page(office, "/findings/")
    _status, card = decide(office, doubt, "accept")
    assert "14 was taken" in card
    assert "shown now" not in card
    assert "已采用14" in page(office, "/findings/?state=ACCEPTED", "zh-hans")
    assert "Retenu : 14" in page(office, "/findings/?state=ACCEPTED", "fr")
    table = office.get("/findings/table.csv?state=ACCEPTED")
    assert b"14 was taken" in b"".join(table)
    history = page(office, f"/history/sources.finding/{doubt.pk}/")
    assert "14 was taken" in history


def test_after_a_refusal_the_card_says_what_stayed(office: Client) -> None:
    take(team(3, 2001))
    take(team(3, 2001, size=14), release="two")
    _status, card = decide(office, Finding.objects.get(code="CONTRADICTS"), "dismiss")
    assert "12 stayed" in card
    assert "shown now" not in card


def test_a_doubt_that_is_open_still_says_what_the_record_shows_by_now(office: Client) -> None:
    take(team(3, 2001))
    take(team(3, 2001, size=14), release="two")
    take(team(3, 2001, size=16), release="three")
    first = next(f for f in Finding.objects.filter(field="size") if f.params["other"] == "14")
    decide(office, first, "accept")
    assert "one telling says 12, another says 16. 14 is shown now" in page(office, "/findings/")


def test_a_doubt_about_words_that_are_no_value_says_them_as_they_are(office: Client) -> None:
    from_gansu_then_beijing()
    Finding.objects.filter(field="sender").update(params={"kept": "7", "other": "6"}, effect={})
    assert "one telling says 7, another says 6. 7 is shown now" in page(office, "/findings/")


def test_a_published_figure_that_was_misread_is_withdrawn_by_dismissing_its_doubt(
    office: Client,
) -> None:
    take(told(9, "Since 1976, 20 medical teams have been sent. The 9th team came in May 2001."))
    claim = Fact.objects.get(field="batches")
    assert (claim.value, claim.standing) == ("20", "CLAIM")
    assert "20" in page(Client(), f"/series/{claim.about}/")
    doubt = Finding.objects.get(field="cumulative_teams")
    assert "dismissing withdraws it" in page(office, "/findings/")
    decide(office, doubt, "dismiss")
    claim.refresh_from_db()
    assert claim.standing == "REJECTED"
    assert "published claim" not in page(Client(), f"/series/{claim.about}/")


def test_a_published_figure_whose_doubt_is_accepted_stays(office: Client) -> None:
    take(told(9, "Since 1976, 20 medical teams have been sent. The 9th team came in May 2001."))
    decide(office, Finding.objects.get(field="cumulative_teams"), "accept")
    assert Fact.objects.get(field="batches").standing == "CLAIM"


def test_a_year_is_published_as_no_number_of_batches(office: Client) -> None:
    take(told(9, "Since 1976 Chinese teams have treated 650,000 patients in Madagascar."))
    assert not Fact.objects.filter(field="batches").exists()
    assert Fact.objects.get(field="patients").standing == "CLAIM"


def test_a_span_is_doubted_with_its_two_ends_and_sets_nothing(office: Client) -> None:
    take(told(9, "The 9th team treated 3,000 to 4,000 patients."))
    assert not Fact.objects.filter(field="patients").exists()
    assert "The words may mean 3,000–4,000." in page(office, "/findings/")
    decide(office, Finding.objects.get(field="patients"), "accept")
    assert not Fact.objects.filter(field="patients").exists()


BACK_BEFORE = "The 9th team left in March 2006 and returned in February 2006."


def test_a_return_before_the_departure_is_no_value_and_locks_nothing(office: Client) -> None:
    take(told(9, BACK_BEFORE, year="2006"))
    batch = Mission.objects.get()
    assert (batch.departed_on, batch.returned_on) == ("2006-03", "")
    fact = Fact.objects.get(about=batch.pk, field="returned_on")
    assert (fact.value, fact.standing) == ("2006-02", "ALSO")
    assert Finding.objects.get(code="DATE_IMPOSSIBLE").field == "returned_on"
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, size=21)
    assert "in doubt" in page(Client(), f"/batches/{batch.pk}/")


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [
        ("The 9th team left on 5 May 2006.", "The 9th team arrived on 1 May 2006.", "arrived_on"),
        ("The 9th team arrived in May 2006.", "The 9th team returned in 2005.", "returned_on"),
        ("The 9th team arrived in May 2006.", "The 9th team left on 3 July 2006.", "departed_on"),
    ],
)
def test_dates_of_two_files_that_cannot_be_together_are_doubted(
    places: dict[str, Area], first: str, then: str, field: str
) -> None:
    take(told(9, first, year="2006"))
    take(told(9, then, year="2006"), release="two")
    assert getattr(Mission.objects.get(), field) == ""
    assert Finding.objects.get(code="DATE_IMPOSSIBLE").field == field
    assert Fact.objects.get(field=field).standing == "ALSO"


def test_a_date_that_cannot_be_is_refused_with_words_when_it_is_accepted(office: Client) -> None:
    take(told(9, "The 9th team left in March 2006 and returned in March 2008.", year="2006"))
    take(told(9, "The 9th team returned in May 2005 to China.", year="2006"), release="two")
    doubt = Finding.objects.get(code="CONTRADICTS", field="returned_on")
    status, card = decide(office, doubt, "accept")
    assert status == 422
    assert "cannot return before it left" in card
    doubt.refresh_from_db()
    assert doubt.state == "OPEN"
    assert Mission.objects.get().returned_on == "2008-03"


def test_a_batch_with_wrong_dates_of_old_takes_other_corrections(places: dict[str, Area]) -> None:
    batch = a_batch(5)
    Mission.objects.filter(pk=batch.pk).update(departed_on="2006-03", returned_on="2006-02")
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, size=21)
    assert Mission.objects.get(pk=batch.pk).size == 21


def to_tanzania(number: int, year: int, sender: str, where: str = "") -> dict[str, str]:
    prose = f"The {number}th team of 21 members from {sender} arrived in June {year}."
    return row(
        f"{number}th Chinese medical team{where}", prose, project_id=f"z{number}{sender}",
        recipient_iso2="ZM", recipient_condensed="Zambia", year=str(year),
    )  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_island_keeps_its_own_series_whichever_file_comes_first(
    places: dict[str, Area], order: tuple[int, int]
) -> None:
    files = [
        [to_tanzania(22, 2009, "Beijing"), to_tanzania(23, 2011, "Beijing")],
        [to_tanzania(22, 2011, "Gansu", " to Zanzibar")],
    ]
    for at in order:
        take(*files[at], release=f"file {at}")
    told_of = sorted(Mission.objects.values_list("series__track", "number"))
    assert told_of == [("", 22), ("", 23), ("SITE:Zanzibar", 22)]
    assert not Finding.objects.filter(code="CONTRADICTS").exists()


def test_everybody_is_told_that_a_batch_may_not_have_gone(office: Client) -> None:
    take(told(9, "The 9th team of 12 members came from Gansu.", status="Pipeline: Pledge"))
    batch = Mission.objects.get()
    assert "May not have happened" in page(Client(), f"/batches/{batch.pk}/")
    assert decide(office, Finding.objects.get(code="STATUS"), "dismiss")[0] == 200
    assert "May not have happened" not in page(Client(), f"/batches/{batch.pk}/")
