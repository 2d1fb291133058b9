"""Plans that nobody compares any more are put aside with a reason, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.accounts.actions import give_role, open_account
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken, Refused, Unseen
from marrow.plan import actions
from marrow.plan.models import Scenario
from tests.builders import ADMIN, NOW, OFFICE, STRANGER, a_hospital
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.publishing import copied, publish
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
WHY = "It was only a trial."


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    solved(row)
    return row


def aside(world: Planning, plan: Scenario, why: str = WHY) -> Scenario:
    return actions.put_plan_aside(scenario=plan.pk, reason=why, by=world.office, at=NOW + DAY)


def acts_of(plan: Scenario) -> list[str]:
    rows = Operation.objects.filter(model="plan.scenario", record=plan.pk).order_by("id")
    return list(rows.values_list("action", flat=True))


def test_a_plan_put_aside_leaves_the_list_and_the_side_by_side_and_is_found_under_put_aside(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = copied(world, NOW), signed_in["office"]
    page = f"/plan/{plan.pk}/"
    assert f'href="{page}aside/"' in text(office.get(page))
    assert "It leaves the list of plans" in text(office.get(f"{page}aside/"))
    assert office.post(f"{page}aside/", {"reason": " "}).status_code == 422
    assert office.post(f"{page}aside/", {"reason": WHY}).status_code == 302
    assert f'href="{page}"' not in text(office.get("/plan/"))
    assert 'href="/plan/aside/">Put aside (1)' in text(office.get("/plan/"))
    assert page not in text(office.get(f"/plan/{world.plan.pk}/?beside={plan.pk}"))
    found = text(office.get("/plan/aside/"))
    assert f'href="{page}"' in found
    assert WHY in found
    shown = text(office.get(page))
    assert WHY in shown
    assert "Solve again" not in shown
    assert "Copy the plan" in shown
    assert office.post(f"{page}take-back/").status_code == 302
    assert f'href="{page}"' in text(office.get("/plan/"))
    assert page in text(office.get(f"/plan/{world.plan.pk}/"))
    assert "No plan is put aside." in text(office.get("/plan/aside/"))
    assert acts_of(plan)[-2:] == ["put_plan_aside", "take_plan_back"]
    history = text(office.get(f"/history/plan.scenario/{plan.pk}/"))
    assert "Put a plan aside" in history
    assert "why it was put aside" in history


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "恢复"), ("fr", "Reprendre")])
def test_the_button_that_brings_a_plan_back_does_not_read_as_cancelling_it(
    world: Planning, signed_in: dict[str, Client], language: str, word: str
) -> None:
    aside(world, world.plan)
    for page in (f"/plan/{world.plan.pk}/", "/plan/aside/"):
        shown = text(signed_in["office"].get(page, headers={"accept-language": language}))
        button = shown.split("/take-back/")[1].split("</button>")[0]
        assert button.endswith(f">{word}")


def test_the_published_plan_that_stands_is_not_put_aside_and_one_that_was_replaced_is(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    publish(world)
    page = f"/plan/{world.plan.pk}/"
    assert f"{page}aside/" not in text(signed_in["office"].get(page))
    with pytest.raises(Refused, match="published, and it stands"):
        aside(world, world.plan)
    after = copied(world, NOW + DAY)
    publish(world, after, NOW + 2 * DAY)
    assert f"{page}aside/" in text(signed_in["office"].get(page))
    assert aside(world, world.plan).state == "PUBLISHED"
    with pytest.raises(Refused, match="published, and it stands"):
        aside(world, after)


def test_a_plan_put_aside_is_neither_changed_nor_published_until_it_is_taken_back(
    world: Planning,
) -> None:
    aside(world, world.plan)
    with pytest.raises(Refused, match=r"put aside\. Take it back first"):
        actions.change_plan(scenario=world.plan.pk, told={"seed": 2}, by=world.office, at=NOW)
    with pytest.raises(Refused, match=r"put aside\. Take it back first"):
        publish(world)
    with pytest.raises(Overtaken, match="put aside already"):
        aside(world, world.plan)
    assert copied(world, NOW + DAY).aside_at is None
    actions.take_plan_back(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    with pytest.raises(Overtaken, match="is not put aside"):
        actions.take_plan_back(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    assert publish(world).state == "PUBLISHED"


def test_an_answer_of_a_plan_put_aside_is_neither_taken_nor_left(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    run = world.run(at=NOW + DAY)
    aside(world, world.plan)
    for judge in (actions.leave_solution, actions.accept_solution):
        with pytest.raises(Refused, match=r"put aside\. Take it back first"):
            judge(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    run.refresh_from_db()
    assert run.judged == ""
    assert f"/plan/runs/{run.pk}/leave/" not in text(
        signed_in["office"].get(f"/plan/{world.plan.pk}/")
    )
    actions.take_plan_back(scenario=world.plan.pk, by=world.office, at=NOW + 2 * DAY)
    assert actions.leave_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)


def test_in_french_no_line_breaks_inside_the_quotation_marks(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    page = f"/plan/{world.plan.pk}/aside/"
    shown = text(signed_in["office"].get(page, headers={"accept-language": "fr"}))
    assert "«\N{NO-BREAK SPACE}Mis de côté\N{NO-BREAK SPACE}»" in shown


def test_while_the_planner_is_at_work_on_a_plan_it_is_not_put_aside(world: Planning) -> None:
    actions.ask_to_solve(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    with pytest.raises(Overtaken, match="The planner is at work on this plan"):
        aside(world, world.plan)


def test_no_patient_is_named_where_a_plan_is_put_aside(world: Planning) -> None:
    with pytest.raises(Refused):
        aside(world, world.plan, "Patient Mary Smith asked for it")


def test_only_the_office_of_a_plan_puts_it_aside(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    page, address = f"/plan/{world.plan.pk}/", f"/api/v1/plans/{world.plan.pk}/aside"
    for role in ("auditor", "unit", "leader", "member", "recipient"):
        assert signed_in[role].get(f"{page}aside/").status_code == 403, role
        assert signed_in[role].post(f"{page}aside/", {"reason": WHY}).status_code == 403, role
        assert signed_in[role].post(f"{page}take-back/").status_code == 403, role
        sent = calling[role].put(address, {"reason": WHY}, "application/json")
        assert sent.status_code == 403, role
        assert calling[role].delete(address).status_code == 403, role
    for role, status in (("auditor", 200), ("unit", 403)):
        assert signed_in[role].get("/plan/aside/").status_code == status
    with pytest.raises(Unseen):
        actions.put_plan_aside(scenario=world.plan.pk, reason=WHY, by=STRANGER, at=NOW)
    with pytest.raises(Unseen):
        actions.take_plan_back(scenario=world.plan.pk, by=STRANGER, at=NOW)


def test_the_office_of_another_programme_does_not_find_it(
    world: Planning,
) -> None:
    other = open_account(
        username="other-office", password="a long word of its own", full_name="Other Office",
        by=ADMIN, at=NOW,
    )  # fmt: skip
    give_role(
        account=other, role="office", scope="organisation", thing=a_hospital("Elsewhere").pk,
        by=ADMIN, at=NOW,
    )  # fmt: skip
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    page = f"/plan/{world.plan.pk}/"
    assert client.post(f"{page}aside/", {"reason": WHY}).status_code == 404
    assert client.post(f"{page}take-back/").status_code == 404
    aside(world, world.plan)
    assert page not in text(client.get("/plan/aside/"))


def test_a_program_puts_a_plan_aside_and_takes_it_back(
    world: Planning, calling: dict[str, Client]
) -> None:
    office, address = calling["office"], f"/api/v1/plans/{world.plan.pk}/aside"
    assert office.put(address, {"reason": ""}, "application/json").status_code == 422
    told = office.put(address, {"reason": WHY}, "application/json").json()
    assert told["aside_reason"] == WHY
    assert told["aside_at"]
    assert office.get("/api/v1/plans").json()["items"] == []
    found = office.get("/api/v1/plans?aside=true").json()["items"]
    assert [one["id"] for one in found] == [str(world.plan.pk)]
    assert office.put(address, {"reason": WHY}, "application/json").status_code == 409
    assert office.delete(address).status_code == 204
    assert office.get("/api/v1/plans?aside=true").json()["items"] == []
    assert office.get(f"/api/v1/plans/{world.plan.pk}").json()["aside_at"] is None


def test_what_was_put_aside_is_taken_back_by_the_journal_as_well(world: Planning) -> None:
    plan = aside(world, world.plan)
    line = Operation.objects.get(action="put_plan_aside")
    undo(act=line.act, by=OFFICE, at=NOW + 2 * DAY)
    plan.refresh_from_db()
    assert (plan.aside_at, plan.aside_by, plan.aside_reason) == (None, None, "")


def test_a_plan_published_since_it_was_taken_back_is_not_put_aside_by_the_journal(
    world: Planning,
) -> None:
    aside(world, world.plan)
    actions.take_plan_back(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    publish(world, at=NOW + 2 * DAY)
    line = Operation.objects.get(action="take_plan_back")
    with pytest.raises(Refused, match="published, and it stands"):
        undo(act=line.act, by=OFFICE, at=NOW + 3 * DAY)
