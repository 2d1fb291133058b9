"""A ceremony honours everybody on its list in one act, on the records that they mean."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.core.words import Names, names
from marrow.missions.models import Honour
from marrow.people.models import Distinction
from marrow.programmes.models import Event
from marrow.recognition import queries
from marrow.recognition.actions import Awarded, honour_all, keep_agenda
from marrow.recognition.models import AgendaItem, Honouree
from marrow.recognition.rules.lists import Told, points, read
from marrow.sources.models import Fact
from tests.builders import (
    AUDITOR,
    NOW,
    OFFICE,
    PAPER,
    a_batch,
    a_person,
    a_programme,
    a_sending_hospital,
    a_series,
)
from tests.builders.honouring import a_ceremony

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
BEST = names("Outstanding group (invented)", "先进集体（虚构）")


def honoured(
    event: Event, groups: str = "", persons: str = "", award: Names = BEST, **told: Any
) -> list[Honouree]:
    usual: dict[str, Any] = {
        "groups": Awarded(read(groups), award), "body": {}, "source": PAPER, "by": OFFICE,
        "persons": Awarded(read(persons), names("Outstanding individual")), "at": NOW,
    }  # fmt: skip
    return honour_all(event=event.pk, **{**usual, **told})


def test_thirty_groups_and_sixty_persons_in_one_act() -> None:
    programme = a_programme()
    batch = a_batch(28, a_series(programme))
    unit = a_sending_hospital()
    known = a_person("Known Test", unit)
    event = a_ceremony(programme)
    groups = "\n".join([str(batch), *(f"Group {n} Test" for n in range(29))])
    persons = "\n".join([f"Known Test\t{unit}", *(f"Person {n} Test" for n in range(59))])
    made = honoured(event, groups, persons)
    assert len(made) == 90
    assert Honour.objects.get(mission=batch).names == BEST
    assert Honour.objects.filter(programme=programme, to="GROUPS", count=1).count() == 29
    distinction = Distinction.objects.get(person=known)
    assert distinction.given_on == "2026-11-20"
    assert Fact.objects.filter(about=distinction.pk, field="names").exists()
    with pytest.raises(Refused, match="new"):
        honoured(event, groups, persons)
    assert len(honoured(event, f"{groups}\nOne more Test", persons)) == 1
    assert [h.rank for h in queries.honourees(event, "GROUP")] == list(range(1, 32))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Outstanding group (invented) · Test group 01 (invented)"),
        ("zh-hans", "先进集体（虚构） · 演示集体01（虚构）"),
    ],
)
def test_the_public_page_calls_a_group_in_the_language_of_the_reader(
    client: Client, language: str, told: str
) -> None:
    (made,) = honoured(a_ceremony(a_programme()), "演示集体01（虚构）")
    made.tongues = {"name_told": {"en": "Test group 01 (invented)", "zh": "演示集体01（虚构）"}}
    made.save()
    page = client.get("/honours/", headers={"accept-language": language})
    shown = page.content.decode().replace("  ", " ")
    assert told in shown
    assert f"{BEST['en']} · 演示集体01" not in shown


def test_whom_a_list_means_is_told_before() -> None:
    programme = a_programme()
    event = a_ceremony(programme)
    one, other = a_sending_hospital("One Test Hospital"), a_sending_hospital("Two Test Hospital")
    a_person("Twin Test", one)
    mine = a_person("Twin Test", other)
    lines = [
        Told("Twin Test", ""), Told("twin test", "Two Test Hospital"), Told("Nobody Test", ""),
        Told("Nobody  Test", ""),
    ]  # fmt: skip
    found = queries.meant_people(OFFICE, event, lines)
    assert [m.state for m in found] == ["SEVERAL", "KNOWN", "AS_TOLD", "TWICE"]
    assert found[1].person == mine


def test_who_is_entered_later_gets_the_honour_when_the_list_is_sent_again() -> None:
    event = a_ceremony(a_programme())
    honoured(event, persons="Late Test\nOther Test")
    assert not Distinction.objects.exists()
    person = a_person("Late Test")
    assert [h.person for h in honoured(event, persons="Late Test\nOther Test")] == [person]
    assert Distinction.objects.get().person == person
    assert [h.rank for h in queries.honourees(event, "PERSON")] == [1, 2]


def test_a_wrong_list_is_taken_back_as_one_act() -> None:
    programme = a_programme()
    batch = a_batch(28, a_series(programme))
    event = a_ceremony(programme)
    honoured(event, f"{batch}\nGroup A Test", "Person A Test")
    undo(act=Operation.objects.order_by("-id")[0].act, by=OFFICE, at=NOW)
    assert not Honouree.objects.exists()
    assert not Honour.objects.exists()


def test_only_the_office_of_the_programme_honours() -> None:
    event = a_ceremony(a_programme())
    with pytest.raises(NotAllowed):
        honoured(event, "G", by=AUDITOR)
    elsewhere = Viewer(uuid4(), "Else", (Grant("office", "programme", uuid4()),))
    for stranger in (elsewhere, Viewer()):
        with pytest.raises(Unseen):
            honoured(event, "G", by=stranger)
    with pytest.raises(Refused, match="called"):
        honoured(event, "G", award={})


def test_the_order_of_the_day_is_kept_and_gives_way() -> None:
    event = a_ceremony(a_programme())
    first = [("09:00", "Opening", "Chair"), ("09:10", "Honours", "")]
    keep_agenda(event=event.pk, items=first, by=OFFICE, at=NOW)
    assert queries.agenda_lines(event) == "09:00; Opening; Chair\n09:10; Honours"
    keep_agenda(event=event.pk, items=[("", "Photograph", "")], by=OFFICE, at=NOW)
    assert [i.agenda_point for i in AgendaItem.objects.filter(event=event)] == ["Photograph"]


def test_lists_are_read_as_people_write_them() -> None:
    text = "姓名\t单位\n1. 王试\t一院\n\n2、李试；二院\n3\t赵试\t三院"
    assert read(text) == [Told("王试", "一院"), Told("李试", "二院"), Told("赵试", "三院")]


@pytest.mark.parametrize(
    "heading",
    [
        "序号\t集体名称\t单位",
        "Nom et prénom; Hôpital",
        "N°\tNom et prénom\tHôpital",
        "No. | Name | Unit",
    ],
)
def test_the_heading_of_a_pasted_list_is_not_honoured(heading: str) -> None:
    assert read(f"{heading}\n1\t医疗队甲\t北京医院") == [Told("医疗队甲", "北京医院")]


def test_an_order_of_the_day_is_read_line_by_line() -> None:
    text = "9:00; Opening; Chair\n–; Tea\nPhotograph\n10：30；颁奖；主任"
    assert points(text) == [
        ("09:00", "Opening", "Chair"), ("", "Tea", ""), ("", "Photograph", ""),
        ("10:30", "颁奖", "主任"),
    ]  # fmt: skip
