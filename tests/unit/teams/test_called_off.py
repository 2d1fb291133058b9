"""A team that is called off lets its people go, and nothing waits for it any more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.teams import queries
from marrow.teams.actions import keep_list, open_call, select, tell_overdue
from marrow.teams.models import Assignment
from marrow.teams.rules.checklists import USUAL
from marrow.ui.waiting import waiting
from tests.builders import NOW, OFFICE, a_batch, a_person
from tests.builders.forming import TODAY, a_seat, agreed, chosen, moved, unit_of

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
LEAVES = TODAY + 30 * DAY


def forming(name: str = "Bai Test") -> Assignment:
    """Somebody selected for a team of the usual list, some of it overdue and told so."""
    mission = a_batch(31)
    keep_list(programme=mission.programme.key, steps=USUAL, by=OFFICE, at=NOW)
    moved(mission, "RECRUITING")
    row = chosen(a_seat(mission, from_on=LEAVES, until_on=LEAVES + 180 * DAY), a_person(name))
    tell_overdue(mission=mission.pk, by=OFFICE, at=NOW + DAY)
    assert WorkItem.objects.filter(code="CHECKLIST_OVERDUE", done_at=None).count() == 4
    return row


def test_who_was_selected_for_a_team_that_is_called_off_is_free_for_another() -> None:
    row = forming()
    mission = row.seat.mission
    asked = agreed(a_seat(mission, from_on=LEAVES), a_person("Only Agreed Test"))
    moved(mission, "CANCELLED")
    for one in (row, asked):
        one.refresh_from_db()
        assert (one.state, one.ended_on) == ("RELEASED", TODAY)
        assert one.tongues["reason"]["en"] == "The team was cancelled: needed"
        assert one.tongues["reason"]["zh"].endswith("needed")
    assert queries.service_of(row.person) == []
    other = agreed(a_seat(a_batch(32), from_on=LEAVES, until_on=LEAVES + 90 * DAY), row.person)
    assert select(assignment=other.pk, by=OFFICE, at=NOW).state == "SELECTED"


def test_nothing_is_overdue_before_the_departure_of_a_team_that_was_called_off(
    signed_in: dict[str, Client],
) -> None:
    row = forming()
    mission = row.seat.mission
    moved(mission, "CANCELLED")
    assert not WorkItem.objects.filter(done_at=None).exists()
    assert tell_overdue(mission=mission.pk, by=OFFICE, at=NOW + 40 * DAY) == 0
    assert waiting(OFFICE, TODAY + 40 * DAY) == []
    page = signed_in["office"].get(f"/teams/{mission.pk}/").content.decode()
    assert "Checklists</a>" in page, "nothing is counted as open"
    assert "Select</button>" not in page
    board = signed_in["office"].get(f"/teams/{mission.pk}/checklist/").content.decode()
    assert "The team was cancelled: it does not leave." in board
    assert "not over yet" not in board


def test_a_call_of_a_team_that_was_called_off_asks_nobody(client: Client) -> None:
    row = forming()
    mission = row.seat.mission
    open_call(
        mission=mission.pk, text="One surgeon", opens_on=TODAY, closes_on=TODAY + 20 * DAY,
        public=True, by=OFFICE, at=NOW,
    )  # fmt: skip
    unit = unit_of(row.person)
    assert len(queries.calls_to(unit, TODAY)) == len(queries.public_calls(TODAY)) == 1
    moved(mission, "CANCELLED")
    assert queries.calls_to(unit, TODAY) == queries.public_calls(TODAY) == []


def test_it_is_said_whom_calling_a_team_off_lets_go(signed_in: dict[str, Client]) -> None:
    row = forming()
    page = signed_in["office"].get(f"/teams/{row.seat.mission_id}/stage/").content.decode()
    assert "If it is cancelled, they are no longer sent: Bai Test." in page


def test_a_team_is_not_called_back_with_somebody_who_sits_in_another_one_by_then() -> None:
    row = forming()
    moved(row.seat.mission, "CANCELLED")
    act = Operation.objects.filter(action="move_stage").latest("id").act
    other = agreed(a_seat(a_batch(32), from_on=LEAVES, until_on=LEAVES + 90 * DAY), row.person)
    select(assignment=other.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="Bai Test holds another seat then"):
        undo(act=act, by=OFFICE, at=NOW)
    moved(other.seat.mission, "CANCELLED")
    undo(act=act, by=OFFICE, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason, row.ended_on) == ("SELECTED", "", None)
    assert Mission.objects.get(pk=row.seat.mission_id).status == "RECRUITING"
    assert WorkItem.objects.filter(done_at=None).count() == 4, "what was overdue is so again"
