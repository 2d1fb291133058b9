"""Plans keep to what people and their units say: refusals, wishes, couples, and the budget."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.accounts.queries import viewer_of
from marrow.core.refusals import NotAllowed, Unseen
from marrow.directory.models import Area
from marrow.people import actions as people_actions
from marrow.people.models import Couple, Wish
from marrow.plan import actions, plain
from marrow.plan.models import Placing, PlannedSeat, PlannedTeam
from marrow.plan.queries.problem import problem_of
from tests.builders import NOW, OFFICE
from tests.builders.planning import Planning, planning, solved
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any], places: dict[str, Area]) -> Planning:
    return planning(people)


def who(world: Planning, code: str) -> Any:
    found = Placing.objects.filter(seat__code=code, seat__team__scenario=world.plan).first()
    return found.person if found else None


def page_of(world: Planning, person: Any) -> str:
    return f"/people/{person.pk}/"


def test_who_refuses_a_country_is_not_sent_there_and_the_seat_says_so(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world, world.anaesthetist)
    told = opened(office, f"{page}wish/") | {"kind": "REFUSES", "area": "GN", "points": "1"}
    assert office.post(f"{page}wish/", told).status_code == 302
    assert "refuses" in text(office.get(page))
    solved(world)
    assert who(world, "GN31-02") is None
    shown = text(office.get(f"/plan/{world.plan.pk}/?team=GN31"))
    assert "1 does not wish to go" in shown
    wish = Wish.objects.get()
    office.post(f"/people/wishes/{wish.pk}/end/", opened(office, page, f"/wishes/{wish.pk}/end/"))
    world.run()
    wanted = world.run()
    assert str(world.anaesthetist.pk) in str(wanted.plan)


def test_of_two_who_could_the_one_who_wishes_goes(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    other = world.person("Zzz Test", "NURSING")
    people_actions.say_wish(
        person=other.pk, kind="PREFERS", series=world.series, points=3, by=OFFICE, at=NOW
    )
    solved(world)
    assert who(world, "GN31-03") == other
    shown = text(signed_in["office"].get(f"/plan/{world.plan.pk}/?team=GN31"))
    assert "It is their wish" in shown


def test_a_member_says_it_of_themselves_and_of_nobody_else(
    world: Planning, people: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    me = world.nurse
    me.account = people["member"].pk
    me.save()
    page = page_of(world, me)
    told = opened(signed_in["member"], f"{page}wish/") | {
        "kind": "PREFERS", "area": "GN", "points": "2",
    }  # fmt: skip
    assert signed_in["member"].post(f"{page}wish/", told).status_code == 302
    assert Wish.objects.get().points == 2
    assert "Where they wish to go" in text(signed_in["member"].get(page))
    with pytest.raises((NotAllowed, Unseen)):
        people_actions.say_wish(
            person=world.surgeon.pk, kind="REFUSES", area=Area.objects.get(code="GN"),
            by=viewer_of(people["member"]), at=NOW,
        )  # fmt: skip
    assert "Where they wish to go" not in text(signed_in["auditor"].get(page))


def couple(world: Planning, rule: str) -> Couple:
    return people_actions.tell_couple(
        person=world.surgeon.pk, other=world.nurse.pk, rule=rule, by=OFFICE, at=NOW
    )


def test_a_couple_goes_together_or_not_at_all(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    couple(world, "TOGETHER")
    people_actions.say_wish(
        person=world.nurse.pk, kind="REFUSES", area=Area.objects.get(code="GN"), by=OFFICE, at=NOW
    )
    world.run()
    assert who(world, "GN31-01") is None
    shown = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "must go together, but no mission has seats for both" in shown
    assert "General_Surgery Test" in shown
    assert "must go together" not in text(signed_in["auditor"].get(f"/plan/{world.plan.pk}/"))


def test_a_couple_kept_apart_is_never_away_at_once(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    couple(world, "APART")
    world.run()
    both = {who(world, "GN31-01"), who(world, "GN31-03")}
    assert len(both - {None}) == 1
    code = "GN31-03" if who(world, "GN31-03") is None else "GN31-01"
    run = world.plan.runs.latest("asked_at")
    assert "couple_apart" in str(run.why[code])
    for reader, sees in (("office", True), ("auditor", False)):
        file = signed_in[reader].get(f"/plan/runs/{run.pk}/problem.json").content.decode()
        assert ('"couples"' in file) is sees, reader


def test_why_a_seat_stays_empty_names_no_couple_to_an_auditor(
    world: Planning, people: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    """The page, its workbook and the programs' door tell the office of the couple; the auditor is
    told that a limit keeps somebody back."""
    couple(world, "APART")
    world.run()
    run = world.plan.runs.latest("asked_at")
    page = f"/plan/{world.plan.pk}/"
    rule = "Never away at the same time"
    for reader, sees in (("office", True), ("auditor", False)):
        browser = signed_in[reader]
        shown = text(browser.get(f"{page}?team=GN31"))
        assert (rule in shown) is sees, reader
        book = load_workbook(io.BytesIO(browser.get(f"{page}plan.xlsx").content))
        rows = [str(c) for r in book["Empty seats"].iter_rows(values_only=True) for c in r]
        assert any(rule in c for c in rows) is sees, reader
        told = str(plain.run(viewer_of(people[reader]), run.pk))
        assert ("couple" in told) is sees, reader
    assert "To fill it would cost" in shown or "kept back by a limit" in shown


def test_a_refusal_that_names_a_couple_is_told_to_an_auditor_without_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    couple(world, "APART")
    for code, person in (("GN31-01", world.surgeon), ("GN31-03", world.nurse)):
        seat = PlannedSeat.objects.get(code=code, team__scenario=world.plan)
        actions.pin_seat(seat=seat.pk, person=person.pk, by=world.office, at=NOW)
    assert world.run().state == "REFUSED"
    page = f"/plan/{world.plan.pk}/"
    assert "Never away at the same time" in text(signed_in["office"].get(page))
    shown = text(signed_in["auditor"].get(page))
    assert "What else stands against it is not for your eyes." in shown
    assert "Never away at the same time" not in shown


def test_only_their_unit_and_office_say_and_see_who_is_a_couple(
    world: Planning, people: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world, world.surgeon)
    told = opened(office, f"{page}couple/") | {"name": "Nursing Test", "rule": "APART"}
    assert office.post(f"{page}couple/", told).status_code == 302
    assert "A couple with Nursing Test" in text(office.get(page))
    assert "A couple with" in text(office.get(page_of(world, world.nurse)))
    assert "A couple with" not in text(signed_in["auditor"].get(page))
    row = Couple.objects.get()
    history = f"/history/people.couple/{row.pk}/"
    assert signed_in["auditor"].get(history).status_code in (403, 404)
    for role in ("member", "leader", "recipient"):
        assert signed_in[role].get(f"{page}couple/").status_code in (403, 404)
    assert office.post(f"{page}couple/", told | {"name": "Nobody"}).status_code == 422
    office.post(f"/people/couples/{row.pk}/end/", opened(office, page, f"couples/{row.pk}/end/"))
    assert "A couple with" not in text(office.get(page))


def test_a_plan_stays_within_the_budget_of_the_area_that_sends(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    team = PlannedTeam.objects.get(code="GN31")
    area = world.hospital.area
    assert area is not None
    told = opened(office, f"{page}budget/") | {
        "area": area.code, "year": str(team.from_on.year), "amount": "100",
    }  # fmt: skip
    assert office.post(f"{page}budget/", told).status_code == 302
    assert "What a person costs a month is unknown for: GN31" in text(office.get(page))
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on, until_on=team.until_on, minimum=1, overlap_days=14,
        monthly_cost=Decimal("2.5"), by=world.office, at=NOW,
    )  # fmt: skip
    cost = problem_of(world.plan, world.office, NOW.date()).problem.seats[0].cost
    assert 40 < cost < 50  # about 18 months
    solved(world)
    assert PlannedSeat.objects.filter(placing__isnull=False, team=team).count() == 2
    shown = text(office.get(f"{page}?team=GN31"))
    assert f"{2 * cost:.1f} of 100.0 thousand" in shown
    assert "Cost stays within the budget" in shown or "The budget of" in shown
    budget = world.plan.budgets.get()
    office.post(
        f"/plan/budgets/{budget.pk}/drop/", opened(office, page, f"budgets/{budget.pk}/drop/")
    )
    assert not world.plan.budgets.exists()


def test_why_somebody_drops_out_is_read_in_each_readers_language(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="FAMILY", by=world.office, at=NOW
    )
    page = f"/plan/{world.plan.pk}/"
    for language, word in (("en", "family"), ("fr", "famille"), ("zh-hans", "家庭")):
        told = signed_in["office"].get(page, headers={"accept-language": language})
        assert word in text(told), language
