"""What a hospital's own page reads of its teams: who is there, what they agreed on, who comes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from marrow.missions.models import Mission
from marrow.posts import queries
from marrow.posts.actions import drop_objective, propose_objective
from marrow.posts.hosted import teams_at
from marrow.posts.models import Objective
from marrow.teams.actions import open_seats
from marrow.teams.models import Seat
from marrow.teams.queries import coming_to
from tests.builders import NOW, OFFICE, a_hospital, a_site
from tests.builders.leaving import DAY, TODAY, leaving
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def an_objective(team: Team, text: str, **told: Any) -> Objective:
    return propose_objective(
        mission=team.mission.pk, text=text, language="en", by=team.leader, at=NOW, **told
    )


def test_the_teams_of_a_hospital_come_with_what_they_agreed_on(
    django_assert_num_queries: Any,
) -> None:
    team = a_team_on_post()
    hospital = team.site.organisation
    assert hospital
    assert teams_at(hospital) == ([team.mission], [])
    here = an_objective(team, "Two surgeons", site=team.site.pk)
    anywhere = an_objective(team, "Ten nurses")
    dropped = an_objective(team, "A new ward")
    drop_objective(objective=dropped.pk, reason="no room", by=team.leader, at=NOW)
    with django_assert_num_queries(1):
        missions, objectives = teams_at(hospital)
        assert missions[0].watch.leader_after == 24
        assert {str(o.site) for o in objectives if o.site} == {str(team.site)}
    assert missions == [team.mission]
    assert {o.pk for o in objectives} == {here.pk, anywhere.pk}
    for viewer, waits in ((team.host, {here.pk, anywhere.pk}), (team.head, set())):
        shown = queries.objectives_that_wait(viewer, missions, objectives)
        assert {one.objective.pk for one in shown} == waits
    assert teams_at(a_hospital("Trois Test")) == ([], [])


def test_the_hosts_of_several_teams_are_asked_for_at_once(django_assert_num_queries: Any) -> None:
    teams = [a_team_on_post(31), a_team_on_post(32)]
    for team in teams:
        an_objective(team, "Ten nurses")
    rows = Mission.objects.filter(pk__in=[t.mission.pk for t in teams])
    missions = list(rows.select_related("programme__sender", "sender", "series"))
    with django_assert_num_queries(2):
        shown = queries.objectives_that_wait(teams[1].host, missions)
    assert [one.objective.mission_id for one in shown] == [teams[1].mission.pk]


def test_the_news_of_several_teams_is_read_at_once(django_assert_num_queries: Any) -> None:
    pks = [a_team_on_post(number).mission.pk for number in (31, 32)]
    missions = list(Mission.objects.filter(pk__in=pks).select_related("watch"))
    with django_assert_num_queries(2):
        found = queries.news_of(missions, NOW)
    assert [len(one.people) for one in found] == [2, 2]


def test_a_hospital_is_told_of_the_seats_of_the_team_that_comes(
    django_assert_num_queries: Any,
) -> None:
    world = leaving()
    assert coming_to(world.hospital) == []
    a_site(world.follows, organisation=world.hospital)
    seat = Seat(
        id=uuid4(), role="MEMBER", from_on=TODAY + 9 * DAY, until_on=TODAY + 30 * DAY,
        specialty="ANAESTHESIA",
    )  # fmt: skip
    open_seats(mission=world.follows.pk, seats=[seat], by=OFFICE, at=NOW)
    with django_assert_num_queries(1):
        (found,) = coming_to(world.hospital)
    assert (found.mission, found.filled, len(found.seats)) == (world.follows, 1, 2)
    assert found.from_on == TODAY + 9 * DAY
    Seat.objects.filter(pk=seat.pk).update(dropped_on=TODAY)
    (found,) = coming_to(world.hospital)
    assert (found.filled, len(found.seats), found.from_on) == (1, 1, None)
