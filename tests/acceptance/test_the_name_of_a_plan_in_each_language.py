"""A plan is called in each language as somebody named it; its copies too, where nobody renames."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _

from marrow.core.refusals import Refused
from marrow.plan import actions
from marrow.plan.models import Scenario
from marrow.sources.models import Document
from marrow.teams.models import Assignment
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken_away
from tests.builders import NOW
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, taken
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


def test_who_is_no_longer_sent_reads_why_with_the_plans_name_in_their_language(
    world: Planning,
) -> None:
    solved(world)
    publish(world)
    later = NOW + DAY
    copy = actions.copy_plan(scenario=world.plan.pk, name=NAMES["fr"], by=world.office, at=later)
    other = world.person("Other Test", "NURSING")
    seat = seat_of(copy, "GN31-03").pk
    actions.pin_seat(seat=seat, person=other.pk, by=world.office, at=later)
    with translation.override("fr"):
        publish(world, taken(world, copy, later), later)
    gone = Assignment.objects.get(person=world.nurse)
    assert gone.also("reason") == {
        "en": f"The plan “{NAMES['en']}” puts somebody else here.",
        "zh": f"计划“{NAMES['zh']}”在此安排了他人。",
        "fr": f"Le plan « {NAMES['fr']} » place quelqu’un d’autre ici.",
    }


def test_a_paper_of_a_published_plan_and_a_refusal_name_it_in_the_language_of_who_publishes(
    world: Planning,
) -> None:
    solved(world)
    late = copied(world, NOW)
    with translation.override("fr"):
        actions.add_planned_team(
            scenario=world.plan.pk, programme=world.series.programme.key, title="Outbreak",
            kind="OUTBREAK_EXPERTS", from_on=TODAY + 10 * DAY, until_on=TODAY + 40 * DAY,
            seats=[("INFECTIOUS", 1)], by=world.office, at=NOW,
        )  # fmt: skip
        world.person("Expert Test", "INFECTIOUS")
        publish(world, taken(world, world.plan, NOW + DAY), NOW + DAY)
        title = _("The plan “%s”") % NAMES["fr"]
        assert Document.objects.filter(title=title).exists()
        with pytest.raises(Refused, match=re.escape(NAMES["fr"])):
            publish(world, late, NOW + DAY)
