"""Whoever enters an organisation, a name, a spelling or a department names the source."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.models import Operation
from marrow.directory.actions import name_organisation, open_department
from marrow.directory.models import Alias, Area, Department, Grade, Organisation
from marrow.sources.models import Fact
from tests.builders import NOW, OFFICE, PAPER, a_hospital

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOURCE = {"source": "A letter", "words": "as the letter says it"}


def told_of(row: Any) -> dict[str, str]:
    facts = Fact.objects.filter(about=row.pk, quote__document__title="A letter", standing="SHOWN")
    return {f.field: f.value for f in facts}


def opens(client: Client, row: Organisation, *sources: tuple[Any, str]) -> None:
    """The page of the organisation leads to these sources, and they are there."""
    shown = client.get(f"/directory/{row.pk}/").content.decode()
    for about, field in sources:
        (address,) = {a for a in shown.split('"') if f"{about.pk}/{field}/" in a}
        assert client.get(address).status_code == 200


def test_an_organisation_is_entered_with_its_source(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    told = {"name_fr": "Hôpital Neuf", "kind": "HOSPITAL", "area": "GN"}
    bare = signed_in["office"].post("/directory/new/", told)
    assert bare.status_code == 422
    assert {"source", "words"} <= set(bare.context["form"].errors)
    assert signed_in["office"].post("/directory/new/", {**told, **SOURCE}).status_code == 302
    row = Organisation.objects.get()
    assert told_of(row) == {"names": "Hôpital Neuf", "kind": "HOSPITAL", "area_id": "GN"}
    opens(signed_in["stranger"], row, (row, "names"), (row, "kind"), (row, "area_id"))
    acts = set(Operation.objects.filter(action="enter_organisation").values_list("model", "by"))
    assert {"directory.organisation", "sources.fact"} <= {model for model, _by in acts}


def test_a_name_is_asked_for_beside_its_field(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    told = {**SOURCE, "kind": "HOSPITAL", "area": "GN"}
    answer = signed_in["office"].post("/directory/new/", told)
    assert answer.status_code == 422
    assert "name_en" in answer.context["form"].errors


PARTS: tuple[tuple[str, type[Any], dict[str, Any], dict[str, str]], ...] = (
    ("alias", Alias, {"text": "Kipé", "language": "fr"}, {"text": "Kipé"}),
    ("department", Department, {"kind": "CLINICAL", "name_en": "Surgery"}, {"names": "Surgery"}),
)


def test_a_grade_told_again_with_another_day_and_source_is_kept_and_the_first_stays_beside_it(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    office, hospital = signed_in["office"], a_hospital()
    address, shown = f"/directory/{hospital.pk}/change/", f"/directory/{hospital.pk}/"
    told = {"what": "grade", "grade": "三甲", "words": "reached the grade"}
    for day, source in (("2020-03", "A letter"), ("2021-06", "A notice"), ("", "A third paper")):
        sent = {**told, "attained_on": day, "source": source}
        assert office.post(address, sent).status_code == 302, day
    grade = Grade.objects.get()
    assert grade.attained_on == "2021-06"
    days = Fact.objects.filter(about=grade.pk, field="attained_on")
    standing = set(days.values_list("value", "standing", "quote__document__title"))
    assert standing == {("2020-03", "ALSO", "A letter"), ("2021-06", "SHOWN", "A notice")}
    page = signed_in["stranger"].get(shown).content.decode()
    assert "三甲 · 2021-06" in page
    assert "also told: 2020-03" in page
    assert "3 sources" in page
    opens(signed_in["stranger"], hospital, (grade, "attained_on"))


def test_a_grade_of_a_day_to_come_is_not_attained(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    hospital = a_hospital()
    told = {"what": "grade", "grade": "三甲", "attained_on": f"{NOW.year + 1}-02", **SOURCE}
    answer = signed_in["office"].post(f"/directory/{hospital.pk}/change/", told)
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert not Grade.objects.exists()


@pytest.mark.parametrize(("what", "model", "said", "facts"), PARTS, ids=[p[0] for p in PARTS])
def test_a_part_is_entered_with_its_source(
    what: str, model: type[Any], said: dict[str, Any], facts: dict[str, str],
    signed_in: dict[str, Client], places: dict[str, Area],
) -> None:  # fmt: skip
    hospital = a_hospital()
    address = f"/directory/{hospital.pk}/change/"
    bare = signed_in["office"].post(address, {"what": what, **said})
    assert bare.status_code == 422
    assert "words" in bare.context[f"{what}_form"].errors
    assert not model.objects.exists()
    answer = signed_in["office"].post(address, {"what": what, **said, **SOURCE})
    assert answer.status_code == 302
    row = model.objects.get()
    assert told_of(row) == facts
    opens(signed_in["stranger"], hospital, *((row, field) for field in facts))


def test_a_new_name_has_its_source_and_two_who_write_it_lose_nothing(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    hospital = a_hospital("Ancien")
    address = f"/directory/{hospital.pk}/change/"
    began = {"what": "names", **SOURCE, "initial-name_fr": "Ancien"}
    assert signed_in["office"].post(address, {**began, "name_fr": "Neuf"}).status_code == 302
    assert told_of(hospital) == {"names": "Neuf"}
    late = signed_in["office"].post(address, {**began, "name_fr": "Autre"})
    assert late.status_code == 409
    assert 'value="Autre"' in late.content.decode()
    both = signed_in["office"].post(address, {**began, "name_fr": "Ancien", "name_zh": "新医院"})
    assert both.status_code == 302
    assert Organisation.objects.get(pk=hospital.pk).names == {"fr": "Neuf", "zh": "新医院"}


def test_a_department_that_is_known_keeps_a_second_source(places: dict[str, Area]) -> None:
    hospital = a_hospital()
    made: dict[str, Any] = {
        "organisation": hospital.pk,
        "kind": "CLINICAL",
        "names": {"en": "Surgery"},
    }
    first = open_department(**made, by=OFFICE, at=NOW)  # an import keeps facts of its own
    assert not Fact.objects.exists()
    again = open_department(**made, source=PAPER, by=OFFICE, at=NOW)
    assert again == first
    assert Fact.objects.get(about=first.pk).quote.document.title == "A paper"


def test_the_history_of_a_new_french_name_tells_it_to_a_reader_of_english(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    row = a_hospital("Hôpital Ancien")
    named = {"en": "Test Hospital", "fr": "Hôpital Ancien"}
    name_organisation(organisation=row.pk, names=named, by=OFFICE, at=NOW, source=PAPER)
    named = {**named, "fr": "Hôpital Nouveau"}
    name_organisation(organisation=row.pk, names=named, by=OFFICE, at=NOW, source=PAPER)
    page = signed_in["office"].get(f"/history/directory.organisation/{row.pk}/").content.decode()
    assert "français: Hôpital Ancien" in page
    assert "français: Hôpital Nouveau" in page
