"""A plan that goes beyond what a hospital can spare is not published: it is told how many are away,
from when to when, and who."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.plan import actions, queries
from marrow.plan.models import AbsenceCap, PlannedSeat, PlannedTeam
from marrow.teams.models import Seat
from tests.builders import NOW, STRANGER
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import publish, taken
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    solved(row)
    return row


def spares(world: Planning, people: int, at: dt.datetime = NOW) -> None:
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=TODAY + 2000 * DAY, people=people,
        pressure=True,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=at)


def away_for_another_team(world: Planning) -> Person:
    """Selected for the batch before, from nine days ago for long."""
    person = world.person("Away Test", "PAEDIATRICS")
    before = Mission.objects.get(number=30)
    chosen(a_seat(before, from_on=TODAY - 9 * DAY, until_on=TODAY + 3000 * DAY), person)
    return person


def test_it_is_told_how_many_are_away_from_when_to_when_and_who(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    person = away_for_another_team(world)
    spares(world, 2)
    told = (
        rf"{world.hospital} may have 2 away in [0-9]{{4}}-[0-9]{{2}} – [0-9]{{4}}-[0-9]{{2}}\."
        rf" Away without this plan: 1, from {TODAY - 9 * DAY} to {TODAY + 2999 * DAY}\."
        r" By this plan: 3\. Its cap leaves 1\."
    )
    with pytest.raises(Refused, match=told):
        publish(world)
    shown = text(signed_in["office"].get(f"/plan/{world.plan.pk}/publish/"))
    assert len(re.findall(told, shown)) == 1
    away = shown.split("Who is away then")[1].split("</details>")[0]
    for one in (person, world.surgeon, world.anaesthetist, world.nurse):
        assert f'href="/people/{one.pk}/"' in away
    assert f"{TODAY - 9 * DAY} – {TODAY + 2999 * DAY}" in away, "the last day of the sentence"
    assert away.count("by this plan") == 3
    answer = calling["office"].get(f"/api/v1/plans/{world.plan.pk}/publication").json()
    (unfit,) = answer["unfit"]
    assert unfit["code"] == "beyond_cap_of"
    assert [a["person"] for a in unfit["away"] if not a["by_plan"]] == [str(person.pk)]
    assert sum(a["by_plan"] for a in unfit["away"]) == 3


def test_where_nobody_else_is_away_the_months_are_told_in_one_sentence(world: Planning) -> None:
    spares(world, 1)
    told = (
        r"^[^.]* has 3 people away in [0-9]{4}-[0-9]{2} – [0-9]{4}-[0-9]{2}; its cap is 1\. A limit"
    )
    with pytest.raises(Refused, match=told):
        publish(world)


def test_a_department_of_which_too_many_go_is_told_with_who_they_are(world: Planning) -> None:
    cap = AbsenceCap(
        unit=world.hospital, specialty="NURSING", from_on=TODAY, until_on=TODAY + 2000 * DAY,
        people=0,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    told = queries.publication_of(world.plan, world.office, TODAY)
    (shown,) = queries.unfit_shown(world.office, told)
    assert [one.person for one in shown.away] == [world.nurse]


def test_of_whom_the_reader_may_not_see_only_the_number_is_told(world: Planning) -> None:
    away_for_another_team(world)
    spares(world, 2)
    told = queries.publication_of(world.plan, world.office, TODAY)
    (shown,) = queries.unfit_shown(STRANGER, told)
    assert (shown.away, shown.hidden) == ([], 4)


def test_an_end_that_nobody_knows_is_told_as_not_known(world: Planning) -> None:
    person = away_for_another_team(world)
    Seat.objects.filter(assignments__person=person).update(until_on=None)
    spares(world, 2)
    with pytest.raises(Refused, match=rf"1, from {TODAY - 9 * DAY} to \?\."):
        publish(world)


MONTHLY = "A limit holds for whole calendar months, also where it was told for some days of one"


def test_a_limit_of_some_days_says_on_form_and_list_and_in_the_refusal_that_it_bars_the_month(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Told for the first fortnight of the month in which the team leaves at its end."""
    team = PlannedTeam.objects.get(scenario=world.plan)
    first = team.from_on.replace(day=1)
    until = min(first + 14 * DAY, team.from_on)
    cap = AbsenceCap(unit=world.hospital, from_on=first, until_on=until, people=0)
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    month = f"{first:%Y-%m}"
    with pytest.raises(Refused, match=rf"away in {month}; its cap is 0\. {MONTHLY}"):
        publish(world)
    office = signed_in["office"]
    form, rows = text(office.get("/plan/spared/new/")), text(office.get("/plan/spared/"))
    assert MONTHLY in form
    assert "At most so many away in any one month" in form
    assert MONTHLY in rows
    assert f"{first} – {until - DAY} · holds for the whole of {month}" in rows
    assert "at once" not in form + rows


