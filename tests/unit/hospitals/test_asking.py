"""A hospital asks, its office answers; a machine breaks and is mended."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.hospitals import actions, queries
from marrow.hospitals.models import EquipmentReport, Request
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_series, a_site
from tests.builders.consulting import Consulting, consulting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def world(people: object) -> Consulting:
    return consulting()


def asked(world: Consulting, **told: object) -> Request:
    request = Request(
        **{"id": uuid4(), "kind": "SPECIALTY", "specialty": "ANAESTHESIA", "text": "one", **told}
    )
    return actions.ask_for(
        organisation=world.hospital.pk, request=request, by=world.viewer("asker"), at=NOW
    )


def broken(world: Consulting, **told: object) -> EquipmentReport:
    report = EquipmentReport(
        **{"id": uuid4(), "equipment": "autoclave", "broken": "door seal", **told}
    )
    return actions.report_broken(
        organisation=world.hospital.pk, report=report, by=world.viewer("doctor"), at=NOW
    )


def test_a_hospital_asks_the_office_answers_and_the_hospital_closes(world: Consulting) -> None:
    row = asked(world, needed_by=TODAY + 40 * DAY)
    assert [r.pk for r in queries.waiting_for_answer(OFFICE)] == [row.pk]
    actions.answer_request(request=row.pk, answer="in March", by=OFFICE, at=NOW)
    assert [r.answer for r in queries.answered_to(world.viewer("asker"))] == ["in March"]
    actions.close_request(request=row.pk, by=world.viewer("asker"), at=NOW)
    assert queries.answered_to(world.viewer("asker")) == []
    with pytest.raises(Refused):
        actions.answer_request(request=row.pk, answer="again", by=OFFICE, at=NOW)
    assert [r.pk for r in queries.requests_of(world.hospital, TODAY)] == [row.pk]
    assert queries.requests_of(world.hospital, TODAY + 91 * DAY) == []


def test_each_side_does_its_own_part(world: Consulting) -> None:
    row = asked(world)
    for who in ("asker", "doctor"):
        with pytest.raises(NotAllowed):
            actions.answer_request(request=row.pk, answer="a", by=world.viewer(who), at=NOW)
    for viewer in (OFFICE, AUDITOR, world.viewer("doctor")):
        with pytest.raises(NotAllowed):
            actions.close_request(request=row.pk, by=viewer, at=NOW)
    with pytest.raises(Unseen):
        actions.close_request(request=row.pk, by=world.viewer("elsewhere"), at=NOW)
    with pytest.raises(NotAllowed):
        actions.ask_for(
            organisation=world.hospital.pk, request=Request(kind="OTHER", text="a"),
            by=world.viewer("doctor"), at=NOW,
        )  # fmt: skip


def test_an_office_answers_the_hospitals_where_its_teams_serve(world: Consulting) -> None:
    row = asked(world)
    gansu = Area.objects.get(code="CN-GS")
    office = Viewer(uuid4(), "Gansu", (Grant("office", AREA, gansu.pk),))
    with pytest.raises(Unseen):
        actions.answer_request(request=row.pk, answer="a", by=office, at=NOW)
    mission = a_batch(3, a_series())
    a_site(mission, organisation=world.hospital)
    sender = Viewer(uuid4(), "Sender", (Grant("office", AREA, mission.programme.sender_id),))
    assert actions.answer_request(request=row.pk, answer="a", by=sender, at=NOW).answer == "a"


@pytest.mark.parametrize(
    "told",
    [{"text": " "}, {"specialty": ""}, {"specialty": "MAGIC"}, {"text": "call +224 620 12 34 56"}],
)
def test_a_request_says_what_and_names_nobody(world: Consulting, told: dict[str, object]) -> None:
    with pytest.raises(Refused):
        asked(world, **told)
    assert not Request.objects.exists()


def test_a_machine_is_broken_until_somebody_of_the_hospital_says_that_it_works(
    world: Consulting,
) -> None:
    row = broken(world, broken_since=TODAY - 3 * DAY)
    assert [r.pk for r in queries.broken_at(world.hospital)] == [row.pk]
    assert [r.pk for r in queries.broken(OFFICE)] == [row.pk]
    with pytest.raises(NotAllowed):
        actions.tell_mended(report=row.pk, on=TODAY, how="", by=OFFICE, at=NOW)
    with pytest.raises(Unseen):
        actions.tell_mended(report=row.pk, on=TODAY, how="", by=world.viewer("elsewhere"), at=NOW)
    by = world.viewer("asker")
    for day in (TODAY - 4 * DAY, TODAY + DAY):
        with pytest.raises(Refused):
            actions.tell_mended(report=row.pk, on=day, how="", by=by, at=NOW)
    actions.tell_mended(report=row.pk, on=TODAY, how="new seal", by=by, at=NOW)
    assert queries.broken_at(world.hospital) == []
    with pytest.raises(Refused):
        actions.tell_mended(report=row.pk, on=TODAY, how="", by=by, at=NOW)


def test_a_machine_does_not_break_tomorrow(world: Consulting) -> None:
    with pytest.raises(Refused):
        broken(world, broken_since=TODAY + DAY)
