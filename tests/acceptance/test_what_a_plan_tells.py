"""What a plan tells before anybody acts on it: what a change brings, what is taken out, which plan
stands, and care without leaving on the planned roster."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from marrow.core.jobs import run_one
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.plan import actions, plain
from marrow.plan.models import PlannedSeat, PlannedTeam, Run, Scenario
from marrow.teams.actions import invite, open_seats
from marrow.teams.models import Seat
from tests.builders import NOW
from tests.builders.capability import a_ward, climbed, listed
from tests.builders.catalogued import an_item
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def page_of(world: Planning) -> str:
    return f"/plan/{world.plan.pk}/"


def a_hospital_that_operates_with_a_visitor() -> Organisation:
    ward = a_ward(45)
    item = an_item("Hernia", specialty="GENERAL_SURGERY")
    climbed(ward, item, 2, NOW.date() - 30 * DAY)
    listed(item)
    return ward.hospital


def press(browser: Client, page: str, address: str, **more: str) -> Any:
    return browser.post(address, opened(browser, page, f'action="{address}"') | more)


def told_and_planned(browser: Client, page: str, **told: str) -> None:
    assert browser.post(f"{page}out/", opened(browser, f"{page}out/") | told).status_code == 302
    while run_one("test"):
        pass


def test_before_a_change_is_taken_its_seat_role_and_figures_are_shown(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, page = signed_in["office"], page_of(world)
    told_and_planned(office, page, person=str(world.anaesthetist.pk), why="HEALTH")
    shown = text(office.get(page))
    assert "GN31-02 · Member" in shown
    assert "What comes of it" in shown
    rows = shown.split('id="effects"')[1].split("</table>")[0]
    assert ">1 of 2<" in rows  # without the anaesthetist, who does not come
    assert ">0 of 2" in rows  # the surgeon goes with an anaesthetist only
    assert "less" in rows
    assert "not reckoned" in rows  # a mend has no bound
    for name in ("Critical seats", "Handovers with both on post", "Care without leaving, items"):
        assert name in rows, name


def test_everyone_else_who_could_is_told_with_an_estimate(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Of five others the cost is reckoned; of the sixth and seventh it is estimated."""
    for n in range(7):
        world.person(f"Nurse {n}", "NURSING")
    solved(world)
    shown = text(signed_in["office"].get(f"{page_of(world)}?team=GN31"))
    seat = PlannedSeat.objects.get(code="GN31-03")
    of_seat = shown.split(f'data-pin="/plan/seats/{seat.pk}/pin/"')[1]
    reckoned, estimated = of_seat.split("Everyone else, by an estimate")
    assert "Any of the 7 others would do as well: it costs nothing." in reckoned
    assert reckoned.count("costs nothing</span>") == 5
    assert estimated.count("as good, about") == 2
    assert len({n for n in range(7) if f"Nurse {n}" in of_seat}) >= 6


