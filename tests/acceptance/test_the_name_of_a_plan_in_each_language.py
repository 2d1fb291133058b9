"""A plan is called in each language as somebody named it; its copies too, where nobody renames."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from marrow.plan import actions
from marrow.plan.models import Scenario
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken_away
from tests.builders import NOW
from tests.builders.planning import Planning, planning
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db
NAMES = {"en": "Two years (invented)", "zh": "未来两年（虚构）", "fr": "Deux ans (fictif)"}
FRENCH = {"accept-language": "fr"}


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    """The plan was written in Chinese, and named in three languages."""
    row = planning(people)
    Scenario.objects.filter(pk=row.plan.pk).update(name=NAMES["zh"], tongues={"name": NAMES})
    row.plan.refresh_from_db()
    return row


def named(row: Scenario) -> dict[str, str]:
    found = {}
    for code, locale in (("en", "en"), ("zh", "zh-hans"), ("fr", "fr")):
        with translation.override(locale):
            found[code] = str(row)
    return found


def proposed(page: str) -> str:
    return page.split('name="name"')[1].split('value="')[1].partition('"')[0]


def test_a_copy_is_proposed_in_the_readers_language_and_called_so_in_each(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/copy/"
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert proposed(text(office.get(page))) == NAMES["fr"]
    assert office.post(page, opened(office, page) | {"name": NAMES["fr"]}).status_code == 302
    copy = Scenario.objects.exclude(pk=world.plan.pk).get()
    assert named(copy) == NAMES
    assert copy.name == NAMES["zh"]


def test_a_copy_that_is_named_otherwise_has_that_name_alone(world: Planning) -> None:
    copy = actions.copy_plan(scenario=world.plan.pk, name="Sans Kindia", by=world.office, at=NOW)
    assert set(named(copy).values()) == {"Sans Kindia"}


def test_a_plan_of_a_workbook_is_called_so_in_each_language(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    book = taken_away(office, world.plan)
    at(book, "seats.weight", 1).value = "critique"
    page = sent_back(office, world.plan, book)
    assert proposed(text(office.get(page))) == NAMES["fr"]
    told = opened(office, page, f'action="{page}take/"') | {"name": NAMES["fr"]}
    assert office.post(f"{page}take/", told).status_code == 302
    assert named(Scenario.objects.exclude(pk=world.plan.pk).get()) == NAMES


def test_who_changes_a_plan_sees_its_name_in_their_language_and_keeps_the_others(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    with translation.override("fr"):
        actions.change_plan(
            scenario=world.plan.pk, told={"name": NAMES["fr"], "seed": 2}, by=world.office, at=NOW
        )
    row = Scenario.objects.get(pk=world.plan.pk)
    assert (named(row), row.seed) == (NAMES, 2)
    page = text(signed_in["office"].get(f"/plan/{row.pk}/weights/", headers=FRENCH))
    assert proposed(page) == NAMES["fr"]
    actions.change_plan(scenario=row.pk, told={"name": "Autre"}, by=world.office, at=NOW)
    assert set(named(Scenario.objects.get(pk=row.pk)).values()) == {"Autre"}
