"""No team closes before somebody said what came of each incident."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.posts.actions import close_incident, report_incident
from marrow.posts.models import Incident
from marrow.teams.actions import blocked
from marrow.ui.waiting import waiting
from tests.builders import NOW, OFFICE
from tests.builders.forming import TODAY, moved
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


def a_team_at_home() -> Team:
    """At home, with a fall and a theft of which nobody said what came."""
    team = a_team_on_post(at=NOW - 60 * DAY)
    for days, what in ((30, "A fall on the stairs"), (20, "A bag was stolen")):
        told = Incident(kind="OTHER", severity="MINOR", happened_on=TODAY - days * DAY, what=what)
        report_incident(mission=team.mission.pk, incident=told, by=team.leader, at=NOW)
    moved(team.mission, "HANDING_OVER", "DEBRIEFING")
    return team


def test_a_team_with_open_incidents_does_not_close_and_they_are_named() -> None:
    team = a_team_at_home()
    fall = f"{TODAY - 30 * DAY}, A fall on the stairs"
    with pytest.raises(Refused, match=f"2 incidents are open .{fall}; ") as told:
        moved(team.mission, "CLOSED")
    assert f"{TODAY - 20 * DAY}, A bag was stolen" in str(told.value)
    for row in Incident.objects.all():
        close_incident(incident=row.pk, outcome="settled", by=OFFICE, at=NOW)
    assert not [said for said in blocked(team.mission, "CLOSED") if "incident" in said]


def test_the_office_is_led_to_the_incidents_that_keep_a_team_from_closing(
    signed_in: dict[str, Client],
) -> None:
    team = a_team_at_home()
    page = signed_in["office"].get(f"/teams/{team.mission.pk}/stage/").content.decode()
    assert "Before it closes:" in page
    assert "A bag was stolen" in page
    assert f'href="/posts/{team.mission.pk}/#incidents"' in page
    (line,) = [w for w in waiting(OFFICE, TODAY) if "incidents are open" in w.what]
    assert line.href == f"/posts/{team.mission.pk}/#incidents"
    assert "the mission cannot close" in line.why
    Mission.objects.filter(pk=team.mission.pk).update(status="CLOSED")
    assert not [w for w in waiting(OFFICE, TODAY) if "incidents are open" in w.what]
