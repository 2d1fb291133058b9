"""What happens is told of a plan once, whatever the planner does at that moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from marrow.accounts.queries import viewer_of
from marrow.core.jobs import run_one
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.people.actions import change_person
from marrow.plan import access, actions, jobs
from marrow.plan.models import (
    AbsenceCap,
    Happening,
    Placing,
    PlannedSeat,
    PlannedTeam,
    Scenario,
)
from marrow.plan.queries.comparing import current
from marrow.plan.queries.difference import effects
from marrow.plan.queries.pages import happenings_of, seats_of, team_lines
from marrow.plan.rules.checker import counted
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import Plan, Problem
from tests.builders import NOW, OFFICE
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.sending import opened, text
from tests.builders.tenants import an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def out_of(world: Planning, browser: Client) -> Any:
    page = f"/plan/{world.plan.pk}/out/"
    told = {**opened(browser, page), "person": str(world.anaesthetist.pk), "why": "HEALTH"}
    return browser.post(page, told, follow=True)


def test_a_drop_out_told_while_the_planner_works_is_kept_once_and_said_so(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    other, office = world.person("Other Test", "ANAESTHESIA"), signed_in["office"]
    actions.ask_to_solve(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    answer = out_of(world, office)
    assert answer.status_code == 200
    assert "The planner is at work on the plan as it was" in text(answer)
    assert Happening.objects.filter(person=world.anaesthetist).count() == 1
    again = out_of(world, office)
    assert again.status_code == 422
    assert "This plan reckons with that already: Anaesthesia Test" in text(again)
    assert Happening.objects.filter(person=world.anaesthetist).count() == 1
    while run_one("test"):
        pass
    page = text(office.get(f"/plan/{world.plan.pk}/"))
    assert "changed since it was solved" in page
    assert "Mend: the smallest change" in page
    assert str(other) in page


def test_whoever_drops_out_after_they_were_late_is_told_once(world: Planning) -> None:
    solved(world)
    for from_on in (TODAY + 60 * DAY, TODAY + 90 * DAY, None):
        actions.drop_out(
            scenario=world.plan.pk, person=world.nurse.pk, why="PAPERS", from_on=from_on,
            by=world.office, at=NOW,
        )  # fmt: skip
    assert [h.kind for h in Happening.objects.filter(scenario=world.plan)] == ["OUT"]


def test_what_is_told_in_the_same_moment_as_the_answer_is_not_yet_in_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW
    )
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "changed since it was solved" in page
    with pytest.raises(Refused, match="changed since it was solved"):
        actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW)


def spare(world: Planning, people: int) -> Happening:
    return actions.reckon_with_cap(
        scenario=world.plan.pk, unit=world.hospital.pk, people=people, why="TRIAL",
        by=world.office, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("so_many", [1, -1])
def test_a_hospital_that_said_nothing_spares_neither_more_nor_fewer(
    world: Planning, so_many: int
) -> None:
    with pytest.raises(Refused, match="has not said how many it can spare"):
        spare(world, so_many)
    assert not Happening.objects.exists()


def test_one_that_said_how_many_spares_one_more(world: Planning) -> None:
    cap = AbsenceCap(unit=world.hospital, from_on=TODAY, until_on=TODAY + 2000 * DAY, people=1)
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    solved(world)
    assert Scenario.objects.get(pk=world.plan.pk).figures["filled"] == 1
    spare(world, 1)
    run = world.run(at=NOW + DAY)
    assert run.plan is not None
    assert len(run.plan["assignments"]) == 2


def limited(name: str, area: str = "CN-BJ") -> Viewer:
    """An office for the programmes of one area."""
    of = Area.objects.get(code=area)
    return viewer_of(an_account(name, "office", "area", of.pk))


def test_a_plan_whose_last_team_was_taken_out_is_still_its_offices(world: Planning) -> None:
    maker, colleague = limited("maker"), limited("colleague")
    other = limited("elsewhere", "GN")
    plan = actions.make_plan(
        name="Bare", series=[world.series.pk], from_on=TODAY, until_on=TODAY + 400 * DAY,
        by=maker, at=NOW,
    )  # fmt: skip
    team = PlannedTeam.objects.get(scenario=plan)
    actions.drop_planned_team(team=team.pk, by=maker, at=NOW)
    for viewer in (maker, colleague, world.office):
        assert access.scenario_for(viewer, plan.pk) == plan
    with pytest.raises(Unseen):
        access.scenario_for(other, plan.pk)
    actions.add_planned_team(
        scenario=plan.pk, programme=world.series.programme.key, title="Outbreak",
        kind="OUTBREAK_EXPERTS", from_on=TODAY, until_on=TODAY + 40 * DAY,
        seats=[("INFECTIOUS", 1)], by=colleague, at=NOW,
    )  # fmt: skip
    assert access.scenario_for(maker, plan.pk) == plan


def stopped_with(seats: int) -> Callable[..., Plan]:
    """A planner that was stopped when it had filled the first few seats."""

    def stopped(problem: Problem, **_how: Any) -> Plan:
        best = solve(problem)
        fewer = best.assignments[:seats]
        tiers = counted(problem, fewer)
        told = {"assignments": fewer, "value": sum(tiers), "points_by_tier": tiers}
        return best.model_copy(update=told | {"stopped_because": "cancelled"})

    return stopped


def test_a_planner_that_was_stopped_proposes_nothing_worse_than_what_is_left_of_what_stands(
    world: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nurse drops out and the anaesthetist's visa is late; another anaesthetist is there. When
    it was stopped, the planner had the leader's seat alone."""
    solved(world)
    other = world.person("Another Test", "ANAESTHESIA")
    stood = Placing.objects.get(seat__code="GN31-02").person_id
    late = TODAY + 300 * DAY
    for person, from_on in ((world.nurse.pk, None), (stood, late)):
        actions.drop_out(
            scenario=world.plan.pk, person=person, why="PAPERS", from_on=from_on,
            by=world.office, at=NOW,
        )  # fmt: skip
    monkeypatch.setattr(jobs, "solve", stopped_with(1))
    run = world.run(at=NOW + DAY)
    assert run.plan is not None
    assert {one["seat"]: one["person"] for one in run.plan["assignments"]} == {
        "GN31-01": str(world.surgeon.pk), "GN31-02": str(other.pk),
    }  # fmt: skip
    assert run.plan["critical"]["covered"] == 2
    assert run.plan["stopped_because"] == "cancelled"


