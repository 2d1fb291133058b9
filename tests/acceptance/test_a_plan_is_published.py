"""Publishing a plan goes by the records of that moment, and says before what it does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.core.jobs import run_one
from marrow.core.refusals import Overtaken, Refused, Unseen
from marrow.missions.models import Mission
from marrow.people.actions import add_to_person, change_person
from marrow.people.models import Unavailability
from marrow.plan import actions, plain, queries
from marrow.plan.models import AbsenceCap, Placing, PlannedTeam, Scenario
from marrow.teams.actions import answer_for_unit, change_seat, move_period, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, STRANGER, a_batch, a_series
from tests.builders.forming import a_seat, unit_of
from tests.builders.planning import DAY, SEATS, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, states, taken
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_somebody_who_went_on_leave_since_is_named_and_nobody_is_asked(world: Planning) -> None:
    solved(world)
    leave = Unavailability(from_on=TODAY + 200 * DAY, until_on=TODAY + 300 * DAY)
    add_to_person(person=world.nurse.pk, part=leave, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match=r"Nursing Test on GN31-03: not available on"):
        publish(world)
    assert not Assignment.objects.filter(seat__mission__number=31).exists()
    assert not Mission.objects.filter(number=31).exists()


def test_somebody_who_no_longer_wishes_to_go_is_named(world: Planning) -> None:
    solved(world)
    change_person(person=world.nurse.pk, by=OFFICE, at=NOW, willing=False)
    with pytest.raises(Refused, match="Nursing Test on GN31-03: has left the unit, does not wish"):
        publish(world)


def test_a_hospital_that_came_under_pressure_since_is_named_with_the_month(
    world: Planning,
) -> None:
    solved(world)
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=TODAY + 2000 * DAY, people=0, pressure=True
    )
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    with pytest.raises(Refused, match=rf"{world.hospital} has 3 people away in .*its cap is 0"):
        publish(world)


def test_the_page_says_who_no_longer_fits_and_offers_to_mend(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    change_person(person=world.nurse.pk, by=OFFICE, at=NOW, willing=False)
    page = f"/plan/{world.plan.pk}/publish/"
    told = text(signed_in["office"].get(page))
    assert "It cannot be published as it stands" in told
    assert "Nursing Test on GN31-03" in told
    assert "Mend: the smallest change" in told
    assert f'action="{page}"' not in told


def another_plan(world: Planning) -> Scenario:
    """A plan of another series for the same time, out of the same people."""
    series = a_series(recipient="TT")
    batch = a_batch(5, series, months=18)
    for role, specialty in SEATS:
        a_seat(
            batch, role, specialty=specialty, from_on=TODAY - 500 * DAY, until_on=TODAY + 48 * DAY
        )
    return actions.make_plan(
        name="Other", series=[series.pk], from_on=TODAY, until_on=TODAY + 400 * DAY,
        by=world.office, at=NOW,
    )  # fmt: skip


def test_whoever_is_asked_by_one_plan_is_not_free_for_another(world: Planning) -> None:
    solved(world)
    other = another_plan(world)
    publish(world)
    run = world.run(other, NOW + DAY)
    assert run.state == "DONE"
    assert not Placing.objects.filter(seat__team__scenario=other).exists()


def test_of_two_plans_that_want_the_same_people_the_second_is_told_whom(world: Planning) -> None:
    solved(world)
    other = another_plan(world)
    world.run(other)
    assert Placing.objects.filter(seat__team__scenario=other).count() == 3
    publish(world)
    with pytest.raises(Refused, match=r"Nursing Test on TT6-03: not available on"):
        publish(world, other)


def refused(world: Planning, plan: Scenario, code: str) -> None:
    asked = Assignment.objects.get(seat=seat_of(plan, code).seat, state="INVITED")
    answer_for_unit(
        assignment=asked.pk, agrees=False, reason="needed here", by=unit_of(asked.person), at=NOW
    )


def test_a_unit_refuses_and_the_seat_is_marked_and_mended_with_somebody_else(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    publish(world)
    refused(world, world.plan, "GN31-03")
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "the unit refuses" in page
    assert "does not come: GN31-03" in page
    world.person("Other Test", "NURSING")
    copy = copied(world, NOW + DAY)
    page = text(signed_in["office"].get(f"/plan/{copy.pk}/"))
    assert "changed since it was solved" in page
    assert "Mend: the smallest change" in page
    run = actions.ask_to_solve(scenario=copy.pk, by=world.office, at=NOW + DAY, mends=True)
    while run_one("test"):
        pass
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + DAY)
    publish(world, copy, NOW + DAY)
    nursing = seat_of(copy, "GN31-03").seat
    assert states(nursing) == {"Nursing Test": "REFUSED", "Other Test": "INVITED"}


def test_where_nobody_else_could_the_empty_seat_says_that_the_one_was_turned_down(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    publish(world)
    refused(world, world.plan, "GN31-03")
    copy = taken(world, copied(world, NOW + DAY), NOW + DAY)
    page = text(signed_in["office"].get(f"/plan/{copy.pk}/?team=GN31"))
    assert "1 was turned down for this seat or withdrew" in page


def test_a_pin_of_somebody_who_was_turned_down_is_refused_by_name(world: Planning) -> None:
    solved(world)
    publish(world)
    refused(world, world.plan, "GN31-03")
    copy = copied(world, NOW + DAY)
    actions.pin_seat(
        seat=seat_of(copy, "GN31-03").pk, person=world.nurse.pk, by=world.office, at=NOW + DAY
    )
    run = world.run(copy, NOW + DAY)
    assert run.state == "REFUSED"
    assert plain.plan(world.office, copy.pk, TODAY)["last_run"] == "REFUSED"
    assert run.faults[0]["names"]["rules"] == ["is_not_turned_down"]


def test_a_team_that_is_moved_in_a_plan_is_moved_when_it_is_published(world: Planning) -> None:
    solved(world)
    publish(world)
    copy = copied(world, NOW + DAY)
    team = PlannedTeam.objects.get(scenario=copy)
    later = team.from_on + 14 * DAY
    actions.move_planned_team(
        team=team.pk, from_on=later, until_on=team.until_on, minimum=1, overlap_days=14,
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    actions.change_planned_seat(
        seat=seat_of(copy, "GN31-03").pk, told={"grade": "RESIDENT"}, by=world.office, at=NOW + DAY
    )
    copy = taken(world, copy, NOW + DAY)
    told = queries.publication_of(copy, world.office, TODAY)
    assert [m.team.code for m in told.moved] == ["GN31"]
    assert [(c.planned.code, c.columns) for c in told.changed] == [("GN31-03", ("grade",))]
    publish(world, copy, NOW + DAY)
    seats = Seat.objects.filter(mission__number=31)
    assert set(seats.values_list("from_on", flat=True)) == {later}
    assert seats.get(specialty="NURSING").grade == "RESIDENT"


def test_what_was_changed_on_the_page_of_the_team_meanwhile_is_not_overwritten(
    world: Planning,
) -> None:
    solved(world)
    publish(world)
    copy = taken(world, copied(world, NOW + DAY), NOW + DAY)
    mission = Mission.objects.get(number=31)
    team = PlannedTeam.objects.get(scenario=copy)
    move_period(
        mission=mission.pk, from_on=team.from_on + 30 * DAY, until_on=team.until_on,
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    nursing = seat_of(copy, "GN31-03").seat_id
    assert nursing
    change_seat(seat=nursing, told={"grade": "RESIDENT"}, by=world.office, at=NOW + DAY)
    with pytest.raises(Refused) as told:
        publish(world, copy, NOW + 2 * DAY)
    assert "GN31: its time was changed on the page of the team" in str(told.value)
    assert "Seat GN31-03 was changed on the page of the team" in str(told.value)


def test_a_seat_is_not_changed_under_somebody_who_has_it_and_does_not_fit_it_then(
    world: Planning,
) -> None:
    solved(world)
    publish(world)
    asked = Assignment.objects.get(person=world.nurse)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(world.nurse), at=NOW)
    select(assignment=asked.pk, by=world.office, at=NOW)
    copy = copied(world, NOW + DAY)
    actions.change_planned_seat(
        seat=seat_of(copy, "GN31-03").pk, told={"grade": "CHIEF"}, by=world.office, at=NOW + DAY
    )
    copy = taken(world, copy, NOW + DAY)
    with pytest.raises(Refused, match="Seat GN31-03 is Nursing Test’s, who does not fit"):
        publish(world, copy, NOW + DAY)


def test_nobody_is_asked_for_two_seats_of_one_team(world: Planning) -> None:
    """A second nurse's seat is added; the nurse is put there, and their old seat stays empty."""
    solved(world)
    publish(world)
    copy = copied(world, NOW + DAY)
    team = PlannedTeam.objects.get(scenario=copy)
    added = actions.add_planned_seat(
        team=team.pk, told={"role": "MEMBER", "specialty": "NURSING", "weight": "IMPORTANT"},
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    for seat, person in ((seat_of(copy, "GN31-03").pk, None), (added.pk, world.nurse.pk)):
        actions.pin_seat(seat=seat, person=person, by=world.office, at=NOW + DAY)
    copy = taken(world, copy, NOW + DAY)
    told = queries.publication_of(copy, world.office, TODAY)
    assert [str(a.person) for a in told.withdrawn] == ["Nursing Test"]
    publish(world, copy, NOW + DAY)
    rows = Assignment.objects.filter(person=world.nurse).values_list("state", flat=True)
    assert sorted(rows) == ["INVITED", "RELEASED"]


def test_who_is_no_longer_sent_is_withdrawn_and_the_page_says_so_before(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The team is taken out of the plan, another one is left in it."""
    solved(world)
    publish(world)
    copy = copied(world, NOW + DAY)
    expert = world.person("Expert Test", "INFECTIOUS")
    actions.add_planned_team(
        scenario=copy.pk, programme=world.series.programme.key, title="Outbreak",
        kind="OUTBREAK_EXPERTS", from_on=TODAY + 10 * DAY, until_on=TODAY + 40 * DAY,
        seats=[("INFECTIOUS", 1)], by=world.office, at=NOW + DAY,
    )  # fmt: skip
    dropped = PlannedTeam.objects.get(scenario=copy, number=31)
    actions.drop_planned_team(team=dropped.pk, by=world.office, at=NOW + DAY)
    copy = taken(world, copy, NOW + DAY)
    page = text(signed_in["office"].get(f"/plan/{copy.pk}/publish/"))
    assert "3 people are withdrawn" in page
    assert "1 person is asked" in page
    publish(world, copy, NOW + DAY)
    asked = Assignment.objects.filter(seat__mission__number=31)
    assert {a.state for a in asked} == {"RELEASED"}
    assert {a.reason for a in asked} == {"The plan “Mended” no longer sends them here."}
    assert Assignment.objects.get(person=expert).state == "INVITED"


def test_the_office_reads_what_publishing_does_and_does_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/publish/"
    told = text(office.get(page))
    assert "3 people are asked" in told
    assert "New teams" in told
    answer = office.post(page, opened(office, page, f'action="{page}"'))
    assert answer.status_code == 302
    assert Scenario.objects.get(pk=world.plan.pk).state == "PUBLISHED"
    assert "published already" in text(office.get(page))


def test_only_the_office_of_the_plan_reads_what_publishing_does(
    world: Planning, signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    solved(world)
    page = f"/plan/{world.plan.pk}/publish/"
    for role in ("auditor", "unit", "leader", "member", "recipient"):
        assert signed_in[role].get(page).status_code == 403, role
    with pytest.raises(Unseen):
        actions.publish_plan(scenario=world.plan.pk, by=STRANGER, at=NOW)
    publish(world)
    with pytest.raises(Overtaken):
        publish(world)


def test_a_program_reads_what_publishing_does_before(
    world: Planning, calling: dict[str, Client]
) -> None:
    solved(world)
    change_person(person=world.nurse.pk, by=OFFICE, at=NOW, willing=False)
    address = f"/api/v1/plans/{world.plan.pk}/publication"
    told = calling["office"].get(address).json()
    assert len(told["asked"]) == 3
    assert [one["code"] for one in told["unfit"]] == ["not_to_be_sent"]
    assert "Nursing Test on GN31-03" in told["unfit"][0]["words"]
    assert calling["auditor"].get(address).status_code == 403
    refused = calling["office"].post(f"/api/v1/plans/{world.plan.pk}/publish")
    assert refused.status_code == 422
    assert "Nursing Test on GN31-03" in refused.json()["detail"]


def test_a_copy_made_before_its_plan_was_published_is_overtaken_by_it(world: Planning) -> None:
    solved(world)
    copy = copied(world, NOW)
    publish(world, at=NOW + DAY)
    with pytest.raises(Overtaken, match="published “Guinea 31” for the same teams meanwhile"):
        publish(world, copy, NOW + 2 * DAY)


def test_the_list_says_which_of_two_published_plans_stands(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    publish(world)
    copy, late = copied(world, NOW + DAY), copied(world, NOW + DAY)
    publish(world, copy, NOW + 2 * DAY)
    office = signed_in["office"]
    listed = text(office.get("/plan/"))
    assert "replaced by “Mended”" in listed
    assert "overtaken by “Mended”" in listed
    assert "published, and it stands" in listed
    gone = "This plan no longer stands. For its teams this one was published later"
    assert gone in text(office.get(f"/plan/{world.plan.pk}/"))
    overtaken = text(office.get(f"/plan/{late.pk}/"))
    assert "this one can no longer be published. Copy that plan" in overtaken
    assert f"/plan/{late.pk}/publish/" not in overtaken
    told = "“Mended” was published for the same teams meanwhile"
    assert told in text(office.get(f"/plan/{late.pk}/publish/"))
    assert gone not in text(office.get(f"/plan/{copy.pk}/"))
    assert told not in text(office.get(f"/plan/{copy.pk}/"))


def test_while_the_planner_is_at_work_on_a_plan_it_is_not_published(world: Planning) -> None:
    plan = solved(world)
    actions.ask_to_solve(scenario=plan.pk, by=world.office, at=NOW)
    with pytest.raises(Overtaken, match="at work on this plan"):
        publish(world, plan)
    assert not Mission.objects.filter(number=31).exists()