def test_a_pin_that_a_limit_of_some_days_refuses_is_told_why_in_each_language(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan)
    first = team.from_on.replace(day=1)
    cap = AbsenceCap(unit=world.hospital, from_on=first, until_on=first + DAY, people=0)
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    seat = PlannedSeat.objects.get(code="GN31-03", team=team)
    actions.pin_seat(seat=seat.pk, person=world.nurse.pk, by=world.office, at=NOW + DAY)
    assert world.run(at=NOW + DAY).state == "REFUSED"
    page, office = f"/plan/{world.plan.pk}/", signed_in["office"]
    for language, words in (
        ("en", "away on any day of the month counts"),
        ("fr", "toute personne absente un jour du mois compte"),
        ("zh-hans", "当月任何一天在外的人都计入"),
    ):
        assert words in text(office.get(page, headers={"accept-language": language})), language


PROVED = "no plan is better: proved"


def test_a_plan_that_breaks_a_limit_told_since_is_not_called_the_best(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Which limits these are is told in one line, and the smallest change is offered before
    publishing; a limit that the plan keeps changes nothing."""
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    spares(world, 3, at=NOW + DAY)
    kept = text(office.get(page))
    assert PROVED in kept
    assert "Limits told since" not in kept
    spares(world, 1, at=NOW + 2 * DAY)
    shown = text(office.get(page))
    assert PROVED not in shown
    (line,) = [one for one in shown.split("<p") if "Limits told since this plan was solved" in one]
    assert f"{world.hospital} has 3 people away in " in line
    assert "its cap is 1" in line
    assert re.search(r'class="btn do"[^>]*name="mend"', shown)
    assert f'class="btn" href="{page}publish/"' in shown
    for language, words in (("fr", "Plafonds indiqués depuis"), ("zh-hans", "又设定了下列上限")):
        assert words in text(office.get(page, headers={"accept-language": language}))
    taken(world, world.plan, NOW + 3 * DAY)
    after = text(office.get(page))
    assert PROVED in after
    assert "Limits told since" not in after


@pytest.mark.parametrize(
    ("first", "last"),
    [("1890-01-01", "2040-01-01"), ("1999-12-31", "2040-01-01"), ("2026-01-01", "2999-01-01")],
)
def test_a_limit_of_another_age_is_refused_with_the_years_in_which_it_may_lie(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client], first: str, last: str
) -> None:
    told = {"unit": str(world.hospital.pk), "from_on": first, "until_on": last, "people": 2}
    words = "Days of a limit lie in the years 2000 to 2149."
    refused = signed_in["office"].post("/plan/spared/new/", told)
    assert refused.status_code == 422
    assert words in text(refused)
    answer = calling["office"].post("/api/v1/absence-caps", told, content_type="application/json")
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert not AbsenceCap.objects.exists()


def test_the_same_limit_is_not_said_twice_while_it_holds(world: Planning) -> None:
    spares(world, 2)
    with pytest.raises(Refused, match="has said just this already, and it holds"):
        spares(world, 2)
    spares(world, 1)
    assert AbsenceCap.objects.count() == 2
    first = AbsenceCap.objects.get(people=2)
    actions.end_absence_cap(cap=first.pk, by=world.office, at=NOW)
    spares(world, 2)
