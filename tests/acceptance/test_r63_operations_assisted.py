"""R63: operations assisted stand apart from operations done, and are never added to them."""

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


def test_r63_what_was_done_assisted_and_supervised_are_three_figures(world: Counting) -> None:
    told = {"OPERATION_DONE": 36, "OPERATION_ASSISTED": 12, "OPERATION_SUPERVISED": 5}
    a_month(world, told)
    of = Of(organisation=world.hospital.pk)
    assert {kind: figures.total_of(of, kind, 2026) for kind in told} == told
    here = f"/activity/hospitals/{world.hospital.pk}/?year=2026"
    shown = entered(world.accounts["clerk"]).get(here).content.decode()
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
    for words, number in (("done", 36), ("assisted", 12), ("supervised", 5)):
        line = plain.partition(f"operations {words}")[2].partition("operations")[0]
        assert re.search(rf"\b{number}\b", line), (words, line[:200])
    assert not re.search(r"\b53\b", plain), "they are never added"


def test_r63_a_record_says_with_which_colleague_never_which_patient(world: Counting) -> None:
    a_deed(world, "OPERATION_SUPERVISED", with_whom="Dr Camara, surgeon", specialty="UROLOGY")
    clerk = entered(world.accounts["clerk"])
    address = f"/activity/hospitals/{world.hospital.pk}"
    page = clerk.get(f"{address}/rows/?kind=OPERATION_SUPERVISED&year=2026").content.decode()
    assert "with Dr Camara, surgeon" in page
    told = {
        "kind": "OPERATION_DONE", "held_on": "2026-03-04", "count": "1",
        "with_whom": "+224 620 12 34 56",
    }  # fmt: skip
    assert clerk.post(f"{address}/record/", told).status_code == 422
