"""The office plans on its pages: begin, solve, read why, pin, mend, publish."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.core.jobs import run_one
from marrow.people.actions import add_to_person, say_wish
from marrow.people.models import Credential, Unavailability
from marrow.plan import actions
from marrow.plan.models import Happening, Pin, Placing, PlannedSeat, PlannedTeam, Scenario
from tests.builders import NOW, OFFICE, a_person
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def page_of(world: Planning) -> str:
    return f"/plan/{world.plan.pk}/"


def press(browser: Client, page: str, address: str, **more: str) -> Any:
    return browser.post(address, opened(browser, page, f'action="{address}"') | more)


def test_the_office_begins_a_plan(world: Planning, signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    told = {
        **opened(office, "/plan/new/"), "name": "Two years", "series": [str(world.series.pk)],
        "from_on": "2026-12-01", "until_on": "2028-12-01",
    }  # fmt: skip
    answer = office.post("/plan/new/", told)
    assert answer.status_code == 302, text(answer)
    assert Scenario.objects.filter(name="Two years").exists()


def test_the_planner_works_and_each_seat_tells_why(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world)
    press(office, page, f"{page}solve/")
    assert "The planner is at work" in text(office.get(page))
    while run_one("test"):
        pass
    told = text(office.get(page))
    assert "no plan is better: proved" in told
    assert "Anaesthesia Test" in told
    assert "2 of 2" in told
    assert "Only Anaesthesia Test can" in told


def test_the_planner_refuses_in_words_that_name_the_records(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world)
    PlannedSeat.objects.filter(code="GN31-02").update(specialty="GENERAL_SURGERY")
    for other in ("GN31-02", "GN31-01"):
        seat = PlannedSeat.objects.get(code=other)
        press_pin = f"/plan/seats/{seat.pk}/pin/{world.surgeon.pk}/"
        office.post(press_pin, opened(office, page, f'action="{page}solve/"'))
    press(office, page, f"{page}solve/")
    while run_one("test"):
        pass
    told = text(office.get(page))
    assert "This cannot be planned yet" in told
    assert "General_Surgery Test" in told


def test_whom_the_rules_keep_from_a_seat_is_not_pinned_there_and_the_reason_is_told(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, page = signed_in["office"], page_of(world)
    seat = PlannedSeat.objects.get(code="GN31-02")
    address = f"/plan/seats/{seat.pk}/pin/{world.nurse.pk}/"
    answer = office.post(address, opened(office, page, f'action="{page}solve/"'))
    assert answer.status_code == 422
    assert "Nursing Test on GN31-02: specialty" in text(answer)
    assert not Pin.objects.exists()


def test_a_pin_against_which_only_the_time_stands_is_kept_with_a_warning(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The line tells whom the answer put there and for whom the pin is, one beside the other."""
    solved(world)
    other = world.person("Other Test", "ANAESTHESIA")
    until = NOW.date() + 900 * DAY
    away = Unavailability(person=other, why="LEAVE", from_on=NOW.date(), until_on=until)
    add_to_person(person=other.pk, part=away, by=OFFICE, at=NOW)
    office, page = signed_in["office"], page_of(world)
    seat = PlannedSeat.objects.get(code="GN31-02")
    address = f"/plan/seats/{seat.pk}/pin/{other.pk}/"
    office.post(address, opened(office, page, f'action="{page}solve/"'))
    shown = text(office.get(f"{page}?team=GN31"))
    assert "Pinned, but the planner cannot keep to it as it stands: Other Test on GN31-02" in shown
    line = shown.split(f'data-pin="/plan/seats/{seat.pk}/pin/"')[1].split("<details")[0]
    assert "pinned for the next answer: Other Test" in line
    assert ">pinned<" not in line
    assert "Pinned: " not in line


def test_other_roles_do_not_plan(world: Planning, signed_in: dict[str, Client]) -> None:
    page = page_of(world)
    assert signed_in["auditor"].get(page).status_code == 200
    assert "action=" not in text(signed_in["auditor"].get(page)).split("<main")[1]
    for role in ("unit", "leader", "member", "recipient"):
        assert signed_in[role].get(page).status_code == 403, role
    assert signed_in["stranger"].get(page).status_code == 302


