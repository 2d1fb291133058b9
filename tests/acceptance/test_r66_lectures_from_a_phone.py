"""R66: lectures and surgical demonstrations, recorded on a phone where they were held."""

from __future__ import annotations

import csv
import datetime as dt
import io
from uuid import uuid4

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from marrow.accounts.models import Account
from marrow.activity.models import Deed
from marrow.activity.rules.kinds import REACHING
from marrow.briefs import plain
from marrow.briefs.models import Brief
from marrow.briefs.queries.figures import figures_of
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def test_r66_a_lecture_and_a_demonstration_are_two_figures_with_their_rows(team: Calling) -> None:
    team.records("LECTURE", specialty="PAEDIATRICS")
    team.records("LECTURE", held_on="2026-11-19", reached=45)
    team.records("DEMONSTRATION", with_whom="Dr Test")
    page = team.page("months/?year=2026")
    assert "lectures" in page
    assert "demonstrations" in page
    rows = team.page("rows/?kind=LECTURE&year=2026")
    assert rows.count("a single record") == 2
    assert "people reached: 45" in rows
    assert "with Dr Test" in team.page("rows/?kind=DEMONSTRATION&year=2026")


def test_r66_one_that_was_recorded_twice_is_taken_back_and_counts_no_more(team: Calling) -> None:
    twice = team.records("LECTURE", reached=30)
    team.records("LECTURE", reached=30)
    team.sends("record", "void", {"reason": "recorded twice"}, twice)
    assert team.page("rows/?kind=LECTURE&year=2026").count("a single record") == 1


def test_r66_how_many_it_reached_is_put_right_and_stands_in_the_months_brief(team: Calling) -> None:
    first = team.records("LECTURE", reached=45)
    team.records("LECTURE", specialty="PAEDIATRICS")
    team.records("DEMONSTRATION", reached=12)
    team.sends("record", "set", {"reached": 50}, first, b={"reached": 45}, s=2)
    brief = {f.code: f for f in figures_of(team.team.mission, dt.date(2026, 11, 1))}
    assert (brief["LECTURE"].value, brief["LECTURE"].reached) == ("2", "50")
    assert brief["DEMONSTRATION"].reached == "12"
    assert brief["FREE_CLINIC"].reached is None, "unknown, never nought"
    told = b"".join(
        team.office.get(  # type: ignore[attr-defined]
            f"/activity/missions/{team.team.mission.pk}/table.csv?year=2026"
        ).streaming_content
    ).decode("utf-8-sig")
    assert sorted(row["People reached"] for row in csv.DictReader(io.StringIO(told))) == [
        "", "12", "50",
    ]  # fmt: skip


def test_r66_the_brief_says_how_many_lectures_are_not_in_the_sum_of_people(team: Calling) -> None:
    """As the phone does: on its page, on its papers in three languages, and to programs."""
    for reached in (45, 52, 12, None):
        told = {} if reached is None else {"reached": reached}
        team.records("LECTURE", specialty="PAEDIATRICS", **told)
    team.records("FREE_CLINIC", specialty="PAEDIATRICS")
    team.records("DEMONSTRATION", reached=7)
    mission = team.team.mission.pk
    where = team.office.post(f"/briefs/teams/{mission}/write/2026-11/", {"text_fr": "Voilà"})
    brief = where.headers["Location"]
    shown = team.office.get(brief, headers={"accept-language": "en"}).content.decode()
    assert "people reached: 109 (1 not counted)" in shown
    assert "people reached: unknown" in shown, "of a clinic nobody told it"
    assert "people reached: 7<" in shown, "a whole sum is told as one"
    for tongue, words in (
        ("en", "4 (people reached: 109 (1 not counted))"),
        ("fr", "personnes touchées : 109 (1 non compté)"),
        ("zh-hans", "惠及人数：109 （另有 1 条未填）"),
    ):
        paper = text_of(team.office.get(f"{brief}brief-{tongue}.pdf").content)
        assert plainly(words) in plainly(paper), paper
    figures = plain.brief(Brief.objects.get())["figures"]
    assert {f["code"]: (f["reached"], f["untold"]) for f in figures if f["code"] in REACHING} == {
        "LECTURE": ("109", "1"), "FREE_CLINIC": (None, "1"), "DEMONSTRATION": ("7", None),
    }  # fmt: skip


def text_of(paper: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in PdfDocument(paper))


def plainly(text: str) -> str:
    """Without blanks and ends of lines, of which a page has its own."""
    return "".join(text.split())


def test_r66_a_lecture_of_which_nothing_is_told_waits_for_a_person_and_says_why(
    team: Calling,
) -> None:
    data = {**team.where, "held_on": "2026-11-20", "kind": "LECTURE", "count": 1}
    line = {"r": str(uuid4()), "t": "record", "k": "create", "d": data}
    team.phone.line({**line, "s": 2})
    assert [n["why"] for n in team.phone.push().notes] == ["NOTHING-TOLD"]
    assert "nothing is told of it" in team.office.get("/phones/set-aside/").content.decode()
    team.phone.line({**line, "d": {**data, "reached": -1}, "s": 2})
    team.phone.line({**line, "d": {**data, "kind": "ADVICE", "reached": 4}, "s": 2})
    team.phone.line({**line, "d": {**data, "reached": "4"}, "s": 2})
    assert [n["why"] for n in team.phone.push(first=2).notes] == [
        "REFUSED", "REFUSED", "MALFORMED",
    ]  # fmt: skip
    assert not Deed.objects.exists()


def test_r66_a_phone_that_was_not_asked_yet_is_taken_as_it_is(team: Calling) -> None:
    """Its user recorded the lecture before the app asked for more; nobody can be asked again."""
    data = {**team.where, "held_on": "2026-11-20", "kind": "LECTURE", "count": 1}
    record = team.sends("record", "create", data, s=1)
    assert Deed.objects.get(pk=record).people_reached is None


@pytest.mark.parametrize("kind", ["LECTURE", "DEMONSTRATION", "FREE_CLINIC", "PUBLIC_HEALTH"])
def test_r66_the_offices_form_refuses_one_of_which_nothing_is_told(
    team: Calling, kind: str
) -> None:
    address = f"/activity/hospitals/{team.team.site.organisation_id}/record/"
    told = {"kind": kind, "held_on": "2026-11-20", "count": "1", "mission": team.where["mission"]}
    answer = team.office.post(address, told)
    assert (answer.status_code, Deed.objects.count()) == (422, 0)
    assert "Nothing is told of it yet." in answer.content.decode()
    assert team.office.post(address, {**told, "people_reached": "60"}).status_code == 302
    assert Deed.objects.get().people_reached == 60
