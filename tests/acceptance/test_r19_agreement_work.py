"""R19–R21, R106, R108, R109 and what both sides say of their partnership, on the pages of its
office, of the recipient, and of everybody.
"""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.accounts.models import RoleGrant
from marrow.agreements.models import (
    HealthCheck,
    Lesson,
    Mark,
    OfficeMember,
    PlanPeriod,
    Requirement,
    Target,
    TaskLine,
    TaskSheet,
)
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from tests.builders import a_batch, a_series
from tests.builders.agreeing import Agreed, agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SOURCE = {"source": "A protocol", "words": "as the protocol says it"}
KEY = "agreed-test"
WORK = f"/agreements/of/{KEY}/"
SERVICE = f"/agreements/about/{KEY}/"  # for everybody


@pytest.fixture
def world(signed_in: dict[str, Client]) -> Agreed:
    """The recipient's office speaks for one hospital alone."""
    made = agreed(KEY)
    RoleGrant.objects.filter(role__in=("recipient", "head")).update(
        scope="organisation", thing=made.hospital.pk
    )
    return made


def sent(client: Client, where: str, **told: str) -> None:
    answer = client.post(where, told)
    assert answer.status_code == 302, answer.content.decode()[-2500:]


def read(client: Client, where: str) -> str:
    answer = client.get(where, headers={"accept-language": "en"})
    assert answer.status_code == 200, (where, answer.status_code)
    found: str = answer.content.decode()
    return found


def every_source_opens(anybody: Client, where: str) -> None:
    """Each figure or word leads to its source, and from there back to a page that opens."""
    sources = re.findall(r'href="(/facts/[^"]+)"', read(anybody, where))
    assert sources
    for source in sources:
        assert f'<a href="{where}"' in read(anybody, source)


