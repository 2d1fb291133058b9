"""A program asks the planner, as the page does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.jobs import run_one
from marrow.plan.models import Run
from tests.builders.planning import Planning, planning, solved

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    solved(row)
    return row


def asked(office: Client, world: Planning, body: dict[str, Any] | None) -> Any:
    address = f"/api/v1/plans/{world.plan.pk}/runs"
    return office.post(address, b"" if body is None else body, content_type="application/json")


@pytest.mark.parametrize(
    ("body", "ended"),
    [
        (None, "proved"), ({}, "proved"), ({"mend": False}, "proved"), ({"mend": True}, "mended"),
        ({"mend": True, "wider": True}, "mended"),
    ],
)  # fmt: skip
def test_in_its_body_a_program_asks_for_the_best_plan_or_for_the_smallest_change(
    world: Planning, calling: dict[str, Client], body: dict[str, Any] | None, ended: str
) -> None:
    answer = asked(calling["office"], world, body)
    assert answer.status_code == 201, answer.content
    while run_one("test"):
        pass
    run = Run.objects.get(pk=answer.json()["id"])
    assert run.plan is not None
    assert run.plan["stopped_because"] == ended


@pytest.mark.parametrize("body", [{"mend": "maybe"}, {"mends": True}, {"mend": True, "far": 1}])
def test_what_is_no_field_or_no_yes_or_no_is_refused_and_nothing_solved(
    world: Planning, calling: dict[str, Client], body: dict[str, Any]
) -> None:
    before = Run.objects.count()
    answer = asked(calling["office"], world, body)
    assert answer.status_code == 422
    assert [set(body) & {e["field"]} for e in answer.json()["errors"]] != []
    assert Run.objects.count() == before
