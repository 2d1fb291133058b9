"""A call runs to its day; a panel judges who came; training is attended before the departure."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.people.models import Person
from marrow.teams import access, queries
from marrow.teams.actions import (
    answer_for_unit,
    answer_nobody,
    apply_for_seat,
    call_panel,
    change_panel,
    change_training,
    invite,
    judge,
    keep_list,
    mark_attendance,
    move_stage,
    open_call,
    plan_training,
    prolong_call,
    select,
    tick,
    waive,
    withdraw,
)
from marrow.teams.models import (
    AskedUnit,
    Assignment,
    Call,
    ChecklistItem,
    Judgement,
    Panel,
    Seat,
    TrainingSession,
)
from marrow.teams.rules.checklists import Listed
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch, a_person, a_sending_hospital
from tests.builders.forming import TODAY, a_seat, agreed, chosen, moved, unit_of

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


def a_call(seat: Seat, closes: dt.date = TODAY + 9 * DAY, **told: object) -> Call:
    return open_call(
        mission=seat.mission_id, text="We look for an anaesthetist", opens_on=TODAY - DAY,
        closes_on=closes, by=OFFICE, at=NOW, **told,  # type: ignore[arg-type]
    )  # fmt: skip


def a_panel(seat: Seat, meets_on: dt.date = TODAY) -> Panel:
    return call_panel(
        mission=seat.mission_id, meets_on=meets_on, members=[("Chair Test", "chair")], by=OFFICE,
        at=NOW,
    )  # fmt: skip


def test_a_call_is_read_in_the_languages_in_which_it_was_written() -> None:
    call = a_call(a_seat(a_batch(31, status="PLANNED")), public=True, translations={"fr": "Appel"})
    for language, words in (("fr", "Appel"), ("zh-hans", call.text), ("en", call.text)):
        page = Client(headers={"accept-language": language}).get("/teams/calls/")
        assert words in page.content.decode(), language


def test_people_come_forward_while_the_call_runs_and_not_after() -> None:
    seat, person = a_seat(a_batch(31, status="PLANNED")), a_person()
    call = a_call(seat, closes=TODAY)
    unit = unit_of(person)
    with pytest.raises(Refused, match=f"closed on {TODAY}"):
        apply_for_seat(seat=seat.pk, person=person.pk, by=unit, at=NOW + DAY)
    with pytest.raises(Refused, match="opens on"):
        apply_for_seat(seat=seat.pk, person=person.pk, by=unit, at=NOW - 5 * DAY)
    assert apply_for_seat(seat=seat.pk, person=person.pk, by=unit, at=NOW).state == "AGREED"
    prolong_call(call=call.pk, closes_on=TODAY + DAY, by=OFFICE, at=NOW)
    other = a_person("Late Test", person.unit)
    assert apply_for_seat(seat=seat.pk, person=other.pk, by=unit, at=NOW + DAY)


def test_a_call_that_names_units_asks_no_others() -> None:
    seat, person = a_seat(a_batch(31, status="PLANNED")), a_person()
    other = a_person("Other Test", a_sending_hospital("Second Test Hospital"))
    call = a_call(seat, units=[person.unit])
    with pytest.raises(Refused, match="other units"):
        apply_for_seat(seat=seat.pk, person=other.pk, by=unit_of(other), at=NOW)
    assert access.call_for(unit_of(person), call.pk) == call
    assert access.team_mission_for(unit_of(person), seat.mission_id)
    with pytest.raises(Unseen):
        access.call_for(unit_of(other), call.pk)
    asked = AskedUnit.objects.get()
    with pytest.raises(NotAllowed):
        answer_nobody(asked=asked.pk, reason="all away", by=OFFICE, at=NOW)
    with pytest.raises(Unseen):
        answer_nobody(asked=asked.pk, reason="all away", by=unit_of(other), at=NOW)
    with pytest.raises(Refused, match="Say why"):
        answer_nobody(asked=asked.pk, reason=" ", by=unit_of(person), at=NOW)
    answer_nobody(asked=asked.pk, reason="all away", by=unit_of(person), at=NOW)
    found = queries.unit_answers(OFFICE, call)
    assert [(a.people, a.asked.nobody_on, a.mine) for a in found] == [(0, TODAY, False)]


def test_a_call_is_closed_with_its_team() -> None:
    seat = a_seat(a_batch(31, status="PLANNED"))
    call = a_call(seat)
    assert queries.stands(call, TODAY) == "OPEN"
    move_stage(
        mission=seat.mission_id, stage="CANCELLED", on=TODAY, reason="the agreement ended",
        by=OFFICE, at=NOW,
    )  # fmt: skip
    call = Call.objects.get()
    assert queries.stands(call, TODAY) == "CLOSED"
    assert queries.call_shown(call, TODAY).ended == "CANCELLED"
    with pytest.raises(Refused, match="cancelled"):
        prolong_call(call=call.pk, closes_on=TODAY + DAY, by=OFFICE, at=NOW)


def test_only_the_office_opens_a_call_with_words_and_right_days() -> None:
    seat = a_seat()
    told = {"mission": seat.mission_id, "opens_on": TODAY, "at": NOW}
    for by, text, closes, wrong in (
        (LEADER, "Words", TODAY, Unseen), (AUDITOR, "Words", TODAY, NotAllowed),
        (OFFICE, " ", TODAY, Refused),
        (OFFICE, "Words", TODAY - DAY, Refused),
    ):  # fmt: skip
        with pytest.raises(wrong):
            open_call(by=by, text=text, closes_on=closes, **told)  # type: ignore[arg-type]
    call = a_call(seat)
    with pytest.raises(Refused):
        prolong_call(call=call.pk, closes_on=TODAY - 9 * DAY, by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        prolong_call(call=call.pk, closes_on=TODAY, by=AUDITOR, at=NOW)


def test_where_a_panel_sits_nobody_is_selected_whom_it_did_not_recommend() -> None:
    seat = a_seat()
    good, bad, unjudged = (agreed(seat, a_person(f"{n} Test")) for n in ("Good", "Bad", "New"))
    panel = a_panel(seat)
    with pytest.raises(Refused, match="not judged"):
        select(assignment=unjudged.pk, by=OFFICE, at=NOW)
    told = {"panel": panel.pk, "by": OFFICE, "at": NOW}
    judge(assignment=bad.pk, decision="NOT", score=40, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="did not recommend"):
        select(assignment=bad.pk, by=OFFICE, at=NOW)
    judge(assignment=good.pk, decision="RESERVE", **told)  # type: ignore[arg-type]
    judge(assignment=good.pk, decision="RECOMMENDED", score=82, **told)  # type: ignore[arg-type]
    assert Judgement.objects.filter(assignment=good).count() == 1
    select(assignment=good.pk, by=OFFICE, at=NOW)
    note = Operation.objects.filter(action="select").values_list("note", flat=True)[0]
    assert note == f"panel {TODAY}: RECOMMENDED, 82/100"
    with pytest.raises(Refused, match="decided already"):
        judge(assignment=good.pk, decision="NOT", **told)  # type: ignore[arg-type]


def test_a_panel_judges_on_its_day_only_its_own_people() -> None:
    seat, asked = a_seat(), None
    asked = agreed(seat, a_person())
    panel = a_panel(seat, TODAY + DAY)
    told = {"panel": panel.pk, "decision": "RECOMMENDED", "at": NOW}
    with pytest.raises(Refused, match="meets on"):
        judge(assignment=asked.pk, by=OFFICE, **told)  # type: ignore[arg-type]
    sitting = a_panel(seat)
    told["panel"] = sitting.pk
    elsewhere = agreed(a_seat(a_batch(40)), a_person("Else Test"))
    with pytest.raises(Unseen):
        judge(assignment=elsewhere.pk, by=OFFICE, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="between"):
        judge(assignment=asked.pk, by=OFFICE, score=101, **told)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        judge(assignment=asked.pk, by=AUDITOR, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Name who"):
        call_panel(mission=seat.mission_id, meets_on=TODAY, members=[(" ", "")], by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        access.mission_to_select(unit_of(asked.person), seat.mission_id)


def trained(required: bool = True) -> tuple[Assignment, TrainingSession]:
    mission = a_batch(31)
    keep_list(
        programme=mission.programme.key, by=OFFICE, at=NOW,
        steps=[Listed("TRAINING", "OFFICE", 20, required=True)],
    )  # fmt: skip
    row = chosen(a_seat(mission))
    session = plan_training(
        mission=mission.pk, held_on=TODAY, topic="Malaria", required=required, by=OFFICE, at=NOW
    )
    return row, session


def test_who_missed_a_required_training_is_named_before_the_departure() -> None:
    row, session = trained()
    moved(row.seat.mission, "RECRUITING", "SELECTED", "TRAINING")
    mark_attendance(session=session.pk, states={row.pk: "ABSENT"}, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match=r"Wang Test missed: .*Malaria"):
        moved(row.seat.mission, "IN_TRANSIT")
    mark_attendance(session=session.pk, states={row.pk: "PRESENT"}, by=OFFICE, at=NOW)
    assert ChecklistItem.objects.get().done_on == TODAY
    mark_attendance(session=session.pk, states={row.pk: "ABSENT"}, by=OFFICE, at=NOW)
    assert ChecklistItem.objects.get().done_on is None
    mark_attendance(session=session.pk, states={row.pk: "EXCUSED"}, by=OFFICE, at=NOW)
    moved(row.seat.mission, "IN_TRANSIT")


def test_training_may_be_let_be_for_one_and_needs_nothing_where_no_session_is_required() -> None:
    row, _session = trained(required=False)
    other = chosen(a_seat(row.seat.mission), a_person("Other Test"))
    for item in ChecklistItem.objects.filter(assignment__in=(row, other)):
        waive(item=item.pk, reason="trained last year", by=OFFICE, at=NOW)
    moved(row.seat.mission, "RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT")


def test_a_required_training_that_is_planned_later_opens_the_training_again() -> None:
    row, session = trained()
    let_be = chosen(a_seat(row.seat.mission), a_person("Other Test"))
    done, let = (ChecklistItem.objects.get(assignment=a, step="TRAINING") for a in (row, let_be))
    waive(item=let.pk, reason="trained last year", by=OFFICE, at=NOW)
    mark_attendance(session=session.pk, states={row.pk: "PRESENT"}, by=OFFICE, at=NOW)
    done.refresh_from_db()
    assert done.done_on == session.held_on
    told = {"mission": row.seat.mission_id, "held_on": TODAY + 9 * DAY, "by": OFFICE, "at": NOW}
    plan_training(topic="Songs", required=False, **told)  # type: ignore[arg-type]
    done.refresh_from_db()
    assert done.done_on
    plan_training(topic="Safety of care", required=True, **told)  # type: ignore[arg-type]
    done.refresh_from_db()
    let.refresh_from_db()
    assert done.done_on is None
    assert let.waived_on
    with pytest.raises(Refused, match="Safety of care"):
        moved(row.seat.mission, "RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT")


def test_only_the_office_plans_and_marks_and_not_ahead_of_time() -> None:
    row, session = trained()
    told = {"mission": row.seat.mission_id, "held_on": TODAY + DAY, "required": True, "at": NOW}
    with pytest.raises(NotAllowed):
        plan_training(topic="Law", by=unit_of(row.person), **told)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        plan_training(topic=" ", by=OFFICE, **told)  # type: ignore[arg-type]
    later = plan_training(topic="Law", by=OFFICE, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="future"):
        mark_attendance(session=later.pk, states={row.pk: "PRESENT"}, by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        mark_attendance(session=session.pk, states={}, by=AUDITOR, at=NOW)
    with pytest.raises(Unseen):
        mark_attendance(session=uuid4(), states={}, by=OFFICE, at=NOW)
    withdraw(assignment=row.pk, reason="ill", by=OFFICE, at=NOW)
    states = {row.pk: "PRESENT"}
    assert mark_attendance(session=session.pk, states=states, by=OFFICE, at=NOW) == 0


def test_a_call_is_opened_and_answered_on_pages(signed_in: dict[str, Client]) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    seat = a_seat(a_batch(31, status="PLANNED"), specialty="ANAESTHESIA")
    person = a_person("Able Test")
    today = dt.datetime.now(dt.UTC).date()
    told = {"text": "Who comes?", "opens_on": today.isoformat(), "public": "on",
            "closes_on": (today + 9 * DAY).isoformat()}  # fmt: skip
    where = f"/teams/{seat.mission_id}/call/"
    assert unit.get(where).status_code == 403
    assert office.post(where, {**told, "text": ""}).status_code == 422
    assert office.post(where, told).status_code == 302
    call = Call.objects.get()
    assert "31st" in unit.get("/teams/").content.decode()
    assert "Who comes?" in Client().get("/teams/calls/").content.decode()
    page = unit.get(f"/teams/calls/{call.pk}/").content.decode()
    assert "Able Test" in page
    sent = {"seat": str(seat.pk), "person": str(person.pk)}
    assert unit.post(f"/teams/calls/{call.pk}/forward/", sent).status_code == 302
    assert unit.post(f"/teams/calls/{call.pk}/forward/", sent).status_code == 422
    assert Assignment.objects.get().state == "AGREED"
    late = {"closes_on": (today + 20 * DAY).isoformat()}
    assert unit.post(f"/teams/calls/{call.pk}/prolong/", late).status_code == 403
    assert office.post(f"/teams/calls/{call.pk}/prolong/", late).status_code == 302


def test_a_panel_and_a_training_are_kept_on_pages(signed_in: dict[str, Client]) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    asked = agreed(a_seat(), a_person("Able Test"))
    mission = asked.seat.mission_id
    told = {"meets_on": "2026-11-20", "members": "Li Test, chair\nWu Test"}
    assert unit.get(f"/teams/{mission}/panel/").status_code == 403
    assert office.post(f"/teams/{mission}/panel/new/", told).status_code == 302
    where = f"/teams/panels/{Panel.objects.get().pk}/judge/{asked.pk}/"
    assert office.post(where, {"score": "200", "decision": "NOT"}).status_code == 422
    said = {"score": "82", "decision": "RECOMMENDED", "remark": "Speaks well"}
    assert office.post(where, said).status_code == 302
    page = office.get(f"/teams/{mission}/panel/").content.decode()
    for words in ("Li Test (chair)", "Wu Test", "Able Test", "82", "recommended", "Speaks well"):
        assert words in page
    assert office.post(f"/teams/people/{asked.pk}/select/").status_code == 302
    plan = {"held_on": "2026-11-20", "topic": "Malaria", "required": "on"}
    assert office.post(f"/teams/{mission}/training/new/", plan).status_code == 302
    session = TrainingSession.objects.get()
    where = f"/teams/training/{session.pk}/"
    assert unit.get(where).status_code == 403
    assert office.post(where, {str(asked.pk): "PRESENT"}).status_code == 302
    assert "1 present" in office.get(f"/teams/{mission}/training/").content.decode()
    assert signed_in["specialist"].get(f"/teams/{mission}/training/").status_code == 404


def test_a_cv_is_read_by_the_office_the_unit_and_the_person(signed_in: dict[str, Client]) -> None:
    asked = agreed(a_seat(), a_person("Able Test", specialty="ANAESTHESIA", grade="CHIEF"))
    where = f"/teams/people/{asked.pk}/cv/"
    page = signed_in["office"].get(where).content.decode()
    assert "anaesthesia" in page
    assert "chief" in page
    assert signed_in["unit"].get(where).status_code == 200
    assert signed_in["specialist"].get(where).status_code == 404
    me = Viewer(uuid4(), "Me", (Grant("member"),))
    Person.objects.filter(pk=asked.person_id).update(account=me.person)
    assert access.assignment_to_read(me, asked.pk) == asked
    invited = invite(seat=asked.seat_id, person=a_person("B Test").pk, by=OFFICE, at=NOW)
    with pytest.raises(Unseen):
        access.assignment_to_read(me, invited.pk)
    answer_for_unit(assignment=invited.pk, agrees=True, by=unit_of(invited.person), at=NOW)


def test_only_whom_the_panel_recommends_is_offered_to_be_selected(
    signed_in: dict[str, Client],
) -> None:
    seat = a_seat(a_batch(31))
    moved(seat.mission, "RECRUITING")
    one = agreed(seat, a_person("One Test"))
    where, select_it = f"/teams/{seat.mission_id}/", f"/teams/people/{one.pk}/select/"
    assert select_it in signed_in["office"].get(where).content.decode(), "no panel sits"
    panel = call_panel(
        mission=seat.mission_id, meets_on=TODAY, members=[("Li", "")], by=OFFICE, at=NOW
    )
    page = signed_in["office"].get(where, headers={"accept-language": "en"}).content.decode()
    assert select_it not in page
    assert "The panel judges first" in page
    for decision, is_offered in (("NOT", False), ("RECOMMENDED", True)):
        judge(panel=panel.pk, assignment=one.pk, decision=decision, by=OFFICE, at=NOW)
        assert (select_it in signed_in["office"].get(where).content.decode()) == is_offered


def test_a_panel_moves_and_others_sit_on_it_until_it_has_judged() -> None:
    seat = a_seat()
    asked, panel = agreed(seat, a_person()), a_panel(seat, TODAY + 3 * DAY)
    told = {"panel": panel.pk, "by": OFFICE, "at": NOW}
    change_panel(meets_on=TODAY, members=[("Other Test", "")], place="Lab", **told)  # type: ignore[arg-type]
    panel.refresh_from_db()
    assert (panel.meets_on, panel.place) == (TODAY, "Lab")
    assert [m.name for m in panel.members.all()] == ["Other Test"]
    judge(assignment=asked.pk, decision="RECOMMENDED", **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="who sat on it stays"):
        change_panel(members=[("Third Test", "")], **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=f"judged on {TODAY}"):
        change_panel(meets_on=TODAY + DAY, **told)  # type: ignore[arg-type]
    change_panel(members=[("Other Test", ""), ("Third Test", "")], **told)  # type: ignore[arg-type]
    assert panel.members.count() == 2
    with pytest.raises(NotAllowed):
        change_panel(panel=panel.pk, place="Else", by=AUDITOR, at=NOW)


def test_a_training_moves_and_who_missed_one_that_is_required_now_is_asked_again() -> None:
    row, session = trained(required=False)
    item = ChecklistItem.objects.get()
    tick(item=item.pk, on=TODAY, by=OFFICE, at=NOW)
    told = {"session": session.pk, "by": OFFICE, "at": NOW}
    change_training(held_on=TODAY + DAY, topic="Ebola", **told)  # type: ignore[arg-type]
    item.refresh_from_db()
    assert item.done_on == TODAY, "another day alone opens nothing"
    change_training(required=True, held_on=TODAY, **told)  # type: ignore[arg-type]
    item.refresh_from_db()
    assert item.done_on is None
    mark_attendance(session=session.pk, states={row.pk: "PRESENT"}, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="not on a day to come"):
        change_training(held_on=TODAY + DAY, **told)
    with pytest.raises(NotAllowed):
        change_training(session=session.pk, topic="Else", by=AUDITOR, at=NOW)
    session.refresh_from_db()
    assert (session.topic, session.held_on, session.required) == ("Ebola", TODAY, True)


def test_the_page_that_changes_a_training_tells_what_somebody_else_changed_meanwhile(
    signed_in: dict[str, Client],
) -> None:
    _row, session = trained()
    page = f"/teams/training/{session.pk}/change/"
    begun = {"initial-held_on": TODAY, "initial-topic": "Malaria", "initial-required": "True"}
    change_training(session=session.pk, topic="Ebola", by=OFFICE, at=NOW)
    mine = {**begun, "held_on": TODAY, "topic": "Malaria and fevers", "required": "on"}
    shown = signed_in["office"].post(page, mine)
    assert "Ebola" in shown.content.decode()
    session.refresh_from_db()
    assert session.topic == "Ebola"
