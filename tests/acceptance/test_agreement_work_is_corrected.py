"""What was entered wrongly is corrected on its own form, or taken back with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.agreements.actions import tell_gain, write_lesson
from marrow.agreements.models import Gain, Lesson, PlanPeriod, Requirement, TaskLine, TaskSheet
from marrow.core.models import Operation, Record
from marrow.sources.models import Fact
from tests.builders import NOW, PAPER
from tests.builders.agreeing import Agreed, a_requirement, a_sheet, a_task, agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SOURCE = {"source": "A letter", "words": "what the letter says"}


@pytest.fixture
def world(signed_in: dict[str, Client]) -> Agreed:
    return agreed()


def a_gain(world: Agreed) -> Gain:
    return tell_gain(
        programme=world.programme.key, to="SENDER", text="Young docters grow", language="en",
        source=PAPER, by=world.office, at=NOW,
    )  # fmt: skip


def form(client: Client, part: str, row: Record) -> dict[str, str]:
    """What the form of change carries: the values, and what its person saw."""
    answer = client.get(f"/agreements/entries/{part}/{row.pk}/change/")
    assert answer.status_code == 200
    shown = answer.context["form"]
    told = {}
    for bound in shown:
        value = bound.value()
        told[bound.html_name] = "" if value is None else str(value)
        if bound.field.show_hidden_initial:
            told[bound.html_initial_name] = told[bound.html_name]
    return told


def changed(client: Client, part: str, row: Record, **told: str) -> int:
    whole = {**form(client, part, row), **told}
    answer = client.post(f"/agreements/entries/{part}/{row.pk}/change/", whole)
    return answer.status_code


def test_a_benefit_is_corrected_and_its_new_words_have_a_source(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    row, office = a_gain(world), signed_in["office"]
    assert changed(office, "benefit", row, text="Young doctors grow") == 422  # no source
    assert changed(office, "benefit", row, text="Young doctors grow", **SOURCE) == 302
    page = office.get(f"/agreements/of/{world.programme.key}/").content.decode()
    assert "Young doctors grow" in page
    assert "docters" not in page
    told = Fact.objects.filter(about=row.pk, field="text")
    assert {f.value: f.standing for f in told} == {
        "Young docters grow": "ALSO", "Young doctors grow": "SHOWN",
    }  # fmt: skip


def test_what_somebody_else_changed_meanwhile_is_asked_again(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    row, office = a_task(world, a_sheet(world)), signed_in["office"]
    mine = form(office, "task", row)
    assert changed(office, "task", row, text="Train twelve nurses") == 302
    here = f"/agreements/entries/task/{row.pk}/change/"
    answer = office.post(here, {**mine, "text": "Train some nurses"})
    assert answer.status_code == 409
    assert "Train twelve nurses" in answer.content.decode()
    assert office.post(here, {**mine, "aim": "14"}).status_code == 302
    row.refresh_from_db()
    assert (row.text, str(row.aim)) == ("Train twelve nurses", "14.00")


def test_a_correction_is_proved_as_an_entry_is(signed_in: dict[str, Client], world: Agreed) -> None:
    asked, office = a_requirement(world), signed_in["office"]
    period = PlanPeriod.objects.get()
    assert changed(office, "period", period, ends_on="2020", **SOURCE) == 422
    assert changed(office, "period", period, ends_on="2029", name_fr="Plan", **SOURCE) == 302
    period.refresh_from_db()
    assert (period.ends_on, period.names["fr"]) == ("2029", "Plan")
    a_sheet(world, 2025)
    assert changed(office, "sheet", a_sheet(world), year="2025") == 422
    assert changed(office, "requirement", asked, text=" ", **SOURCE) == 422


def test_an_entry_is_taken_back_with_a_reason_and_not_while_others_hang_on_it(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    sheet, office = a_sheet(world), signed_in["office"]
    line, gain = a_task(world, sheet), a_gain(world)
    asked = a_requirement(world)
    back = "/agreements/entries/{}/{}/take-back/"
    assert office.post(back.format("sheet", sheet.pk), {"reason": "twice"}).status_code == 422
    for part, row in (
        ("task", line), ("sheet", sheet), ("benefit", gain), ("requirement", asked),
    ):  # fmt: skip
        address = back.format(part, row.pk)
        assert office.post(address, {"reason": ""}).status_code == 422
        answer = office.post(address, {"reason": "entered twice"})
        assert answer.status_code == 302
        assert office.get(answer["Location"]).status_code == 200
        assert office.get(address).status_code == 404
    for model in (TaskLine, TaskSheet, Gain, Requirement):
        assert not model._base_manager.exists()
    assert not Fact.objects.filter(about=gain.pk).exists()
    assert Operation.objects.filter(record=gain.pk, note="entered twice").exists()


def test_a_lesson_is_corrected_where_it_stands_and_leaves_when_taken_back(
    signed_in: dict[str, Client], world: Agreed
) -> None:
    row = write_lesson(
        programme=world.programme.key, kind="LESSON", title="Wards", text="Two nurses each.",
        language="en", by=world.office, at=NOW,
    )  # fmt: skip
    office = signed_in["office"]
    assert changed(office, "lesson", row, title="Wards at night", public="on") == 302
    page = Client().get(f"/agreements/lessons/{row.pk}/").content.decode()
    assert "Wards at night" in page
    assert "/change/" not in page
    address = f"/agreements/entries/lesson/{row.pk}/take-back/"
    assert office.post(address, {"reason": "not ours"}).status_code == 302
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("what", ["change", "take-back"])
def test_only_the_programmes_office_corrects(
    signed_in: dict[str, Client], world: Agreed, what: str
) -> None:
    address = f"/agreements/entries/benefit/{a_gain(world).pk}/{what}/"
    assert signed_in["recipient"].get(address).status_code == 403
    assert signed_in["auditor"].get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert signed_in["office"].get(address.replace("benefit", "nothing")).status_code == 404
