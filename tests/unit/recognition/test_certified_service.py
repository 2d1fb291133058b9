"""A certificate stands on a service: that is not taken from under it."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.recognition.actions import withdraw_certificate
from marrow.recognition.models import Certificate
from marrow.teams.actions import end_service
from marrow.teams.models import Assignment
from tests.builders import NOW, OFFICE
from tests.builders.forming import TODAY, moved
from tests.builders.honouring import DAY, a_team_at_home, certified
from tests.builders.on_post import a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def last_act(action: str) -> Operation:
    return Operation.objects.filter(action=action).latest("id")


def test_an_early_return_is_not_taken_back_while_its_certificate_holds() -> None:
    team = a_team_on_post(at=NOW - 30 * DAY)
    row = Assignment.objects.get(person=team.mate)
    end_service(assignment=row.pk, on=TODAY - DAY, reason="ill", by=OFFICE, at=NOW)
    (paper,) = certified(team.mission)
    act = last_act("end_service").act
    with pytest.raises(Refused, match=rf"{paper.number} Mate Test 31\. Withdraw it first"):
        undo(act=act, by=OFFICE, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("WENT_HOME", TODAY - DAY)
    withdraw_certificate(certificate=paper.pk, reason="she is still there", by=OFFICE, at=NOW)
    undo(act=act, by=OFFICE, at=NOW)
    row.refresh_from_db()
    assert row.state == "SERVING"


def test_a_team_that_holds_certificates_is_not_sent_back_to_its_post(
    signed_in: dict[str, Client],
) -> None:
    team = a_team_on_post(at=NOW - 30 * DAY)
    moved(team.mission, "HANDING_OVER", "DEBRIEFING")
    papers = certified(team.mission)
    act = last_act("move_stage").act
    with pytest.raises(Refused, match="2 certificates that hold") as told:
        undo(act=act, by=OFFICE, at=NOW)
    assert all(paper.number in str(told.value) for paper in papers)
    page = signed_in["office"].get(f"/journal/undo/{act}/").content.decode()
    assert "Withdraw them first" in page
    assert "Take it back</button>" not in page
    assert Mission.objects.get(pk=team.mission.pk).status == "DEBRIEFING"


def test_a_certificate_of_somebody_who_serves_again_can_be_withdrawn(
    signed_in: dict[str, Client],
) -> None:
    mission, people = a_team_at_home(2)
    certified(mission)
    Assignment.objects.filter(person=people[1]).update(state="SERVING", ended_on=None)
    paper = Certificate.objects.get(assignment__person=people[1])
    page = signed_in["office"].get(f"/recognition/{mission.pk}/").content.decode()
    assert f"certificate/{paper.pk}/withdraw/" in page
    assert "the record something else" in page
