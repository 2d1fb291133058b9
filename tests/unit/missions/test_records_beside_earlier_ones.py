"""What a later file tells beside what stands: gaps, struck values, senders, voyages, gifts."""

from __future__ import annotations

from typing import Any

import pytest

from marrow.missions.models import Donation, Mission, Site
from marrow.sources.actions import strike_fact
from marrow.sources.models import Fact, Finding
from tests.builders import NOW, OFFICE
from tests.unit.missions.test_record_teams import row, take, team

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def numbers_missing() -> list[str]:
    return [f.params["number"] for f in Finding.objects.filter(code="GAP", state="OPEN")]


def test_a_gap_between_two_files_is_a_finding_too() -> None:
    take(team(7, 2009))
    take(team(5, 2005), release="two")
    assert numbers_missing() == ["6"]
    take(team(6, 2007), release="three")
    assert numbers_missing() == []


def test_numbers_out_of_order_between_two_files_are_a_finding() -> None:
    take(team(7, 2009))
    take(team(8, 2005), release="two")
    doubt = Finding.objects.get(code="OUT_OF_ORDER")
    assert (doubt.params["low"], doubt.params["high"]) == ("7", "8")


def test_one_batch_told_by_two_files_is_a_finding() -> None:
    take(team(7, 2009))
    other = team(7, 2009) | {"project_id": "another"}
    other["description"] += " It has 12 members."
    take(other, release="two")
    assert Finding.objects.get(code="TOLD_TWICE").params["name"] == "7"


def test_the_same_record_of_a_later_release_is_not_told_twice() -> None:
    take(team(7, 2009))
    again = team(7, 2009)
    again["description"] += " It has 12 members."
    take(again, release="two")
    assert not Finding.objects.filter(code="TOLD_TWICE").exists()


def strike(field: str) -> None:
    for fact in Fact.objects.filter(field=field, standing="SHOWN"):
        strike_fact(fact=fact.pk, reason="another team", by=OFFICE, at=NOW)


def test_a_value_that_was_struck_out_comes_back_only_as_a_proposal() -> None:
    take(team(3, 2001))
    strike("size")
    assert Mission.objects.get().size is None
    take(row("3rd Chinese medical team", "The 3rd team of 12 people left Lanzhou."), release="two")
    assert Mission.objects.get().size is None
    finding = Finding.objects.get(code="UNSURE", field="size")
    assert finding.effect["value"] == 12
    assert set(Fact.objects.filter(field="size").values_list("standing", flat=True)) == {
        "REJECTED", "ALSO",
    }  # fmt: skip


def test_a_sender_that_was_struck_out_comes_back_only_as_a_proposal(places: Any) -> None:
    prose = "The 3rd team was sent by Beijing."
    take(row("3rd Chinese medical team", prose))
    assert Mission.objects.get().sender == places["CN-BJ"]
    strike("sender")
    again = row("3rd Chinese medical team", f"{prose} It has 12 members.")
    take(again, release="two")
    assert Mission.objects.get().sender is None
    assert Finding.objects.filter(code="UNSURE", field="sender").exists()


def test_who_sends_with_the_sender_is_told_beside_it() -> None:
    take(row("3rd Chinese medical team", "Beijing and Hunan are sending the 3rd team."))
    said = set(Fact.objects.filter(field="sender").values_list("value", "standing"))
    assert said == {("CN-BJ", "SHOWN"), ("CN-HN", "ALSO")}
    assert Finding.objects.get(code="JOINT_SENDERS").effect == {}


def test_a_voyage_has_each_of_its_countries() -> None:
    prose = "The hospital ship visited Guinea and Zambia in 2010."
    take(row("Hospital ship", prose, recipient_iso2="GN", recipient_condensed="Guinea"))
    sites = Site.objects.filter(mission__kind="HOSPITAL_SHIP")
    assert {site.area.code for site in sites if site.area} == {"GN", "ZM"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("China donates two scanners to Alba Central Hospital", "EQUIPMENT"),
        ("China donates medicine to a hospital in Alba", "MEDICINE"),
        ("China hands over a hospital", "BUILDING"),
        ("China donates goods to Alba Hospital", "OTHER"),
    ],
)
def test_who_is_given_something_is_not_what_is_given(title: str, kind: str) -> None:
    take(row(title, "The medical goods were donated in May 2001."))
    assert Donation.objects.get().kind == kind
