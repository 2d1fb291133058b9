"""What is not possible any more is told on the page whose button was pressed, with one's words."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account, RoleGrant
from marrow.sync.models import Receipt
from tests.builders import a_batch, a_person, a_sending_hospital
from tests.builders.forming import a_seat, chosen
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
FROM_A_PAGE = {"Accept": "text/html,application/xhtml+xml"}


def test_who_selects_somebody_already_selected_is_told_so_on_the_team_page(
    signed_in: dict[str, Client],
) -> None:
    office, mission = signed_in["office"], a_batch()
    seat = a_seat(mission)
    asked = chosen(seat)
    team = f"/teams/{mission.pk}/"
    here = FROM_A_PAGE | {"Referer": f"http://testserver{team}"}
    answer = office.post(f"/teams/people/{asked.pk}/select/", headers=here)
    assert (answer.status_code, answer.headers["Location"]) == (302, team)
    page = office.get(team).content.decode()
    assert "has this seat already. Nothing was changed." in page
    assert office.post(f"/teams/people/{asked.pk}/select/").status_code == 409
    stranger = FROM_A_PAGE | {"Referer": "http://elsewhere.example/"}
    answer = office.post(f"/teams/people/{asked.pk}/select/", headers=stranger)
    assert answer.status_code == 409


def test_somebody_of_a_unit_not_ones_own_is_refused_and_the_words_stay(
    signed_in: dict[str, Client],
) -> None:
    other, mine = a_person().unit, a_sending_hospital("Beijing Own Hospital")
    RoleGrant.objects.filter(role="unit").update(scope="organisation", thing=mine.pk)
    told = {"name_en": "Kept Words", "kind": "NURSE", "unit": f"{other} [{other.pk}]"}
    answer = signed_in["unit"].post("/people/new/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept Words" in page
    assert "Only the unit itself or the programme office above it enters its people." in page


def test_who_leaves_a_line_that_another_page_settled_is_told_so_beside_the_other_lines(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    office, phone, page = signed_in["office"], Phone(people["leader"]), "/phones/set-aside/"
    phone.count(a_batch().pk, 0)
    phone.push()
    line = Receipt.objects.get().pk
    here = FROM_A_PAGE | {"Referer": f"http://testserver{page}"}
    told = []
    for door in ("leave/", "leave/", ""):
        answer = office.post(f"{page}{line}/{door}", headers=here)
        assert (answer.status_code, answer.headers["Location"]) == (302, page)
        told.append("This line was settled meanwhile. Nothing was changed." in shown(office, page))
    assert told == [False, True, True]
    assert office.post(f"{page}{line}/leave/").status_code == 409
    assert Receipt.objects.get().settled_by == people["office"].pk


def shown(office: Client, page: str) -> str:
    return office.get(page).content.decode()