def test_r19_a_plan_period_asks_the_programme_answers_and_the_years_tasks_say_how_far(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    office, recipient = signed_in["office"], signed_in["recipient"]
    sent(office, f"{WORK}add/period/", name_en="14th Five-Year Plan", name_zh="“十四五”规划",
         starts_on="2021", ends_on="2025", **SOURCE)  # fmt: skip
    period = PlanPeriod.objects.get()
    sent(office, f"{WORK}add/requirement/", text="New requirements on counterpart assistance",
         language="en", period=str(period.pk), **SOURCE)  # fmt: skip
    asked = Requirement.objects.get()
    assert "not answered yet" in read(office, WORK)
    sent(office, f"/agreements/requirements/{asked.pk}/answer/", answer="A sheet a year")

    sent(office, f"{WORK}add/sheet/", year="2026")
    sheet = TaskSheet.objects.get()
    here = f"/agreements/sheets/{sheet.pk}/"
    sent(office, f"{here}task/", text="Train nurses", language="en", aim="12",
         measured_in="persons", requirement=str(asked.pk))  # fmt: skip
    sent(office, f"{here}task/", text="Put the rules up", language="en")
    assert read(recipient, here).count("unknown") >= 2  # nobody said how far: never 0
    numbered = TaskLine.objects.get(aim=12)
    sent(office, f"/agreements/aims/{numbered.pk}/how-far/", reached="5", as_of="2026-06",
         **SOURCE)  # fmt: skip
    page = read(recipient, here)
    assert "under way" in page
    assert f"/sources/{numbered.pk}/reached/" in page or f"{numbered.pk}/reached" in page
    shown = read(recipient, WORK)
    for words in ("14th Five-Year Plan", "A sheet a year", "0 of 2 done", "2026: Train nurses"):
        assert words in shown
    assert "Open a task sheet" not in shown  # the recipient reads

    book = load_workbook(io.BytesIO(recipient.get(f"{here}table.xlsx").content))
    rows = list(book.worksheets[0].values)
    assert rows[1][1:5] == ("Train nurses", 12, "persons", 5)
    assert rows[2][4] is None


def test_r20_benefits_stand_in_both_directions_each_with_its_words(
    signed_in: dict[str, Client], world: Agreed, client: Client
) -> None:
    office = signed_in["office"]
    sent(office, f"{WORK}add/benefit/", to="SENDER", text="Tropical medicine is learned",
         language="en", partnership=str(world.partnership.pk), **SOURCE)  # fmt: skip
    assert SERVICE in read(client, f"/programmes/{KEY}/")
    page = read(client, SERVICE)
    assert "Tropical medicine is learned" in page
    assert "To the recipient" in page
    assert "none is recorded" in page
    every_source_opens(client, SERVICE)
    answer = office.post(f"{WORK}add/benefit/", {"to": "SENDER", "text": "No source",
                                                 "language": "en"})  # fmt: skip
    assert answer.status_code == 422


def test_r108_firsts_of_the_sending_side_stand_apart_from_the_receiving_sides(
    signed_in: dict[str, Client], world: Agreed, client: Client
) -> None:
    office = signed_in["office"]
    for side, text in (
        ("SENDER", "First in the country to send two health advisers"),
        ("RECIPIENT", "First hernia mesh in the region"),
    ):
        sent(office, f"{WORK}add/first/", side=side, text=text, language="en", happened_on="2020",
             **SOURCE)  # fmt: skip
    every_source_opens(client, SERVICE)
    page = read(client, SERVICE)
    ours, theirs = (
        page.index("Firsts of the sending side"),
        page.index("Firsts of the receiving side"),
    )
    assert ours < page.index("two health advisers") < theirs < page.index("hernia mesh")


def test_r21_a_model_is_written_down_taken_over_and_linked_both_ways(
    signed_in: dict[str, Client], world: Agreed, client: Client
) -> None:
    office = signed_in["office"]
    sent(office, f"{WORK}add/lesson/", kind="MODEL", title="Three steps", language="en",
         text="See one, do one, teach one.", public="on")  # fmt: skip
    row = Lesson.objects.get()
    here = f"/agreements/lessons/{row.pk}/"
    assert "Nobody yet" in read(client, here)
    sent(office, f"{here}take/", programme="other-test", since="2026", note="in two wards")
    page = read(client, here)
    assert "Teams other-test" in page
    assert "in two wards" in page
    assert here in read(office, "/agreements/of/other-test/")
    assert "taken over 1 time" in read(client, "/agreements/lessons/")
    Lesson.objects.filter(pk=row.pk).update(public=False)
    assert client.get(here).status_code == 404
    assert "Three steps" not in read(client, "/agreements/lessons/")
    assert "Three steps" in read(signed_in["recipient"], "/agreements/lessons/")


def test_r106_the_offices_own_team_says_who_for_what_and_how_long(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    office, now = signed_in["office"], dt.datetime.now(dt.UTC).year
    for name, since in (("Lin Test", f"{now - 12}-01-01"), ("He Test", "")):
        sent(office, f"{WORK}add/office/", name=name, duty="rotations", since=since)
    page = read(signed_in["auditor"], WORK)
    assert "at least 12 years" in page
    assert "since when: unknown" in page
    gone = OfficeMember.objects.get(name="Lin Test")
    sent(office, f"/agreements/office/{gone.pk}/leave/", until=f"{now - 2}-01-01")
    assert "at least 10 years" in read(office, WORK)


def test_a_target_card_says_how_much_by_when_and_where_it_stands(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    office = signed_in["office"]
    sent(office, f"{WORK}add/target/", measure="techniques_new", aim="8", by_on="2028",
         language="en")  # fmt: skip
    sent(office, f"{WORK}add/target/", text="doctors on call", aim="6", measured_in="persons",
         by_on="2027", language="en")  # fmt: skip
    in_words = Target.objects.get(measure="")
    sent(office, f"/agreements/aims/{in_words.pk}/how-far/", reached="6", as_of="2026", **SOURCE)
    page = read(signed_in["recipient"], WORK)
    assert "new techniques and projects" in page
    assert "unknown" in page  # no figure is published of this measure
    assert page.count('class="tag good">done') == 1
    sent(office, f"/agreements/aims/{in_words.pk}/drop/", reason="the ward closed")
    assert "the ward closed" in read(office, WORK)


def test_values_and_motto_stand_on_the_programmes_page_with_their_source(
    signed_in: dict[str, Client], world: Agreed, client: Client
) -> None:
    sent(signed_in["office"], f"{WORK}add/value/", name_en="Teach, then leave",
         name_zh="授人以渔", **SOURCE)  # fmt: skip
    sent(signed_in["office"], f"{WORK}add/motto/", text="Leave what works", **SOURCE)
    page = read(client, SERVICE)
    assert "Teach, then leave" in page
    assert "授人以渔" in page
    assert f"{world.programme.pk}/motto/" in page
    assert "Leave what works" in read(client, f"/programmes/{world.programme.key}/")


def answers(score: str) -> dict[str, str]:
    return {
        "language": "en",
        **{f"{point}_score": score for point in Mark.Point},
        **{f"{point}_sentence": f"because {score}" for point in Mark.Point},
    }


def test_both_sides_check_their_partnership_once_a_year_unseen_by_the_other(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    office, recipient = signed_in["office"], signed_in["recipient"]
    here = f"/agreements/partnerships/{world.partnership.pk}/health/"
    assert recipient.post(f"{here}OFFICE/", answers("3")).status_code == 403
    sent(office, f"{here}OFFICE/", **answers("4"))
    for reader in (office, recipient, signed_in["auditor"]):
        page = read(reader, here)
        assert "shown once both have given theirs" in page
        assert "because 4" not in page
    assert "health check" in read(recipient, "/desk/")
    sent(recipient, f"{here}RECIPIENT/", **answers("2"))
    page = read(signed_in["head"], here)
    for words in ("because 4", "because 2", "far apart", "Harmonised and aligned", "Gap analysis"):
        assert words in page
    assert recipient.post(f"{here}RECIPIENT/", answers("3")).status_code != 302
    assert HealthCheck.objects.count() == 2


def test_r109_calls_for_volunteers_are_a_step_away(
    signed_in: dict[str, Client], world: Agreed, client: Client
) -> None:
    assert "/teams/calls/" in read(signed_in["office"], WORK)
    assert "/teams/calls/" in read(signed_in["recipient"], "/agreements/")
    read(client, "/teams/calls/")


def test_r59_a_yearly_tour_is_a_programme_that_recurs(visitor: Client) -> None:
    tour = Programme.objects.get(kind=Programme.Kind.NATIONAL_TOUR)
    page = read(visitor, f"/programmes/{tour.key}/")
    assert "every year" in page
    assert "This year: no mission is entered" in page
    assert "Open a task sheet" not in page


def test_r59_the_office_is_asked_for_this_years_tour_until_it_is_entered(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    year, office = dt.datetime.now(dt.UTC).year, signed_in["office"]
    tour = world.programme
    Programme.objects.filter(pk=tour.pk).update(recurs="yearly", kind="NATIONAL_TOUR")
    asked = f"no mission of {year} is entered"
    assert asked in read(office, "/desk/")
    for other in ("recipient", "member", "auditor"):
        assert asked not in read(signed_in[other], "/desk/")
    last, now = (a_batch(number, a_series(tour)) for number in (1, 2))
    Mission.objects.filter(pk=last.pk).update(departed_on=f"{year - 1}-07")
    assert asked in read(office, "/desk/")
    Mission.objects.filter(pk=now.pk).update(departed_on=f"{year}-07")
    assert asked not in read(office, "/desk/")
    page = read(Client(), f"/programmes/{tour.key}/")
    assert f"/batches/{now.pk}/" in page.partition("This year:")[2][:200]
