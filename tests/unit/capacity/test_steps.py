"""A hospital climbs the ladder on evidence and two signatures, and falls on one, with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from marrow.activity.models import Deed
from marrow.capacity.actions import (
    drop_step,
    expect_hospital,
    propose_step,
    receive_machine,
    sign_step,
    tell_of_machine,
    void_step,
)
from marrow.capacity.models import Equipment, Step
from marrow.capacity.queries import Question, care_of, counted
from marrow.capacity.queries.ladder import (
    deeds_to_choose,
    evidence_of_deeds,
    steps_to_sign,
    story_of,
)
from marrow.capacity.queries.matrix import matrix_of
from marrow.capacity.queries.steps import level_now
from marrow.capacity.rules.care import Care
from marrow.capacity.rules.experts import Visitor, is_expert
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import NotAllowed, Overtaken, Refused
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.people.models import Person
from tests.builders import NOW, STRANGER
from tests.builders.capability import (
    Ward,
    a_service,
    a_ward,
    cases,
    climbed,
    listed,
    proposed,
    the_team_went_home,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def asked(items: dict[str, Care]) -> Care:
    (care,) = items.values()
    return care


def guinea(listing: object, on: dt.date = TODAY, known_by: dt.datetime | None = None) -> Question:
    return Question(Area.objects.get(code="GN"), listing, on, known_by)  # type: ignore[arg-type]


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def test_a_step_up_holds_once_the_visitor_and_the_head_have_signed(ward: Ward) -> None:
    item = a_service()
    row = proposed(ward, item, 4, TODAY)
    assert row.state == "PROPOSED"
    sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    assert level_now(ward.hospital.pk, item.pk, TODAY) is None
    assert sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW).state == "HOLDS"
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 4
    assert level_now(ward.hospital.pk, item.pk, TODAY - DAY) is None


def test_where_no_visitor_is_left_an_expert_from_afar_signs(ward: Ward) -> None:
    row = proposed(ward, a_service(), 2, TODAY, by=ward.head)
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    with pytest.raises(NotAllowed, match="on post"):
        sign_step(step=row.pk, side="REMOTE", by=ward.remote, at=NOW)
    the_team_went_home(ward)
    assert sign_step(step=row.pk, side="REMOTE", by=ward.remote, at=NOW).state == "HOLDS"


def test_a_team_that_is_still_on_its_way_signs_nothing_for_anybody(ward: Ward) -> None:
    row = proposed(ward, a_service(), 2, TODAY, by=ward.head)
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    Mission.objects.update(status="IN_TRANSIT")
    assert sign_step(step=row.pk, side="REMOTE", by=ward.remote, at=NOW).state == "HOLDS"


def test_who_is_not_of_the_hospital_neither_proposes_nor_signs(ward: Ward) -> None:
    item = a_service()
    for stranger in (ward.elsewhere, ward.remote, STRANGER):
        with pytest.raises(NotAllowed):
            proposed(ward, item, 2, TODAY, by=stranger)
    row = proposed(ward, item, 2, TODAY)
    for who, side in ((ward.elsewhere, "HEAD"), (ward.head, "VISITOR"), (ward.visitor, "HEAD")):
        with pytest.raises(NotAllowed):
            sign_step(step=row.pk, side=side, by=who, at=NOW)


def test_a_step_needs_evidence_that_is_older_than_itself(ward: Ward) -> None:
    item = a_service()
    late = Step(id=uuid4(), item=item, level=3, on=TODAY - 9 * DAY)
    with pytest.raises(Refused, match="before the cases"):
        propose_step(
            organisation=ward.hospital.pk, step=late, evidence=[cases(TODAY)], by=ward.head, at=NOW
        )
    bare = Step(id=uuid4(), item=item, level=3, on=TODAY)
    with pytest.raises(Refused, match="what shows it"):
        propose_step(organisation=ward.hospital.pk, step=bare, by=ward.head, at=NOW)


def test_a_step_does_not_begin_before_most_of_its_cases(ward: Ward) -> None:
    shown = cases(TODAY)
    shown.from_on = TODAY - 99 * DAY
    early = Step(id=uuid4(), item=a_service(), level=3, on=TODAY - 98 * DAY)
    with pytest.raises(Refused, match="before the cases"):
        propose_step(
            organisation=ward.hospital.pk, step=early, evidence=[shown], by=ward.head, at=NOW
        )


def test_a_step_down_is_recorded_as_plainly_with_one_signature_and_a_reason(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 4, TODAY - DAY)
    down = proposed(ward, item, 2, TODAY, by=ward.head, reason="The last trained nurse left")
    assert down.state == "HOLDS"
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 2
    assert level_now(ward.hospital.pk, item.pk, TODAY - DAY) == 4


def test_no_single_signature_lifts_a_hospital_that_fell_back(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 4, TODAY - DAY)
    down = proposed(ward, item, 2, TODAY, by=ward.head, reason="The last trained nurse left")
    for who in (ward.head, ward.office):
        with pytest.raises(Refused, match="two sign"):
            void_step(step=down.pk, reason="By mistake", by=who, at=NOW)
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 2


def test_no_single_signature_lifts_a_hospital_by_ending_what_stands_below(ward: Ward) -> None:
    """Another step has an earlier day, as long ago one could have: what fell so stays a fall."""
    item = a_service()
    lower = climbed(ward, item, 3, TODAY)
    higher = climbed(ward, item, 4, TODAY)
    Step.objects.filter(pk=higher.pk).update(on=TODAY - 9 * DAY)
    for who in (ward.head, ward.office):
        with pytest.raises(Refused, match="two sign"):
            void_step(step=lower.pk, reason="By mistake", by=who, at=NOW)
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 3


def test_what_was_reached_by_mistake_is_taken_back_by_one(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 2, TODAY - 9 * DAY)
    higher = climbed(ward, item, 4, TODAY)
    assert void_step(step=higher.pk, reason="By mistake", by=ward.head, at=NOW).state == "VOID"
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 2


def test_an_office_signs_no_step_up(ward: Ward) -> None:
    row = proposed(ward, a_service(), 2, TODAY)
    with pytest.raises(Refused, match="counts for nothing"):
        sign_step(step=row.pk, side="OFFICE", by=ward.office, at=NOW)


@pytest.mark.parametrize("on", [dt.date(206, 1, 1), dt.date(1, 1, 1)])
def test_a_day_that_cannot_be_meant_is_refused(ward: Ward, on: dt.date) -> None:
    with pytest.raises(Refused, match="no day between"):
        proposed(ward, a_service(), 0, on, by=ward.head, reason="no machine")


def test_more_cases_than_can_be_counted_are_refused(ward: Ward) -> None:
    step = Step(id=uuid4(), item=a_service(), level=2, on=TODAY)
    many = cases(TODAY, 10**20)
    with pytest.raises(Refused, match="less or more"):
        propose_step(
            organisation=ward.hospital.pk, step=step, evidence=[many], by=ward.head, at=NOW
        )


def test_one_step_waits_at_a_time_and_two_who_sign_get_one(ward: Ward) -> None:
    item = a_service()
    row = proposed(ward, item, 2, TODAY)
    with pytest.raises(Overtaken):
        proposed(ward, item, 3, TODAY, by=ward.head)
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    with pytest.raises(Refused, match="signed this step already"):
        sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    drop_step(step=row.pk, reason="The cases were another hospital’s", by=ward.head, at=NOW)
    with pytest.raises(Overtaken):
        sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    assert proposed(ward, item, 3, TODAY).state == "PROPOSED"


def test_when_the_team_goes_home_its_figure_goes_with_it(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 3, TODAY)
    assert asked(care_of(guinea(listing))) == Care.WITH_VISITORS
    ward.mission.seats.get().assignments.update(ended_on=TODAY + 30 * DAY)
    assert asked(care_of(guinea(listing, TODAY + 29 * DAY))) == Care.WITH_VISITORS
    assert asked(care_of(guinea(listing, TODAY + 30 * DAY))) == Care.NOT_ASSESSED
    expect_hospital(key=listing.key, organisation=ward.hospital.pk, by=ward.office, at=NOW)
    assert asked(care_of(guinea(listing, TODAY + 30 * DAY))) == Care.MUST_LEAVE
    climbed(ward, item, 4, TODAY)
    assert counted(guinea(listing, TODAY + 30 * DAY)) == {Care.BY_LOCALS: 1}


def test_five_stations_run_then_four_and_what_depends_on_them_is_suspended(ward: Ward) -> None:
    item = a_service(machine="dialysis-station", wanted=5)
    listing = listed(item)
    climbed(ward, item, 5, TODAY - 9 * DAY)
    machines = [
        receive_machine(
            organisation=ward.hospital.pk, by=ward.head, at=NOW,
            machine=Equipment(
                id=uuid4(), machine="dialysis-station", label=f"Station {n}",
                installed_on=TODAY - 9 * DAY,
            ),
        )
        for n in range(5)
    ]  # fmt: skip
    assert asked(care_of(guinea(listing))) == Care.BY_LOCALS
    tell_of_machine(
        equipment=machines[0].pk, state="DOWN", on=TODAY - 2 * DAY, words="pump", by=ward.head,
        at=NOW,
    )  # fmt: skip
    assert asked(care_of(guinea(listing))) == Care.NOT_ASSESSED
    assert asked(care_of(guinea(listing, TODAY - 3 * DAY))) == Care.BY_LOCALS
    proposed(ward, item, 2, TODAY - DAY, by=ward.head, reason="Visitors do it with us")
    ((_specialty, (rung,)),) = story_of(ward.hospital, TODAY).ladder
    assert rung.not_ready, "also of what is done with visitors it is told"
    assert matrix_of(guinea(listing)).groups[0][1][0].cells[0].suspended
    climbed(ward, item, 5, TODAY - DAY)
    tell_of_machine(
        equipment=machines[0].pk, state="WORKS", on=TODAY, words="pump replaced", by=ward.visitor,
        at=NOW,
    )  # fmt: skip
    assert asked(care_of(guinea(listing))) == Care.BY_LOCALS


def test_a_late_entry_changes_what_we_know_today_and_not_what_was_known(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    later = NOW + 9 * DAY
    row = climbed(ward, item, 4, TODAY, at=later)
    sequence()
    now, then = guinea(listing), guinea(listing, known_by=NOW + DAY)
    assert asked(care_of(now)) == Care.BY_LOCALS
    assert asked(care_of(then)) == Care.NOT_ASSESSED
    void_step(step=row.pk, reason="Another hospital’s cases", by=ward.head, at=later + DAY)
    assert asked(care_of(now)) == Care.NOT_ASSESSED
    assert level_now(ward.hospital.pk, item.pk, TODAY) is None


def test_what_waits_for_a_signature_is_asked_at_once_for_all(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        proposed(ward, a_service(f"Service {number}"), 2, TODAY)
    with django_assert_max_num_queries(6):
        waiting = steps_to_sign(ward.head)
    assert [side for _row, side in waiting] == ["HEAD"] * 6
    assert steps_to_sign(ward.elsewhere) == []


def test_a_record_of_another_technique_shows_nothing_of_this_one(ward: Ward) -> None:
    item, other = a_service(), a_service("Another")
    deed = Deed.objects.create(
        id=uuid4(), organisation=ward.hospital, kind="OPERATION_DONE", count=3, held_on=TODAY - DAY,
        specialty=item.specialty, item=other, recorded_by=uuid4(), recorded_at=NOW,
    )  # fmt: skip
    assert [pk for pk, _words in deeds_to_choose(ward.hospital, item)] == []
    step = Step(id=uuid4(), item=item, level=3, on=TODAY)
    with pytest.raises(Refused, match="something else"):
        propose_step(
            organisation=ward.hospital.pk, step=step, evidence=evidence_of_deeds([deed.pk]),
            by=ward.head, at=NOW,
        )  # fmt: skip
    Deed.objects.update(item=item)
    assert [pk for pk, _words in deeds_to_choose(ward.hospital, item)] == [deed.pk]


@pytest.mark.parametrize(
    ("kind", "specialty", "leads", "signs"),
    [
        ("DOCTOR", "NEPHROLOGY", False, True), ("NURSE", "NEPHROLOGY", False, True),
        ("DOCTOR", "ANAESTHESIA", False, True), ("NURSE", "ANAESTHESIA", False, False),
        ("DOCTOR", "DENTISTRY", False, False), ("DOCTOR", "DENTISTRY", True, True),
        ("COOK", "", False, False), ("INTERPRETER", "NEPHROLOGY", False, False),
    ],
)  # fmt: skip
def test_of_the_visitors_who_knows_the_item_signs(
    kind: str, specialty: str, leads: bool, signs: bool
) -> None:
    who = Visitor(kind, frozenset({specialty} - {""}), leads)
    wanted = {("DOCTOR", "ANAESTHESIA"), ("NURSE", "NEPHROLOGY")}
    assert is_expert(who, "NEPHROLOGY", wanted) is signs


@pytest.mark.parametrize("kind", ["COOK", "INTERPRETER", "DOCTOR"])
def test_a_visitor_of_another_trade_is_refused_with_the_reason(ward: Ward, kind: str) -> None:
    row = proposed(ward, a_service(), 2, TODAY)
    specialty = "DENTISTRY" if kind == "DOCTOR" else ""
    Person.objects.filter(account=ward.visitor.person).update(kind=kind, specialty=specialty)
    ward.mission.seats.update(role="MEMBER", specialty=specialty)
    assert steps_to_sign(ward.visitor) == []
    with pytest.raises(NotAllowed, match="specialty"):
        sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    ward.mission.seats.update(specialty="NEPHROLOGY")
    if kind == "DOCTOR":
        assert [side for _row, side in steps_to_sign(ward.visitor)] == ["VISITOR"]
        assert sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW).state == "PROPOSED"
    else:
        assert steps_to_sign(ward.visitor) == []


def test_a_step_of_long_ago_is_signed_from_afar_and_names_no_team_of_today(ward: Ward) -> None:
    """Who came to the hospital years later did not see it, and it was not reached with them."""
    row = proposed(ward, a_service(), 5, TODAY - 2000 * DAY)
    with pytest.raises(NotAllowed, match="not on post here yet"):
        sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    assert steps_to_sign(ward.visitor) == []
    assert [side for _step, side in steps_to_sign(ward.remote)] == ["REMOTE"]
    sign_step(step=row.pk, side="REMOTE", by=ward.remote, at=NOW)
    row = sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    assert (row.state, row.mission) == ("HOLDS", None)


def test_a_step_of_a_day_on_which_the_team_was_there_names_it(ward: Ward) -> None:
    assert proposed(ward, a_service(), 2, TODAY).mission == ward.mission


def test_a_higher_step_before_a_signed_one_up_is_refused_in_words(ward: Ward) -> None:
    """The signed step up would become a fall for which nobody gave a reason."""
    item = a_service()
    climbed(ward, item, 2, TODAY - 9 * DAY)
    with pytest.raises(Refused, match=r"fall without a reason"):
        proposed(ward, item, 5, TODAY - 99 * DAY, by=ward.head)
    assert proposed(ward, item, 2, TODAY - 99 * DAY, by=ward.head).state == "PROPOSED"


def test_a_step_that_waited_is_not_signed_under_a_later_lower_one(ward: Ward) -> None:
    item = a_service()
    waits = proposed(ward, item, 5, TODAY - 99 * DAY, by=ward.head)
    Step.objects.filter(pk=waits.pk).update(state="DROPPED")
    climbed(ward, item, 2, TODAY - 9 * DAY)
    Step.objects.filter(pk=waits.pk).update(state="PROPOSED")
    with pytest.raises(Refused, match=r"fall without a reason"):
        sign_step(step=waits.pk, side="HEAD", by=ward.head, at=NOW)


def test_an_earlier_step_before_a_fall_that_has_its_reason_is_taken(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 4, TODAY - 9 * DAY)
    proposed(ward, item, 1, TODAY, by=ward.head, reason="The last trained nurse left")
    assert proposed(ward, item, 5, TODAY - DAY, by=ward.head).state == "PROPOSED"
