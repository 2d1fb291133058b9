"""Plans side by side: which were changed since they were solved, and how far each is from what is
published."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.directory.models import Area
from marrow.people.actions import say_wish
from marrow.plan import actions
from marrow.plan.models import PlannedTeam, Scenario
from marrow.teams.actions import invite
from tests.builders import NOW, OFFICE
from tests.builders.forming import chosen
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, taken
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
STALE = "changed since it was solved"


@pytest.fixture
def world(people: dict[str, Any], places: dict[str, Area]) -> Planning:
    return planning(people)


def card(browser: Client, page: str, plan: Scenario) -> str:
    """What stands of a plan under *Side by side* on some plan's page."""
    told = text(browser.get(page)).split("Side by side</h2>")[1]
    own = next(c for c in told.split('<div class="card">')[1:] if f">{plan.name}<" in c)
    return own.split("</div>")[0]


def with_a_critical_seat_more(world: Planning, plan: Scenario) -> None:
    actions.add_planned_seat(
        team=PlannedTeam.objects.get(scenario=plan).pk,
        told={"role": "MEMBER", "specialty": "OPHTHALMOLOGY", "weight": "CRITICAL"},
        by=world.office, at=NOW + DAY,
    )  # fmt: skip


def test_a_plan_that_changed_since_it_was_solved_is_not_compared_by_its_old_figures(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    copy = copied(world, NOW + DAY)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    world.plan.name = "Guinea 31"
    assert STALE not in card(office, page, copy)
    with_a_critical_seat_more(world, copy)
    told = card(office, page, copy)
    assert STALE in told
    assert "<dd>2 of 3</dd>" in told
    assert "<dd>3 of 4</dd>" in told
    assert told.count("not reckoned") == 3  # points, items, handovers
    assert STALE not in card(office, page, world.plan)
    assert "the seats are counted as they are filled now" in text(office.get(page))
    assert "no plan is better: proved" not in text(office.get(f"/plan/{copy.pk}/"))
    listed = text(office.get("/plan/"))
    assert listed.count(STALE) == 1
    book = load_workbook(io.BytesIO(office.get(f"/plan/{copy.pk}/plan.xlsx").content))
    rows = {r[0]: r[1] for r in book["Figures"].iter_rows(values_only=True)}
    assert (rows[STALE], rows["critical seats"]) == ("yes", "2 of 3")
    assert rows["Seats, points"] == "not reckoned"
    taken(world, copy, NOW + 2 * DAY)
    assert STALE not in card(office, page, copy)


def test_who_drops_out_is_no_longer_counted_as_seated(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.anaesthetist.pk, why="HEALTH", by=world.office,
        at=NOW + DAY,
    )  # fmt: skip
    told = card(signed_in["office"], f"/plan/{world.plan.pk}/", world.plan)
    assert "<dd>1 of 2</dd>" in told
    assert "<dd>2 of 3</dd>" in told


def test_who_drops_out_is_counted_and_marked_alike_everywhere(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """In the head, the list, the tabs, the bar, side by side and the file the seat is empty, and
    whoever drops out is marked where they stand."""
    solved(world)
    actions.add_planned_team(
        scenario=world.plan.pk, programme=world.series.programme.key, title="Second",
        by=world.office, kind="RELIEF_TEAM", from_on=NOW.date(), until_on=NOW.date() + 90 * DAY,
        seats=[("NURSING", 1)], at=NOW + DAY,
    )  # fmt: skip
    actions.drop_out(
        scenario=world.plan.pk, person=world.anaesthetist.pk, why="HEALTH", by=world.office,
        at=NOW + DAY,
    )  # fmt: skip
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    told = text(office.get(f"{page}?team=GN31"))
    assert "2 seats empty" in told
    assert "GN31 (2/3)" in told
    assert "31 · 2 of 3" in told
    assert "<dd>2 of 4</dd>" in card(office, page, world.plan)
    assert "2 of 4 seats" in text(office.get("/plan/"))
    stands = told.split(f'data-person="{world.anaesthetist.pk}"')[1].split("</div>")[0]
    assert "drops out" in stands
    book = load_workbook(io.BytesIO(office.get(f"{page}plan.xlsx").content))
    rows = [[str(c) for c in row] for row in book["Plan"].iter_rows(values_only=True)]
    assert any("Anaesthesia Test (drops out)" in row for row in rows)
    assert "GN31-02" in [row[0] for row in book["Empty seats"].iter_rows(values_only=True)]
    assert book["Load of the senders"]["B2"].value == 2


def test_a_loss_is_not_told_as_a_gain_because_the_plan_was_published_meanwhile(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The plan is reckoned anew as it stands: with what is published by now, and without the
    anaesthetist, for whom nobody else can go."""
    solved(world)
    publish(world, at=NOW + DAY)
    copy = copied(world, NOW + 2 * DAY)
    actions.drop_out(
        scenario=copy.pk, person=world.anaesthetist.pk, why="HEALTH", by=world.office,
        at=NOW + 3 * DAY,
    )  # fmt: skip
    world.run(copy, NOW + 3 * DAY)
    page = text(signed_in["office"].get(f"/plan/{copy.pk}/"))
    told = page.split('id="effects"')[1].split("</table>")[0]
    assert "As it stands" in told
    rows = {row.split("</th>")[0]: row for row in told.split('<th scope="row">')[1:]}
    assert ">0.0<" not in rows["Kept as published, points"]
    assert ">more<" not in told
    assert ">2 of 3<" in rows["All seats"]


def test_a_copy_in_which_somebody_drops_out_changes_what_is_published(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    publish(world, at=NOW + DAY)
    copy = copied(world, NOW + 2 * DAY)
    told = "<dt>changes to what is published</dt><dd>%s</dd>"
    page = f"/plan/{copy.pk}/"
    assert told % 0 in text(signed_in["office"].get(page))
    actions.drop_out(
        scenario=copy.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW + 3 * DAY
    )
    assert told % 1 in text(signed_in["office"].get(page))


def test_a_plan_copied_before_the_other_was_published_tells_where_it_differs_from_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The published plan opened the seats; the copy names its own by the same codes."""
    solved(world)
    same, other = copied(world, NOW), copied(world, NOW)
    nurse = world.person("Another Test", "NURSING")
    actions.pin_seat(
        seat=seat_of(other, "GN31-03").pk, person=nurse.pk, by=world.office, at=NOW + DAY
    )
    taken(world, other, NOW + DAY)
    publish(world, at=NOW + 2 * DAY)
    told = "<dt>changes to what is published</dt><dd>%s</dd>"
    for plan, differs in ((world.plan, 0), (same, 0), (other, 1)):
        page = text(signed_in["office"].get(f"/plan/{plan.pk}/")).split("Side by side</h2>")[1]
        assert told % differs in page.split('<div class="card">')[1], plan.name


def test_numbers_are_written_as_the_reader_writes_them(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = solved(world)
    plan.figures |= {"points_by_tier": [18720, 18720.04, 0, 0, 0]}
    plan.save()
    page = f"/plan/{plan.pk}/"
    for language, points in (
        ("en", "+18,720.0"),
        ("fr", "+18\u202f720,0"),
        ("zh-hans", "+18,720.0"),
    ):
        told = text(signed_in["office"].get(page, headers={"accept-language": language}))
        assert f"<dd>{points}</dd>" in told, language
    run = world.run(at=NOW + DAY)
    assert run.plan
    run.plan["before"] |= {"points_by_tier": [18720, 18720.04, 0, 0, 0]}
    run.save()
    told = text(signed_in["office"].get(page, headers={"accept-language": "fr"}))
    rows = told.split('id="effects"')[1].split("</table>")[0]
    assert "18\u202f720,0" in rows
    assert re.search(r"\d\.\d", rows) is None


def test_what_stands_against_a_plan_names_places_and_not_their_codes(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    say_wish(
        person=world.nurse.pk, kind="REFUSES", area=Area.objects.get(code="GN"), by=OFFICE, at=NOW
    )
    page = f"/plan/{world.plan.pk}/publish/"
    for language, place in (("en", "refuses Guinea."), ("zh-hans", "几内亚")):
        told = text(signed_in["office"].get(page, headers={"accept-language": language}))
        assert place in told, language
        assert "GN." not in told


def test_a_plan_stands_beside_the_one_it_was_copied_from_and_those_that_are_chosen(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    copies = [
        actions.copy_plan(
            scenario=world.plan.pk, name=f"Copy {n}", by=world.office, at=NOW + n * DAY
        )
        for n in range(5)
    ]
    office, page = signed_in["office"], f"/plan/{copies[0].pk}/"

    def beside(address: str) -> list[str]:
        told = (
            text(office.get(address)).split("Side by side</h2>")[1].split('<div class="grid">')[1]
        )
        cards = told.split("</section>")[0].split('<div class="card"><h3>')[1:]
        return [re.sub("<[^>]*>", "", card.split("</h3>")[0]) for card in cards]

    assert beside(page) == ["Copy 0", "Guinea 31", "Copy 4"]
    assert "Choose which plans stand beside it" in text(office.get(page))
    chosen = f"{page}?beside={copies[2].pk}&beside={copies[1].pk}"
    assert beside(chosen) == ["Copy 0", "Copy 2", "Copy 1"]
    assert beside(f"{page}?beside=nothing") == ["Copy 0", "Guinea 31", "Copy 4"]


def test_the_file_names_as_many_changes_as_the_page_counts(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Somebody is asked by hand for a seat that the plan leaves empty: no plan published that."""
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW
    )
    publish(world, taken(world, world.plan, NOW + DAY), NOW + DAY)
    nursing, other = seat_of(world.plan, "GN31-03").seat, world.person("Other Test", "NURSING")
    assert nursing
    invite(seat=nursing.pk, person=other.pk, by=world.office, at=NOW + DAY)
    surgeon = world.person("Second Test", "GENERAL_SURGERY")
    copy = copied(world, NOW + 2 * DAY)
    assert changes_of(signed_in["office"], copy) == ("0", [])
    actions.pin_seat(
        seat=seat_of(copy, "GN31-01").pk, person=surgeon.pk, by=world.office, at=NOW + 2 * DAY
    )
    changed = taken(world, copy, NOW + 3 * DAY)
    row = ("GN31-01", "General_Surgery Test", "Second Test")
    count, rows = changes_of(signed_in["office"], changed)
    assert row in rows
    assert count == str(len(rows))


def test_a_seat_that_is_filled_after_it_was_published_empty_is_a_change_too(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW
    )
    publish(world, taken(world, world.plan, NOW + DAY), NOW + DAY)
    world.person("Other Test", "NURSING")
    surgeon = world.person("Second Test", "GENERAL_SURGERY")
    copy = copied(world, NOW + 2 * DAY)
    actions.pin_seat(
        seat=seat_of(copy, "GN31-01").pk, person=surgeon.pk, by=world.office, at=NOW + 2 * DAY
    )
    count, rows = changes_of(signed_in["office"], taken(world, copy, NOW + 3 * DAY))
    assert count == "2"
    assert [(row[0], row[2]) for row in rows] == [
        ("GN31-01", "Second Test"), ("GN31-03", "Other Test"),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["asked", "selected"])
def test_a_seat_published_empty_and_since_filled_by_hand_does_not_change_where_the_same_one_stands(
    world: Planning, signed_in: dict[str, Client], how: str
) -> None:
    solved(world)
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW
    )
    publish(world, taken(world, world.plan, NOW + DAY), NOW + DAY)
    seat, other = seat_of(world.plan, "GN31-03").seat, world.person("Other Test", "NURSING")
    assert seat
    if how == "asked":
        invite(seat=seat.pk, person=other.pk, by=world.office, at=NOW + DAY)
    else:
        chosen(seat, other)
    after = taken(world, copied(world, NOW + 2 * DAY), NOW + 3 * DAY)
    assert changes_of(signed_in["office"], after) == ("0", [])


def changes_of(office: Client, plan: Scenario) -> tuple[str, list[Any]]:
    """How many changes the page counts, and those that the file names."""
    page = f"/plan/{plan.pk}/"
    figures = card(office, page, plan)
    count = figures.split("changes to what is published</dt><dd>")[1].split("<")[0]
    book = load_workbook(io.BytesIO(office.get(f"{page}plan.xlsx").content))
    return count, [row[:3] for row in book["Changes"].iter_rows(2, values_only=True)]