def test_a_planner_that_was_stopped_proposes_nothing_worse_than_what_stands(
    world: Planning, signed_in: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at once it had only two of the three seats."""
    solved(world)
    monkeypatch.setattr(jobs, "solve", stopped_with(2))
    run = world.run(at=NOW + DAY)
    assert run.plan is not None
    assert len(run.plan["assignments"]) == 3
    assert run.plan["value"] == pytest.approx(run.plan["bound"], abs=0.1)
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "Nobody would change seats" in page


def test_solved_again_nobody_changes_seats_with_somebody_who_does_as_well(world: Planning) -> None:
    world.person("Another Test", "ANAESTHESIA")
    solved(world)
    stood = Placing.objects.get(seat__code="GN31-02").person_id
    for seed in (2, 3, 4):
        actions.change_plan(
            scenario=world.plan.pk, told={"seed": seed}, by=world.office, at=NOW + DAY
        )
        run = world.run(at=NOW + (seed * DAY))
        assert run.plan is not None
        assert {"seat": "GN31-02", "person": str(stood)} in run.plan["assignments"]


def test_what_stands_and_breaks_a_rule_since_is_not_proposed_again(world: Planning) -> None:
    solved(world)
    change_person(person=world.nurse.pk, by=OFFICE, at=NOW, willing=False)
    run = world.run(at=NOW + DAY)
    assert run.plan is not None
    assert str(world.nurse.pk) not in {one["person"] for one in run.plan["assignments"]}


def test_teams_without_seats_are_named(world: Planning, signed_in: dict[str, Client]) -> None:
    for seat in PlannedTeam.objects.get(scenario=world.plan).seats.all():
        actions.drop_planned_seat(seat=seat.pk, by=world.office, at=NOW)
    run = world.run(at=NOW + DAY)
    assert run.state == "REFUSED"
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "Missions without seats: GN31." in page


@pytest.mark.parametrize(("days", "comes"), [(0, True), (1, False)])
def test_whose_visa_slips_past_the_departure_counts_as_not_there(
    world: Planning, signed_in: dict[str, Client], days: int, comes: bool
) -> None:
    """Only the nurse can take the critical seat: it is lost before the planner answers, and taking
    the answer loses none. Who can leave on the team's own day is there."""
    seat = PlannedSeat.objects.get(code="GN31-03", team__scenario=world.plan)
    actions.change_planned_seat(seat=seat.pk, told={"weight": "CRITICAL"}, by=world.office, at=NOW)
    solved(world)
    assert Placing.objects.filter(seat=seat, person=world.nurse).exists()
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="PAPERS",
        from_on=seat.team.from_on + days * DAY, by=world.office, at=NOW + DAY,
    )  # fmt: skip
    plan = Scenario.objects.get(pk=world.plan.pk)
    office = signed_in["office"]
    shown = {s.row.code: s for s in seats_of(world.office, plan, [seat.team], happenings_of(plan))}
    assert shown["GN31-03"].is_empty is not comes
    part = "3 of 3" if comes else "2 of 3"
    (line,) = team_lines(plan)
    assert (line.filled, line.seats) == (2 + comes, 3)
    assert part in text(office.get("/plan/"))
    assert current(plan)["critical"]["covered"] == 2 + comes

    run = world.run(at=NOW + DAY)
    told = {e.name: e for e in effects(plan, run)}
    for name in ("critical seats", "all seats", "all points"):
        assert told[name].better is None, told[name]
    assert told["all seats"].before == part