def test_somebody_drops_out_and_the_change_is_seen_before_it_is_taken(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    world.person("Other Test", "ANAESTHESIA")
    office, page = signed_in["office"], page_of(world)
    told = {**opened(office, f"{page}out/"), "person": str(world.anaesthetist.pk), "why": "HEALTH"}
    assert office.post(f"{page}out/", told).status_code == 302
    while run_one("test"):
        pass
    shown = text(office.get(page))
    assert "1 seat would change" in shown
    assert "Other Test" in shown
    run = world.plan.runs.latest("asked_at")
    press(office, page, f"/plan/runs/{run.pk}/accept/")
    press(office, f"{page}publish/", f"{page}publish/")
    assert "This plan is published" in text(office.get(page))


def test_a_seat_tells_what_another_person_would_cost(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    world.person("Other Test", "ANAESTHESIA")
    solved(world)
    told = text(signed_in["office"].get(f"{page_of(world)}?team=GN31"))
    assert "costs nothing" in told
    assert "would do as well" in told
    assert "nobody sent: 0.0" in told


def test_who_else_could_is_taken_and_the_plan_loses_what_was_told(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The anaesthetist wishes to go; somebody else is pinned there, and the plan is mended."""
    other = world.person("Other Test", "ANAESTHESIA")
    say_wish(
        person=world.anaesthetist.pk, kind="PREFERS", series=world.series, points=2, by=OFFICE,
        at=NOW,
    )  # fmt: skip
    before = solved(world).figures["value"]
    office, page = signed_in["office"], page_of(world)
    shown = text(office.get(f"{page}?team=GN31"))
    assert "costs 2 points" in shown
    assert "then change" not in shown
    seat = PlannedSeat.objects.get(code="GN31-02")
    press(office, f"{page}?team=GN31", f"/plan/seats/{seat.pk}/pin/{other.pk}/")
    press(office, page, f"{page}solve/", mend="1")
    while run_one("test"):
        pass
    assert "1 seat would change" in text(office.get(page))
    press(office, page, f"/plan/runs/{world.plan.runs.latest('asked_at').pk}/accept/")
    after = Scenario.objects.get(pk=world.plan.pk).figures["value"]
    assert after == pytest.approx(before - 2)


def test_solved_again_only_the_seat_changes_that_gains_by_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Of nine nurses who are all alike, three go whom the planner would not have taken itself. An
    anaesthetist who wishes to go takes that seat; no nurse moves for it."""
    team = PlannedTeam.objects.get(scenario=world.plan)
    for _n in range(2):
        actions.add_planned_seat(
            team=team.pk, told={"role": "MEMBER", "specialty": "NURSING", "weight": "IMPORTANT"},
            by=world.office, at=NOW,
        )  # fmt: skip
    nurses = [world.nurse, *(world.person(f"Nurse {n}", "NURSING") for n in range(8))]
    solved(world)
    sent = set(Placing.objects.values_list("person", flat=True))
    others = [n for n in nurses if n.pk not in sent]
    places = Placing.objects.filter(seat__specialty="NURSING").order_by("-seat__code")
    for place, other in zip(places, others, strict=False):
        Placing.objects.filter(pk=place.pk).update(person=other)
    wishing = world.person("Other Test", "ANAESTHESIA")
    say_wish(person=wishing.pk, kind="PREFERS", series=world.series, points=2, by=OFFICE, at=NOW)
    office, page = signed_in["office"], page_of(world)
    press(office, page, f"{page}solve/")
    while run_one("test"):
        pass
    shown = text(office.get(page))
    assert "1 seat would change" in shown
    assert "Other Test" in shown


def test_a_seat_says_that_nobody_told_when_the_licence_of_its_person_ends(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """They are planned all the same; who needs no licence lacks none. The surgeon’s was told."""
    solved(world)
    Credential.objects.filter(person=world.surgeon).update(expires_on="2099-01-01")
    page = f"{page_of(world)}?team=GN31"
    assert text(signed_in["office"].get(page)).count("end of the licence not told") == 2
    for language, words in (
        ("fr", "fin de l’autorisation d’exercer non indiquée"), ("zh-hans", "执照截止日期不详"),
    ):  # fmt: skip
        signed_in["office"].cookies["django_language"] = language
        assert text(signed_in["office"].get(page)).count(words) == 2, language


def test_an_empty_seat_tells_the_smallest_change_that_was_tried_and_fills_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The only nurse drops out; another one lacks no more than a licence."""
    late = a_person("Late Test", world.hospital, specialty="NURSING", grade="ATTENDING")
    solved(world)
    office, page = signed_in["office"], page_of(world)
    told = {**opened(office, f"{page}out/"), "person": str(world.nurse.pk), "why": "HEALTH"}
    assert office.post(f"{page}out/", told).status_code == 302
    while run_one("test"):
        pass
    press(office, page, f"/plan/runs/{world.plan.runs.latest('asked_at').pk}/accept/")
    shown = text(office.get(f"{page}?team=GN31"))
    assert "Tried, and it fills the seat" in shown
    assert f"{late} obtains a paper: licence" in shown
    assert "no plan is better: proved" not in shown


def test_a_changed_plan_is_mended_and_who_is_not_touched_stays(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    other = world.person("Other Test", "ANAESTHESIA")
    office, page = signed_in["office"], page_of(world)
    seat = PlannedSeat.objects.get(code="GN31-02")
    office.post(
        f"/plan/seats/{seat.pk}/pin/{other.pk}/", opened(office, page, f'action="{page}solve/"')
    )
    press(office, page, f"{page}solve/", mend="1")
    while run_one("test"):
        pass
    shown = text(office.get(page))
    assert "1 seat would change" in shown
    assert "Other Test" in shown


def test_a_unit_says_how_many_it_can_spare(world: Planning, signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    told = {
        **opened(office, "/plan/spared/new/"), "unit": str(world.hospital.pk), "people": "1",
        "from_on": "2026-12-01", "until_on": "2027-12-01", "pressure": "on",
    }  # fmt: skip
    assert office.post("/plan/spared/new/", told).status_code == 302
    assert "at most 1 away in any one month" in text(office.get("/plan/spared/"))


def test_the_plan_goes_out_as_a_workbook(world: Planning, signed_in: dict[str, Client]) -> None:
    solved(world)
    answer = signed_in["office"].get(f"{page_of(world)}plan.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[c.value for c in row] for row in book["Plan"].iter_rows()]
    assert len(rows) == 4
    assert "Anaesthesia Test" in rows[2]
    assert [c.value for c in book["Load of the senders"][2]][1] == 3


def test_a_chinese_reader_is_asked_for_a_person_and_not_for_basics(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, seat = signed_in["office"], PlannedSeat.objects.get(code="GN31-01")
    office.cookies["django_language"] = "zh-hans"
    for address in (f"{page_of(world)}out/", f"/plan/seats/{seat.pk}/pin/"):
        form = text(office.get(address)).split("<form")[-1]
        assert "人员" in form, address
        assert "基本信息" not in form, address
    book = load_workbook(io.BytesIO(office.get(f"{page_of(world)}plan.xlsx").content))
    assert [c.value for c in next(iter(book.worksheets[0].iter_rows()))][6] == "人员"


def test_the_page_is_light(
    world: Planning, signed_in: dict[str, Client], django_assert_max_num_queries: Any
) -> None:
    solved(world)
    office = signed_in["office"]
    with django_assert_max_num_queries(30):
        answer = office.get(page_of(world))
    assert len(answer.content) < 60_000


def test_where_a_mended_plan_leaves_a_seat_empty_the_office_may_look_wider(
    world: Planning, signed_in: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marrow.plan.rules.engine.ground.FEW_SEATS", 0)  # as in a large plan
    solved(world)
    office, page = signed_in["office"], page_of(world)
    told = {**opened(office, f"{page}out/"), "person": str(world.nurse.pk), "why": "HEALTH"}
    assert office.post(f"{page}out/", told).status_code == 302
    while run_one("test"):
        pass
    shown = text(office.get(page))
    assert "1 seat stays empty. Only the teams and people around" in shown
    assert "Look wider" in shown
    press(office, page, f"{page}solve/", mend="1", wider="1")
    while run_one("test"):
        pass
    wide = text(office.get(page))
    assert "1 seat would change" in wide
    assert "Look wider" not in wide


def test_a_team_that_is_not_entered_yet_has_the_name_that_it_will_have(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    for language, name in (
        ("en", "31st medical team to Guinea"), ("fr", "31e équipe médicale · Guinée"),
        ("zh-hans", "第31批援几内亚医疗队"),
    ):  # fmt: skip
        office.cookies["django_language"] = language
        assert f"GN31 · {name}" in text(office.get(page_of(world))), language


def test_a_specialty_of_which_nobody_is_asked_for_is_sent_back(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], page_of(world)
    told = opened(office, f"{page}team/") | {
        "title": "Relief", "kind": "RELIEF_TEAM", "programme": str(world.series.programme_id),
        "from_on": "2027-03-01", "until_on": "2027-09-01", "specialty_1": "NURSING",
        "count_1": "0", "specialty_2": "ANAESTHESIA", "count_2": "1",
    }  # fmt: skip
    answer = office.post(f"{page}team/", told)
    assert answer.status_code == 422
    assert "Say how many, or leave the specialty out." in text(answer)
    assert not PlannedTeam.objects.filter(title="Relief").exists()


def test_a_day_that_is_past_is_no_day_from_which_somebody_can_leave(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office, page = signed_in["office"], page_of(world)
    told = {
        **opened(office, f"{page}out/"), "person": str(world.nurse.pk), "why": "PAPERS",
        "from_on": "1990-01-01",
    }  # fmt: skip
    answer = office.post(f"{page}out/", told)
    assert answer.status_code == 422
    assert "That day is past" in text(answer)
    assert not Happening.objects.exists()


def test_who_publishes_second_is_led_to_the_plan_to_copy(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    other = actions.copy_plan(scenario=world.plan.pk, name="Other", by=world.office, at=NOW)
    office, address = signed_in["office"], f"/plan/{other.pk}/publish/"
    form = opened(office, address, f'action="{address}"')
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    answer = office.post(address, form)
    assert answer.status_code == 409
    assert "published “Guinea 31” for the same teams meanwhile" in text(answer)
    assert f'href="/plan/{world.plan.pk}/copy/"' in text(answer)