def test_an_empty_seat_names_who_could_and_where_they_sit_then(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """There is one nurse for two seats."""
    team = PlannedTeam.objects.get(scenario=world.plan)
    actions.add_planned_seat(
        team=team.pk, told={"role": "MEMBER", "specialty": "NURSING", "weight": "IMPORTANT"},
        by=world.office, at=NOW,
    )  # fmt: skip
    solved(world)
    shown = text(signed_in["office"].get(f"{page_of(world)}?team=GN31"))
    held = PlannedSeat.objects.get(specialty="NURSING", placing__isnull=False)
    assert f"Seated elsewhere then (1): Nursing Test ({held.code})." in shown


def test_a_team_is_taken_out_after_a_question(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, page = signed_in["office"], page_of(world)
    team = PlannedTeam.objects.get(scenario=world.plan)
    address = f"/plan/teams/{team.pk}/drop/"
    assert f'href="{address}"' in text(office.get(page))
    asked = text(office.get(address))
    assert "Take GN31" in asked
    assert "3 seats leave this plan with the team" in asked
    assert PlannedTeam.objects.filter(pk=team.pk).exists()
    assert office.post(address, opened(office, address)).status_code == 302
    assert not PlannedTeam.objects.filter(pk=team.pk).exists()
    for role in ("unit", "auditor", "member"):
        assert signed_in[role].get(address).status_code in (403, 404), role


def test_a_seat_is_taken_out_after_a_question(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office = signed_in["office"]
    seat = PlannedSeat.objects.get(code="GN31-03")
    address = f"/plan/seats/{seat.pk}/drop/"
    assert f'href="{address}"' in text(office.get(f"{page_of(world)}?team=GN31"))
    assert "Take GN31-03" in text(office.get(address))
    assert office.post(address, opened(office, address)).status_code == 302
    assert not PlannedSeat.objects.filter(pk=seat.pk).exists()


def test_that_a_hospital_spares_more_is_reached_from_the_plan(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    assert f'href="{page_of(world)}spare/"' in text(signed_in["office"].get(page_of(world)))


def test_a_teaching_team_is_added_with_its_hospital_leader_language_and_minimum(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world)
    told = opened(office, f"{page}team/") | {
        "title": "Dialysis teaching", "kind": "SIX_MONTH_TEAM",
        "programme": str(world.series.programme_id), "recipient": str(world.hospital.pk),
        "from_on": "2027-03-01", "until_on": "2027-09-01", "minimum": "2", "leader": "on",
        "language": "fr", "specialty_1": "NURSING", "count_1": "2",
    }  # fmt: skip
    answer = office.post(f"{page}team/", told)
    assert answer.status_code == 302, text(answer)
    team = PlannedTeam.objects.get(title="Dialysis teaching")
    assert (team.kind, team.minimum, team.hats) == ("SIX_MONTH_TEAM", 2, ["leader", "language"])
    assert (team.recipient_id, team.language) == (world.hospital.pk, "fr")
    for kind in ("OUTBREAK_EXPERTS", "SHORT_SURGICAL", "EXPERT_GROUP", "HOSPITAL_PROJECT",
                 "RESIDENT_BATCH"):  # fmt: skip
        assert f'value="{kind}"' in text(office.get(f"{page}team/")), kind
    refused = office.post(f"{page}team/", told | {"minimum": "9"})
    assert refused.status_code == 422
    assert "The team has fewer seats than that." in text(refused)


def test_a_planner_that_was_told_to_stop_says_that_it_is_stopping(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world)
    press(office, page, f"{page}solve/")
    run = Run.objects.get(scenario=world.plan)
    press(office, page, f"/plan/runs/{run.pk}/stop/")
    shown = text(office.get(page))
    assert "stopping: it ends with the best plan so far" in shown
    assert f"/plan/runs/{run.pk}/stop/" not in shown
    assert "Look again" in shown


def published(world: Planning, plan: Scenario, day: int) -> None:
    world.run(plan, NOW + day * DAY)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + day * DAY)


def test_of_several_published_plans_it_is_told_which_stands(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The second replaces the first for the same team; a draft solved before it is overtaken."""
    solved(world)
    draft = actions.copy_plan(scenario=world.plan.pk, name="Draft", by=world.office, at=NOW)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    later = actions.copy_plan(
        scenario=world.plan.pk, name="Later", by=world.office, at=NOW + 2 * DAY
    )
    actions.publish_plan(scenario=later.pk, by=world.office, at=NOW + 3 * DAY)
    office = signed_in["office"]
    listed = text(office.get("/plan/"))
    assert listed.count("published, and it stands") == 1
    assert "replaced by “Later”" in listed
    assert "overtaken by “" in listed
    assert "This plan no longer stands." in text(office.get(page_of(world)))
    assert "This plan is published: its people are asked" in text(office.get(f"/plan/{later.pk}/"))
    shown = text(office.get(f"/plan/{draft.pk}/"))
    assert "can no longer be published" in shown
    assert f"/plan/{draft.pk}/publish/" not in shown


def test_the_list_of_plans_asks_as_much_of_many_solved_plans_as_of_one(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office = signed_in["office"]
    office.get("/plan/")
    with CaptureQueriesContext(connection) as one:
        office.get("/plan/")
    for n in range(4):
        actions.copy_plan(scenario=world.plan.pk, name=f"Copy {n}", by=world.office, at=NOW)
    assert Scenario.objects.filter(state="SOLVED").count() == 5
    with CaptureQueriesContext(connection) as five:
        assert text(office.get("/plan/")).count("Copy ") == 4
    assert len(five) == len(one)


def test_care_without_leaving_is_told_of_the_planned_roster_by_the_one_measure(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The hospital does one operation with a visitor; with the plan's surgeon there the item
    counts, and without him it does not."""
    hospital = a_hospital_that_operates_with_a_visitor()
    PlannedTeam.objects.filter(scenario=world.plan).update(recipient=hospital)
    run = world.run()
    assert run.plan
    told = run.plan["stays"]
    assert told["without"] == 0
    assert 0 < told["with"] <= 1
    assert told["items"] == 1
    office, page = signed_in["office"], page_of(world)
    shown = text(office.get(page))
    assert f"{told['with']:+.1f}" in shown
    assert "with the steps and readiness of today" in shown
    book = load_workbook(io.BytesIO(office.get(f"{page}plan.xlsx").content))
    rows = {r[0]: r[1] for r in book["Figures"].iter_rows(values_only=True)}
    assert rows["care without leaving, items"] == told["with"]
    told_to_programs = plain.plan(world.office, world.plan.pk, NOW.date())["figures"]
    assert told_to_programs["stays"]["with"] == told["with"]


def test_where_the_plans_people_bring_no_item_more_it_is_told_why(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """One operation is referred away even with a visitor, one is done by the local staff, of one
    nobody told, and one is of a specialty that the plan does not send."""
    ward = a_ward(45)
    hernia, appendix, stomach = (
        an_item(name, specialty="GENERAL_SURGERY") for name in ("Hernia", "Appendix", "Stomach")
    )
    for item, level in ((hernia, 0), (appendix, 4)):
        climbed(ward, item, level, NOW.date() - 30 * DAY)
    listed(hernia, appendix, stomach, an_item("Cataract", specialty="OPHTHALMOLOGY"))
    PlannedTeam.objects.filter(scenario=world.plan).update(recipient=ward.hospital)
    run = world.run()
    assert run.plan
    told = run.plan["stays"]
    assert told["with"] == told["without"] == 1
    assert told["beside"] == {
        "locals": 1, "ready": 0, "down": 0, "away": 1, "unknown": 1, "apart": 1,
    }  # fmt: skip
    shown = text(signed_in["office"].get(page_of(world)))
    assert "of the items listed, 1 are of no specialty that the plan sends" in shown
    assert "1 are referred away even with a visitor" in shown


def test_where_no_list_is_assessed_it_is_unknown_and_not_nought(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    run = world.run()
    assert run.plan
    assert run.plan["stays"] is None
    office, page = signed_in["office"], page_of(world)
    assert "Care without leaving, items: unknown" in text(office.get(page))
    book = load_workbook(io.BytesIO(office.get(f"{page}plan.xlsx").content))
    rows = {r[0]: r[1] for r in book["Figures"].iter_rows(values_only=True)}
    assert rows["care without leaving, items"] == "unknown"


def test_a_plan_of_before_the_measure_says_that_solving_again_shows_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """It is neither nought nor unknown: nobody asked."""
    row = solved(world)
    del row.figures["stays"]
    row.save()
    office, page = signed_in["office"], page_of(world)
    shown = text(office.get(page))
    assert "not reckoned, for this plan was solved before it was" in shown
    assert "items: unknown" not in shown
    below = shown.split("Solve it again to see it.")[1]
    assert f'action="{page}solve/"' in below
    assert "Solve again" in below
    press(office, page, f"{page}solve/")
    while run_one("test"):
        pass
    run = Run.objects.latest("asked_at")
    press(office, page, f"/plan/runs/{run.pk}/accept/")
    assert "items: unknown" in text(office.get(page))
    assert "Copy the plan and solve" not in text(office.get(page))


def test_plans_that_the_measure_puts_in_another_order_say_so(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    other = actions.copy_plan(scenario=world.plan.pk, name="Other", by=world.office, at=NOW)
    for plan, points, items in ((world.plan, 9.0, 1.0), (other, 3.0, 5.0)):
        row = Scenario.objects.get(pk=plan.pk)
        row.figures |= {
            "points_by_tier": [0, points, 0, 0, 0],
            "stays": {"with": items, "without": 0, "items": 9, "unknown": 0, "nowhere": 0,
                      "lists": []},
        }  # fmt: skip
        row.save()
    says = "put these plans in another order"
    assert says in text(signed_in["office"].get(page_of(world)))
    row.figures |= {"points_by_tier": [0, 30.0, 0, 0, 0]}
    row.save()
    assert says not in text(signed_in["office"].get(page_of(world)))


def test_who_was_asked_by_hand_is_no_change_to_what_is_published(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """A cook’s seat is opened on the page of the team and somebody is asked there. The next plan
    puts another cook into it, and a published nurse’s seat stays."""
    solved(world)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW)
    mission = Mission.objects.get(number=31)
    start, end = Seat.objects.filter(mission=mission).values_list("from_on", "until_on")[0]
    cook = Seat(id=uuid4(), role="COOK", from_on=start, until_on=end)
    open_seats(mission=mission.pk, seats=[cook], by=world.office, at=NOW)
    by_hand, other = world.person("Asked Cook", ""), world.person("Other Cook", "")
    invite(seat=cook.pk, person=by_hand.pk, by=world.office, at=NOW)
    plan = actions.make_plan(
        name="Next", series=[world.series.pk], from_on=NOW.date(), until_on=NOW.date() + 300 * DAY,
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    seats = PlannedSeat.objects.filter(team__scenario=plan)
    actions.pin_seat(seat=seats.get(seat=cook).pk, person=other.pk, by=world.office, at=NOW + DAY)
    assert world.run(plan, NOW + DAY).state == "DONE"
    office = signed_in["office"]
    told = "<dt>changes to what is published</dt><dd>%s</dd>"
    assert told % 0 in text(office.get(f"/plan/{plan.pk}/"))
    another = world.person("Another Test", "NURSING")
    actions.pin_seat(
        seat=seats.get(specialty="NURSING").pk, person=another.pk, by=world.office, at=NOW + 2 * DAY
    )
    run = world.run(plan, NOW + 2 * DAY)
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    assert told % 1 in text(office.get(f"/plan/{plan.pk}/"))
