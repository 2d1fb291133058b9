"""A hospital asks, its office answers; a machine breaks and is mended."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils.translation import override

from marrow.capacity.actions import propose_step, receive_machine, sign_step, tell_of_machine
from marrow.capacity.models import Equipment, Step
from marrow.capacity.queries import machines_of
from marrow.capacity.queries.measure import world_at
from marrow.capacity.rules.care import stands
from marrow.catalogue.models import Requirement
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.hospitals import actions, queries
from marrow.hospitals.forms import BrokenForm
from marrow.hospitals.models import EquipmentReport, Request
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_hospital, a_series, a_site
from tests.builders.capability import a_service, cases
from tests.builders.consulting import Consulting, consulting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DAY = dt.timedelta(days=1)
TODAY = NOW.date()
DAYS = (TODAY - 9 * DAY, TODAY - 3 * DAY, TODAY)


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


def broken(
    world: Consulting, machine: Equipment | None = None, since: dt.date | None = None
) -> EquipmentReport:
    report = EquipmentReport(id=uuid4(), broken="door seal", who_waits="the theatre")
    return actions.report_broken(
        organisation=world.hospital.pk, report=report, since=since,
        machine=machine or Equipment(id=uuid4(), label="autoclave"),
        by=world.viewer("doctor"), at=NOW,
    )  # fmt: skip


def works(row: EquipmentReport, by: Viewer, on: dt.date = TODAY) -> None:
    tell_of_machine(
        equipment=row.change.equipment_id, state="WORKS", on=on, words="new seal", by=by, at=NOW
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


def test_nothing_is_needed_by_a_day_of_the_past_nor_in_a_century(world: Consulting) -> None:
    for day, why in ((dt.date(2020, 1, 1), "too far back"), (dt.date(2099, 1, 1), "too far ahead")):
        with pytest.raises(Refused, match=why):
            asked(world, needed_by=day)
    assert queries.waiting_for_answer(OFFICE) == []
    assert asked(world, needed_by=TODAY).needed_by == TODAY


def test_a_machine_is_down_until_somebody_says_that_it_works(world: Consulting) -> None:
    row = broken(world, since=TODAY - 3 * DAY)
    (told,) = queries.broken_at(world.hospital)
    assert (told.report, told.since_known, told.machine.label) == (row, True, "autoclave")
    assert [b.report for b in queries.broken(OFFICE)] == [row]
    assert queries.broken(world.viewer("elsewhere")) == []
    with pytest.raises(NotAllowed):
        works(row, world.viewer("elsewhere"))
    for day in (TODAY - 4 * DAY, TODAY + DAY):
        with pytest.raises(Refused):
            works(row, world.viewer("asker"), day)
    works(row, world.viewer("asker"))
    assert queries.broken_at(world.hospital) == []
    again = broken(world, Equipment.objects.get(), since=TODAY)
    assert [b.report for b in queries.broken_at(world.hospital)] == [again]


def test_what_depends_on_a_machine_is_suspended_by_the_hospital_s_report(
    world: Consulting,
) -> None:
    """One telling: what *Our hospital* says is what the measure reads."""
    item, hospital = a_service(machine="dialysis-machine"), world.hospital
    head = Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),))
    step = Step(id=uuid4(), item=item, level=4, on=TODAY - 9 * DAY)
    propose_step(organisation=hospital.pk, step=step, evidence=[cases(step.on)], by=head, at=NOW)
    afar = Viewer(uuid4(), "Afar", (Grant("specialist"),))
    sign_step(step=step.pk, side="REMOTE", by=afar, at=NOW)
    sign_step(step=step.pk, side="HEAD", by=head, at=NOW)
    machine = Equipment(id=uuid4(), label="station 1", machine="dialysis-machine")
    machine.installed_on = TODAY - 8 * DAY
    receive_machine(organisation=hospital.pk, machine=machine, by=head, at=NOW)

    def care(on: dt.date) -> str:
        held = world_at({hospital.pk}, {item.pk}).held[str(hospital.pk), str(item.pk)]
        return str(stands(held, on))

    assert care(TODAY) == "BY_LOCALS"
    broken(world, machine, since=TODAY - 2 * DAY)
    assert (care(TODAY - 3 * DAY), care(TODAY)) == ("BY_LOCALS", "MUST_LEAVE")
    shown = {on: [m.last and m.last.state for m in machines_of(hospital, on)] for on in DAYS}
    assert shown == dict(zip(DAYS, ([], ["WORKS"], ["DOWN"]), strict=True))


def test_since_when_it_is_down_may_be_unknown(world: Consulting) -> None:
    broken(world)
    (told,) = queries.broken_at(world.hospital)
    assert not told.since_known
    assert told.change.on == TODAY  # from the day on which it was told


def test_a_machine_of_another_hospital_or_of_tomorrow_is_refused(world: Consulting) -> None:
    row = broken(world)
    theirs = Equipment.objects.create(id=uuid4(), label="X", organisation=a_hospital("Autre Test"))
    for machine, since in ((theirs, None), (None, TODAY + DAY), (row.change.equipment, None)):
        with pytest.raises(Refused):
            broken(world, machine, since)
    assert EquipmentReport.objects.get() == row
    assert Equipment.objects.count() == 2  # a report that is refused enters no machine


def test_the_machines_to_choose_from_run_by_their_names_in_the_readers_language(
    world: Consulting,
) -> None:
    called = (
        names("Ultrasound", "超声仪", "Échographe"), names("Ambulance", "救护车", "Ambulance"),
        names("Ventilator", "呼吸机", "Respirateur"),
    )  # fmt: skip
    item = a_service()
    for number, words in enumerate(called):
        Requirement.objects.create(
            id=uuid4(), item=item, kind="EQUIPMENT", resource=f"m{number}", names=words
        )
    wanted = {
        "en": ["Ambulance", "Ultrasound", "Ventilator"],
        "fr": ["Ambulance", "Échographe", "Respirateur"],
        "zh-hans": ["超声仪", "呼吸机", "救护车"],
    }
    for language, order in wanted.items():
        with override(language):
            choices = BrokenForm(hospital=world.hospital).fields["kind"].choices  # type: ignore[attr-defined]
            shown = [str(label) for _code, label in choices]
            assert [label for label in shown if label in order] == order
            assert choices[0][0] == "", "another machine, until one is chosen"
