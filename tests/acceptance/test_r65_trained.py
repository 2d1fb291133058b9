"""R65: people trained online and in person, counted as people, each apart."""

from __future__ import annotations

import re

import pytest

from marrow.activity.queries import figures
from marrow.activity.queries.figures import Of
from tests.acceptance.test_r62_activity import entered
from tests.builders.counting import Counting, a_deed, a_month, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def test_r65_a_training_tells_how_many_came_online_and_in_person(world: Counting) -> None:
    clerk = entered(world.accounts["clerk"])
    address = f"/activity/hospitals/{world.hospital.pk}/record/"
    for kind, came in (("TRAINED_IN_PERSON", "24"), ("TRAINED_ONLINE", "180")):
        told = {"kind": kind, "held_on": "2026-03-04", "count": came}
        assert clerk.post(address, told).status_code == 302
    of = Of(organisation=world.hospital.pk)
    assert figures.total_of(of, "TRAINED_IN_PERSON", 2026) == 24
    assert figures.total_of(of, "TRAINED_ONLINE", 2026) == 180
    shown = clerk.get(f"/activity/hospitals/{world.hospital.pk}/?year=2026").content.decode()
    for words, number in (("trained in person", 24), ("trained online", 180)):
        line = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown.partition(words)[2]))[:200]
        assert re.search(rf"\b{number}\b", line), (words, line)
    assert clerk.post(address, {**told, "kind": "LECTURE"}).status_code == 422


def test_r65_a_months_report_of_a_training_is_not_added_to_its_record(world: Counting) -> None:
    a_deed(world, "TRAINED_IN_PERSON", count=24)
    a_month(world, {"TRAINED_IN_PERSON": 24})
    of = Of(organisation=world.hospital.pk)
    assert figures.total_of(of, "TRAINED_IN_PERSON", 2026) == 24
    page = entered(world.accounts["clerk"]).get(f"/activity/hospitals/{world.hospital.pk}/")
    assert "agrees" in page.content.decode()
