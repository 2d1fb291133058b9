"""R39, R41: thirty outstanding groups and sixty outstanding persons are honoured at a ceremony."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from marrow.missions.models import Honour
from marrow.people.models import Distinction
from marrow.programmes.models import Programme
from marrow.recognition.models import AgendaItem, Honouree
from tests.builders import a_batch, a_person, a_programme, a_sending_hospital, a_series, an_honour
from tests.builders.honouring import a_ceremony

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SENT = {
    "group_award_en": "Outstanding group", "group_award_zh": "先进集体",
    "person_award_en": "Outstanding individual", "person_award_zh": "先进个人",
    "body": "Commission (invented)", "source": "List of honours",
    "words": "thirty groups and sixty persons",
}  # fmt: skip


@pytest.fixture
def programme(people: object) -> Programme:
    return a_programme()


def test_r41_thirty_groups_and_sixty_persons_in_one_act(
    programme: Programme, signed_in: dict[str, Client]
) -> None:
    office, event = signed_in["office"], a_ceremony(programme)
    batch, unit = a_batch(28, a_series(programme)), a_sending_hospital()
    known = a_person("Known Test", unit)
    sheet = f"kind,name,unit\ngroup,{batch},\nperson,Known Test,{unit}\n"
    sheet += "".join(f"group,Group {n} Test,\n" for n in range(29))
    sheet += "".join(f"person,Person {n} Test,\n" for n in range(59))
    address = f"/recognition/ceremonies/{event.pk}/"
    file = SimpleUploadedFile("list.csv", sheet.encode())
    looked = office.post(f"{address}honour/", {"look": "1", "file": file})
    assert looked.status_code == 200
    page = looked.content.decode()
    assert page.count("not known here: stands on the list alone") == 88
    assert not Honouree.objects.exists(), "looking writes nothing"
    form = looked.context["form"]
    lists = {name: form.initial[name] for name in ("groups", "persons")}
    refused = office.post(f"{address}honour/", {**lists, "honour": "1"})
    assert refused.status_code == 422
    done = office.post(f"{address}honour/", {**lists, **SENT, "honour": "1"}, follow=True)
    assert "groups 30, persons 60" in done.content.decode()
    assert Honouree.objects.count() == 90
    assert Honour.objects.get(mission=batch).names["zh"] == "先进集体"
    assert Distinction.objects.get(person=known).body == "Commission (invented)"
    with CaptureQueriesContext(connection) as asked:
        page = office.get(address).content.decode()
    assert len(asked) <= 30
    assert "Group 28 Test" in page
    assert f"/people/{known.pk}/" in page
    assert "Outstanding group" in Client().get("/honours/").content.decode()
    assert "Person 3 Test" not in Client().get("/honours/").content.decode()


def test_r41_the_programme_is_printed_with_its_order_of_the_day(
    programme: Programme, signed_in: dict[str, Client]
) -> None:
    office, event = signed_in["office"], a_ceremony(programme)
    address = f"/recognition/ceremonies/{event.pk}/"
    items = "9:00; Opening {{ words }}; Chair\n9:10; Honours"
    assert office.post(f"{address}agenda/", {"items": items}).status_code == 302
    office.post(f"{address}honour/", {"groups": "Group A Test", **SENT, "honour": "1"})
    file = office.get(f"{address}programme.docx").getvalue()
    paper = Document(io.BytesIO(file))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "09:00" in text
    assert "Opening" in text
    assert "Group A Test" in paper.tables[0].rows[1].cells[1].text
    table = b"".join(office.get(f"{address}honoured.csv")).decode()
    assert "Group A Test" in table


@pytest.mark.parametrize("ending", ["programme.docx", "honoured.csv", "honoured.xlsx"])
def test_r41_the_files_of_a_ceremony_speak_the_language_of_the_reader(
    programme: Programme, signed_in: dict[str, Client], ending: str
) -> None:
    office, event = signed_in["office"], a_ceremony(programme)
    address = f"/recognition/ceremonies/{event.pk}/"
    office.post(f"{address}agenda/", {"items": "9:00; 开幕; 陈伟"})
    office.post(f"{address}honour/", {"groups": "演示集体01\t演示医院", **SENT, "honour": "1"})
    spoken: list[tuple[Any, dict[str, str]]] = [
        (AgendaItem.objects.get(), {"agenda_point": "Ouverture", "agenda_who": "Chen Wei"}),
        (Honouree.objects.get(), {"name_told": "Groupe 01", "unit_told": "Hôpital d’essai"}),
    ]
    for row, words in spoken:
        row.tongues = {column: {"fr": said} for column, said in words.items()}
        row.save()
    answer = office.get(f"{address}{ending}", headers={"accept-language": "fr"})
    file = b"".join(answer) if answer.streaming else answer.content
    text = _words_of(file, ending)
    assert "Groupe 01" in text
    assert "Hôpital d’essai" in text
    assert ("Ouverture" in text) == ("Chen Wei" in text) == (ending == "programme.docx")
    assert not re.search("[\u4e00-\u9fff]", text)


def _words_of(file: bytes, ending: str) -> str:
    if ending.endswith("csv"):
        return file.decode()
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return unescape(
            "".join(
                parts.read(name).decode()
                for name in parts.namelist()
                if name.startswith(("word/document", "xl/worksheets/", "xl/sharedStrings"))
            )
        )


def test_r41_who_may_look_and_who_may_not(
    programme: Programme, signed_in: dict[str, Client]
) -> None:
    address = f"/recognition/ceremonies/{a_ceremony(programme).pk}/"
    assert signed_in["auditor"].get(address).status_code == 200
    assert signed_in["auditor"].get(f"{address}honour/").status_code == 403
    assert signed_in["member"].get(address).status_code == 403
    assert signed_in["stranger"].get(address).status_code == 302


def test_r39_what_the_demonstration_invented_stands_apart_below_what_is_real(
    programme: Programme, people: object
) -> None:
    demonstration = a_programme("demonstration-test")
    Programme.objects.filter(pk=demonstration.pk).update(invented=True)
    an_honour(a_batch(3, a_series(demonstration)), "Lantern", given_on="2026")
    an_honour(a_batch(28, a_series(programme)), "Real Medal", given_on="1998")
    page = Client().get("/honours/").content.decode()
    real, invented = page.split('id="invented"')
    assert "Real Medal" in real
    assert "Lantern" not in real
    assert "Lantern" in invented
