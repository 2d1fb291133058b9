"""Two people of the office publish plans of the same team in the same moment."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections

from marrow.accounts.queries import viewer_of
from marrow.core.refusals import Overtaken
from marrow.missions.models import Mission
from marrow.plan import actions
from marrow.plan.models import Scenario
from marrow.teams.models import Assignment
from tests.builders import NOW
from tests.builders.leaving import an_account
from tests.builders.planning import DAY, planning, solved

pytestmark = [
    pytest.mark.both,
    pytest.mark.postgresql,  # in memory SQLite's connections do not wait for each other
    pytest.mark.django_db(transaction=True),
]


def test_one_wins_and_the_other_is_told_who_published_what(people: dict[str, Any]) -> None:
    world = planning(people)
    solved(world)
    other = actions.copy_plan(scenario=world.plan.pk, name="Other", by=world.office, at=NOW)
    colleague = viewer_of(an_account("second", "office"))
    ready, published, told = threading.Barrier(2), list[Scenario](), list[str]()

    def publish(scenario: Scenario, by: Any) -> None:
        ready.wait()
        try:
            done = actions.publish_plan(scenario=scenario.pk, by=by, at=NOW + DAY)
            published.append(done.plan)
        except Overtaken as overtaken:
            told.append(str(overtaken))
        finally:
            connections.close_all()

    both = ((world.plan, world.office), (other, colleague))
    threads = [threading.Thread(target=publish, args=one) for one in both]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(published) == 1
    won = Scenario.objects.get(pk=published[0].pk)
    assert won.state == "PUBLISHED"
    by = "Second" if won.pk == other.pk else str(people["office"])
    assert told == [f"{by} published “{won.name}” for the same teams meanwhile. Copy that plan."]
    assert Scenario.objects.filter(state="PUBLISHED").count() == 1
    assert Mission.objects.filter(number=31).count() == 1
    assert Assignment.objects.filter(state="INVITED").count() == 3


def test_of_two_who_publish_one_plan_the_second_is_told(people: dict[str, Any]) -> None:
    world = planning(people)
    solved(world)
    colleague = viewer_of(an_account("second", "office"))
    ready, came = threading.Barrier(2), list[str]()

    def publish(by: Any) -> None:
        ready.wait()
        try:
            actions.publish_plan(scenario=world.plan.pk, by=by, at=NOW + DAY)
            came.append("published")
        except Overtaken as overtaken:
            came.append(str(overtaken))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[by]) for by in (world.office, colleague)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert "published" in came
    came.remove("published")
    assert len(came) == 1
    assert came[0].endswith("published this plan already.")
    assert Assignment.objects.filter(state="INVITED").count() == 3
