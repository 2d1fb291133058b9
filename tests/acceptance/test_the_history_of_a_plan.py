"""Whatever a plan is made of has a history, and each change of it is taken back, or it is said why
it is not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client

from marrow.core.journal.undoing import undo, undo_plan
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.subjects import SUBJECTS, changeable
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.desk.access import may_undo
from marrow.plan import access, actions
from marrow.plan.models import AbsenceCap, Budget, Pin, PlannedTeam, Scenario
from marrow.teams.models import Assignment
from tests.builders import NOW, OFFICE, a_programme
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, taken
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
LATER = NOW + DAY


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    solved(row)
    return row


def added_team(world: Planning) -> PlannedTeam:
    return actions.add_planned_team(
        scenario=world.plan.pk, programme=world.series.programme.key, title="A team of its own",
        kind="SHORT_SURGICAL", from_on=TODAY + 30 * DAY, until_on=TODAY + 60 * DAY,
        seats=[("NURSING", 1)], by=world.office, at=LATER,
    )  # fmt: skip


def changed_seat(world: Planning) -> None:
    seat = seat_of(world.plan, "GN31-03")
    actions.change_planned_seat(
        seat=seat.pk, told={"weight": "CRITICAL"}, by=world.office, at=LATER
    )


def the_state(world: Planning) -> tuple[bool, str, bool]:
    seat, plan = seat_of(world.plan, "GN31-03"), Scenario.objects.get(pk=world.plan.pk)
    assert plan.solved_at
    return Pin.objects.exists(), seat.weight, plan.changed_at > plan.solved_at


def the_act(action: str) -> UUID:
    return Operation.objects.filter(action=action).order_by("-id")[0].act


def pinned(world: Planning) -> None:
    actions.pin_seat(
        seat=seat_of(world.plan, "GN31-03").pk, person=world.nurse.pk, by=world.office, at=LATER
    )


def everything_of_a_plan(world: Planning) -> None:
    pinned(world)
    area = world.hospital.area
    assert area is not None
    actions.set_budget(
        scenario=world.plan.pk, area=area, year=2027, amount=Decimal(100),
        by=world.office, at=LATER,
    )  # fmt: skip
    actions.drop_out(
        scenario=world.plan.pk, person=world.surgeon.pk, why="HEALTH", by=world.office, at=LATER
    )
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=TODAY + 90 * DAY, people=2
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=LATER)
    added_team(world)
    changed_seat(world)
    copied(world, LATER + DAY)


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_all_that_a_plan_is_made_of_has_a_history_its_acts_and_what_takes_them_back(
    world: Planning, signed_in: dict[str, Client], role: str
) -> None:
    everything_of_a_plan(world)
    reader, opened = signed_in[role], set()
    for label in SUBJECTS:
        if not label.startswith("plan."):
            continue
        rows = list(apps.get_model(label)._base_manager.all())
        assert rows, label
        for row in rows:
            assert reader.get(f"/history/{label}/{row.pk}/").status_code == 200, label
        lines = Operation.objects.filter(model=label)
        opened |= set(lines.values_list("act", flat=True))
    for act in opened:
        assert reader.get(f"/journal/acts/{act}/").status_code == 200
        assert reader.get(f"/journal/undo/{act}/").status_code < 500


def test_a_seat_that_was_changed_is_taken_back_on_the_page_of_its_history(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    changed_seat(world)
    page = f"/journal/undo/{the_act('change_planned_seat')}/"
    assert signed_in["office"].get(page).status_code == 200
    assert signed_in["office"].post(page).status_code == 302
    assert seat_of(world.plan, "GN31-03").weight != "CRITICAL"


def test_a_team_that_was_added_and_a_plan_that_was_copied_are_taken_back(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    team, copy = added_team(world), copied(world, LATER + DAY)
    for act in ("copy_plan", "add_planned_team"):
        page = f"/journal/undo/{the_act(act)}/"
        assert signed_in["office"].get(page).status_code == 200
        assert signed_in["office"].post(page).status_code == 302
    assert not PlannedTeam.objects.filter(pk=team.pk).exists()
    assert not Scenario.objects.filter(pk=copy.pk).exists()


def test_an_auditor_reads_the_history_of_a_plan_and_takes_nothing_back(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    copy, auditor = copied(world, LATER + DAY), signed_in["auditor"]
    page = f"/journal/undo/{the_act('copy_plan')}/"
    assert auditor.get(f"/history/plan.scenario/{copy.pk}/").status_code == 200
    assert auditor.post(page).status_code == 403
    assert auditor.get(f"/words/plan.scenario/{copy.pk}/").status_code == 403
    assert signed_in["office"].post(page).status_code == 302
    gone = f"/journal/undo/{the_act('undo')}/"
    for role in ("auditor", "member", "unit", "leader"):
        assert signed_in[role].post(gone).status_code in (403, 404), role
    assert not Scenario.objects.filter(pk=copy.pk).exists()
    assert signed_in["office"].post(gone).status_code == 302
    assert Scenario.objects.filter(pk=copy.pk).exists()


def test_what_was_removed_and_set_anew_is_still_read_by_the_office_and_its_colleagues(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    area = world.hospital.area
    assert area is not None
    told: dict[str, Any] = {"scenario": world.plan.pk, "area": area, "year": 2027}
    first = actions.set_budget(**told, amount=Decimal(735), by=world.office, at=LATER)
    set_first = the_act("set_budget")
    actions.drop_budget(budget=first.pk, by=world.office, at=LATER)
    actions.set_budget(**told, amount=Decimal(99), by=world.office, at=LATER)
    for role in ("office", "auditor"):
        for act in (set_first, the_act("drop_budget")):
            assert "735" in text(signed_in[role].get(f"/journal/acts/{act}/")), role
    shown = text(signed_in["office"].get(f"/journal/undo/{set_first}/"))
    assert "Later changes stand on this one" in shown
    assert signed_in["member"].get(f"/journal/undo/{set_first}/").status_code == 404
    assert [b.amount for b in Budget.objects.filter(year=2027)] == [Decimal(99)]


def test_a_colleague_who_may_take_back_is_told_what_stands_on_a_seat_whose_place_was_taken_since(
    world: Planning,
) -> None:
    seat = seat_of(world.plan, "GN31-03")
    pinned(world)  # more than one record goes with it
    actions.drop_planned_seat(seat=seat.pk, by=world.office, at=LATER)
    dropped = the_act("drop_planned_seat")
    told = {"specialty": "NURSING", "weight": "CRITICAL"}
    again = actions.add_planned_seat(team=seat.team_id, told=told, by=world.office, at=LATER + DAY)
    assert again.code == seat.code
    series = world.series.programme.pk
    colleague = Viewer(uuid4(), "Colleague", (Grant("office", PROGRAMME, series),))
    sister = Viewer(uuid4(), "Sister", (Grant("office", PROGRAMME, a_programme("sister").pk),))
    plan = undo_plan(dropped)
    assert may_undo(colleague, plan) == colleague
    for stranger in (sister, Viewer(None, "")):
        with pytest.raises(Unseen):
            may_undo(stranger, plan)


def test_an_auditor_who_is_an_office_elsewhere_changes_no_plan_of_another(
    world: Planning,
) -> None:
    both = Viewer(
        uuid4(), "Both", (Grant("auditor"), Grant("office", PROGRAMME, a_programme("mine").pk))
    )
    assert access.scenario_for(both, world.plan.pk) == world.plan
    with pytest.raises(NotAllowed):
        access.scenario_to_plan(both, world.plan.pk)
    assert not changeable(both, {("plan.scenario", world.plan.pk)})


def test_what_was_solved_since_is_not_taken_back_to_pass_for_what_was_solved(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    changed_seat(world)
    act = the_act("change_planned_seat")
    taken(world, world.plan, LATER + DAY)
    shown = text(signed_in["office"].get(f"/journal/undo/{act}/"))
    assert "The planner has worked on this plan since." in shown
    assert "Nothing has been written about this yet" not in shown, "the reason stands alone"
    with pytest.raises(Refused, match="The planner has worked on this plan since"):
        undo(act=act, by=OFFICE, at=LATER + 2 * DAY)


@pytest.mark.parametrize(
    ("change", "action"), [(pinned, "pin_seat"), (changed_seat, "change_planned_seat")]
)
def test_what_was_taken_back_by_mistake_in_a_solved_plan_comes_back_the_same_way(
    world: Planning, signed_in: dict[str, Client],
    change: Callable[[Planning], None], action: str,
) -> None:  # fmt: skip
    change(world)
    changed = the_state(world)
    undo(act=the_act(action), by=OFFICE, at=LATER + DAY)
    assert the_state(world) != changed
    page = f"/journal/undo/{the_act('undo')}/"
    assert "worked on this plan since" not in text(signed_in["office"].get(page))
    assert signed_in["office"].post(page).status_code == 302
    assert the_state(world) == changed
    undo(act=the_act("undo"), by=OFFICE, at=LATER + 3 * DAY)
    assert the_state(world) != changed


def test_a_take_back_after_which_the_planner_worked_is_not_taken_back(world: Planning) -> None:
    pinned(world)
    undo(act=the_act("pin_seat"), by=OFFICE, at=LATER + DAY)
    again = the_act("undo")
    taken(world, world.plan, LATER + 2 * DAY)
    with pytest.raises(Refused, match="The planner has worked on this plan since"):
        undo(act=again, by=OFFICE, at=LATER + 3 * DAY)


@pytest.mark.parametrize(
    ("language", "filled"),
    [
        ("en", "2 of 3 seats, all points:"),
        ("fr", "2 postes sur 3, total des points"),
        ("zh-hans", "3个岗位中已有2个，总分："),
    ],
)
def test_the_answer_of_the_planner_is_taken_back_in_words_and_not_in_signs_of_the_machine(
    world: Planning, signed_in: dict[str, Client], language: str, filled: str
) -> None:  # fmt: skip
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=LATER
    )
    plan = taken(world, world.plan, LATER + DAY)
    office, act = signed_in["office"], the_act("accept_solution")
    office.cookies["django_language"] = language
    for page in (f"/journal/undo/{act}/", f"/history/plan.scenario/{plan.pk}/"):
        shown = text(office.get(page))
        assert filled in shown, page
        assert "points_by_tier" not in shown, page
        assert str(plan.run) not in shown, page


def test_a_publication_is_not_taken_back_by_the_journal_and_the_plan_is_not_put_aside_by_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    publish(world, at=LATER)
    page = f"/journal/undo/{the_act('publish_plan')}/"
    assert page not in text(signed_in["office"].get(f"/history/plan.scenario/{world.plan.pk}/"))
    for act in set(Operation.objects.filter(action="publish_plan").values_list("act", flat=True)):
        with pytest.raises(Refused, match="cannot be taken back"):
            undo(act=act, by=OFFICE, at=LATER + DAY)
    world.plan.refresh_from_db()
    assert world.plan.state == "PUBLISHED"
    assert Assignment.objects.filter(state="INVITED").count() == 3
    with pytest.raises(Refused, match="published, and it stands"):
        actions.put_plan_aside(scenario=world.plan.pk, reason="x", by=world.office, at=LATER + DAY)


def test_a_plan_that_is_published_or_put_aside_is_not_changed_by_the_journal_either(
    world: Planning,
) -> None:
    actions.pin_seat(
        seat=seat_of(world.plan, "GN31-03").pk, person=world.nurse.pk, by=world.office, at=LATER
    )
    act = the_act("pin_seat")
    actions.put_plan_aside(
        scenario=world.plan.pk, reason="A trial.", by=world.office, at=LATER + DAY
    )
    with pytest.raises(Refused, match=r"put aside\. Take it back first"):
        undo(act=act, by=OFFICE, at=LATER + DAY)
    actions.take_plan_back(scenario=world.plan.pk, by=world.office, at=LATER + DAY)
    taken(world, world.plan, LATER + 2 * DAY)
    publish(world, at=LATER + 3 * DAY)
    with pytest.raises(Refused, match=r"published\. Copy it"):
        undo(act=act, by=OFFICE, at=LATER + 4 * DAY)
