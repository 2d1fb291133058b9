"""A slip of the hand names a patient: no words that strangers read take it; it can be mended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from marrow.agreements.actions.keeping import prove_first, prove_gain
from marrow.agreements.actions.lessons import prove_lesson
from marrow.agreements.models import First, Gain, Lesson
from marrow.capacity.actions import (
    appraise_hospital,
    decline_step,
    drop_step,
    end_supervision,
    offer_supervision,
    receive_machine,
    reword_step,
    tell_of_machine,
    tell_presence,
    void_evidence,
    void_step,
)
from marrow.capacity.models import Appraisal, Equipment, Presence, Step
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.desk.actions import say_also
from marrow.desk.queries import act_page
from marrow.entrusting.actions import propose_first
from marrow.entrusting.models import FirstTime
from marrow.need.actions import tell_outflow
from marrow.need.jobs import OUTFLOW
from marrow.need.models import Outflow
from marrow.sources.actions import map_columns, receive_file, start_intake
from marrow.sources.intake.kinds import guess
from tests.acceptance.test_r26_who_leaves import HEAD, work
from tests.builders import NOW, OFFICE, PAPER, a_programme
from tests.builders.capability import Ward, a_service, a_ward, climbed, proposed
from tests.builders.needing import a_lack

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
NAMED = "Patient John Smith died on the table"
GUARDED = "looks like a person’s name"


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def fell(ward: Ward, words: str = "The surgeon left") -> Step:
    """A step down that holds by the head's one signature."""
    item = a_service()
    climbed(ward, item, 5, TODAY)
    return proposed(ward, item, 4, TODAY, by=ward.head, reason=words)


def written_before_there_was_a_guard(row: Step) -> Step:
    Step.objects.filter(pk=row.pk).update(reason=NAMED)
    return row


def test_a_patients_name_is_refused_as_the_reason_of_a_step_down(ward: Ward) -> None:
    with pytest.raises(Refused, match=GUARDED):
        fell(ward, NAMED)
    assert not Step.objects.filter(level=4).exists()


def test_no_other_word_of_a_step_or_of_what_it_stands_on_names_a_patient(ward: Ward) -> None:
    held, waits = (
        climbed(ward, a_service(), 4, TODAY),
        proposed(ward, a_service("Dialysis"), 3, TODAY),
    )
    machine = receive_machine(
        organisation=ward.hospital.pk, machine=Equipment(id=uuid4(), label="Station"),
        by=ward.office, at=NOW,
    )  # fmt: skip
    told: dict[str, Any] = {"reason": NAMED, "by": ward.head, "at": NOW}
    supply = Presence(id=uuid4(), kind="SUPPLY", resource="BLOOD", count=0, on=TODAY, words=NAMED)
    acts: list[Callable[[], object]] = [
        lambda: void_step(step=held.pk, **told),
        lambda: drop_step(step=waits.pk, **told),
        lambda: decline_step(step=waits.pk, side="HEAD", **told),
        lambda: void_evidence(evidence=held.evidence.get().pk, **told),
        lambda: tell_of_machine(
            equipment=machine.pk, state="DOWN", on=TODAY, words=NAMED, by=ward.office, at=NOW
        ),
        lambda: receive_machine(
            organisation=ward.hospital.pk, machine=Equipment(id=uuid4(), label=NAMED),
            by=ward.office, at=NOW,
        ),
        lambda: tell_presence(
            organisation=ward.hospital.pk, presence=supply, by=ward.office, at=NOW
        ),
        lambda: say_also(
            label="capacity.evidence", record=held.evidence.get().pk,
            also={"how": {"en": NAMED}}, by=ward.office, at=NOW,
        ),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(Refused, match=GUARDED):
            act()


@pytest.mark.parametrize(
    "words", ["broke under Mrs Smith", "mme diallo est décédée", "为李女士手术"]
)
def test_no_machine_supply_supervision_or_appraisal_tells_who_by_a_title(
    ward: Ward, words: str
) -> None:
    machine = receive_machine(
        organisation=ward.hospital.pk, machine=Equipment(id=uuid4(), label="Station"),
        by=ward.office, at=NOW,
    )  # fmt: skip
    supply = Presence(id=uuid4(), kind="SUPPLY", resource="BLOOD", count=0, on=TODAY, words=words)
    watched = offer_supervision(
        organisation=ward.hospital.pk, specialty="NEPHROLOGY", from_on=TODAY,
        until_on=TODAY + dt.timedelta(days=30), by=ward.remote, at=NOW,
    )  # fmt: skip
    measured = Appraisal(id=uuid4(), dimension="SAFETY", as_of="2020", words=words)
    with pytest.raises(Refused, match=GUARDED):
        tell_of_machine(
            equipment=machine.pk, state="DOWN", on=TODAY, words=words, by=ward.office, at=NOW
        )
    with pytest.raises(Refused, match=GUARDED):
        tell_presence(organisation=ward.hospital.pk, presence=supply, by=ward.office, at=NOW)
    with pytest.raises(Refused, match=GUARDED):
        end_supervision(supervision=watched.pk, on=TODAY, reason=words, by=ward.remote, at=NOW)
    with pytest.raises(Refused, match=GUARDED):
        appraise_hospital(
            organisation=ward.hospital.pk, appraisal=measured, source=PAPER, by=ward.office,
            at=NOW,
        )  # fmt: skip
    told = "the only nurse, Mrs Barry, retired"
    tell_of_machine(
        equipment=machine.pk, state="DOWN", on=TODAY, words=told, by=ward.office, at=NOW
    )
    assert machine.changes.filter(words=told).exists()


def test_the_refusal_of_a_name_tells_a_way_out_that_works(ward: Ward) -> None:
    outs = {
        "en": ("Mrs Barry did it, she bled", "nurse Mrs Barry", "the nurse Mrs Barry left"),
        "fr": ("Mme Barry a saigné", "l’infirmière Mme Barry", "l’infirmière Mme Barry est partie"),
        "zh-hans": ("李女士术后出血", "护士李女士", "护士李女士离开了"),
    }
    row = fell(ward)
    for tongue, (refused, shown, kept) in outs.items():
        with translation.override(tongue), pytest.raises(Refused, match=shown):
            reword_step(step=row.pk, told={"reason": refused}, by=ward.head, at=NOW)
        worded = reword_step(step=row.pk, told={"reason": kept}, by=ward.head, at=NOW)
        assert worded.reason == kept


def test_a_machine_is_called_what_it_is_and_after_no_patient(ward: Ward) -> None:
    def labelled(label: str) -> Equipment:
        machine = Equipment(id=uuid4(), label=label)
        return receive_machine(
            organisation=ward.hospital.pk, machine=machine, by=ward.office, at=NOW
        )

    for label in ("Philips MR Ingenia 1.5T", "Mindray M Series monitor", "LC Ms Zeta", "mr zeta"):
        assert labelled(label).label == label
    for label in ("Mrs Smith’s ventilator", "Mr Diallo’s bed", "迪亚洛先生的呼吸机", NAMED):
        with pytest.raises(Refused, match=GUARDED):
            labelled(label)


def test_the_words_in_other_languages_are_held_to_the_rule_of_the_first(ward: Ward) -> None:
    row = fell(ward)
    also = {"reason": {"fr": "Saignement de Mme Smith"}}
    with pytest.raises(Refused, match=GUARDED):
        say_also(label="capacity.step", record=row.pk, also=also, by=ward.office, at=NOW)
    also = {"reason": {"fr": "La seule infirmière, Mme Barry, est partie"}}
    said = say_also(label="capacity.step", record=row.pk, also=also, by=ward.office, at=NOW)
    assert said.also("reason") == also["reason"]


def test_a_file_of_who_left_is_held_to_the_same_rule_as_the_form(
    signed_in: dict[str, Client], settings: object, tmp_path: object
) -> None:
    settings.UPLOADS = tmp_path  # type: ignore[attr-defined]
    lack = a_lack()
    telling = Outflow(
        id=uuid4(), item=lack.item, grain="YEAR", from_on=dt.date(2024, 1, 1), patients=3,
        told_from="the register", to_words="patient Li Ming went to Paris",
    )  # fmt: skip
    with pytest.raises(Refused, match=GUARDED):
        tell_outflow(outflow=telling, code="GN", by=OFFICE, at=NOW)
    rows = f"GN,{lack.item.key},,2024,3,,,,,,patient Li Ming told\n"
    rows += f"GN,{lack.item.key},,2023,3,patient Li Ming’s house,,,,,the register\n"
    rows += f"GN,{lack.item.key},,2022,3,,,,,,call 620 123 456\n"
    intake = receive_file(
        kind="outflow", name="left.csv", parts=[(HEAD + rows).encode()], by=OFFICE, at=NOW
    )
    map_columns(intake=intake.pk, mapping=guess(OUTFLOW, intake.header), title="Left",
                publisher="", by=OFFICE)  # fmt: skip
    shown = page(signed_in["office"], f"/imports/{intake.pk}/")
    assert "what looks like a patient’s name" in shown
    assert "what looks like a telephone, identity or file number" in shown
    start_intake(intake=intake.pk, by=OFFICE, at=NOW)
    work()
    assert not Outflow.objects.exists()


NUMBERS = ("ID 110101199003071234, bed 12", "tel 0612345678", "dossier 4451", "住院号20451")
FIGURES = ("4,451 visits in 2024-2025, I63.902", "13 586 000 habitants", "手术1200台，47.01/47.09")


@pytest.mark.parametrize("words", NUMBERS)
def test_no_number_that_tells_a_patient_stands_in_words_about_care(ward: Ward, words: str) -> None:
    number = "by which a person may be found"
    machine = receive_machine(
        organisation=ward.hospital.pk, machine=Equipment(id=uuid4(), label="Station"),
        by=ward.office, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match=number):
        fell(ward, words)
    with pytest.raises(Refused, match=number):
        tell_of_machine(
            equipment=machine.pk, state="DOWN", on=TODAY, words=words, by=ward.office, at=NOW
        )
    first = FirstTime(side="LOCAL", by_whom="LOCALS", happened_on="2024", evidence=words)
    tellings: list[Callable[[], object]] = [
        lambda: propose_first(organisation=ward.hospital.pk, first=first, by=ward.office, at=NOW),
        lambda: prove_gain(Gain(to=Gain.To.RECIPIENT, text=words)),
        lambda: prove_first(First(side=First.Side.RECIPIENT, text=words)),
        lambda: prove_lesson(Lesson(kind="LESSON", title="Stock", text=words, public=True)),
    ]
    for telling in tellings:
        with pytest.raises(Refused, match=number):
            telling()


@pytest.mark.parametrize("words", FIGURES)
def test_figures_years_and_codes_of_illnesses_stand_in_words_about_care(
    ward: Ward, words: str
) -> None:
    assert fell(ward, words).reason == words


@pytest.mark.parametrize(
    "words", ["Mr Bah, tel 0612345678", "Mrs Smith of the market, 42", "call 620 123 456"]
)
def test_who_told_of_those_who_left_and_where_to_names_nobody_and_no_telephone(
    signed_in: dict[str, Client], words: str
) -> None:
    item, office = a_lack().item, signed_in["office"]
    told = {"item": item.pk, "period": "2024", "patients": "3", "told_from": "the register"}
    for column in ("told_from", "to_words"):
        answer = office.post("/need/of/GN/left/", {**told, column: words})
        assert answer.status_code == 422, column
        assert "looks like a" in answer.content.decode()
    assert office.post("/need/of/GN/left/", told).status_code == 302


def test_its_own_side_puts_the_words_of_a_step_down_right_and_the_journal_keeps_them(
    ward: Ward, client: Client, signed_in: dict[str, Client]
) -> None:
    row = written_before_there_was_a_guard(fell(ward))
    where = f"/care/steps/{row.pk}/"
    assert "John Smith" in page(client, where)
    assert "Put its words right" not in page(client, where)
    assert signed_in["office"].post(f"{where}words/", {"reason": NAMED}).status_code == 422
    answer = signed_in["office"].post(f"{where}words/", {"reason": "One died on the table"})
    assert answer.status_code == 302
    for address in (where, f"/care/at/{ward.hospital.pk}/"):
        shown = page(client, address)
        assert "John Smith" not in shown
        assert "One died on the table" in shown
    assert "Its words were put right" in page(client, where)
    row.refresh_from_db()
    assert (row.state, row.level) == ("HOLDS", 4)
    kept = Operation.objects.get(record=row.pk, action="reword_step")
    assert "John Smith" in kept.changes


def test_words_that_were_put_right_stand_in_no_strangers_history(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    row = fell(ward, "the ward of Jones was empty")  # a shape of no name
    reword_step(step=row.pk, told={"reason": "an empty ward"}, by=ward.head, at=NOW)
    where = f"/history/capacity.step/{row.pk}/"
    assert "of Jones" in page(signed_in["office"], where)
    for who in ("unit", "member"):
        shown = page(signed_in[who], where)
        assert "Jones" not in shown
        assert "an empty ward" in shown
        assert "put right since, not shown" in shown


def test_nor_in_what_the_interface_for_programs_tells_strangers_page_by_page(
    ward: Ward, calling: dict[str, Client]
) -> None:
    row = fell(ward, "the ward of Jones was empty")
    reword_step(step=row.pk, told={"reason": "then of Jones too"}, by=ward.head, at=NOW)
    reword_step(step=row.pk, told={"reason": "an empty ward"}, by=ward.head, at=NOW)

    def told(who: str) -> str:
        where, found = f"/api/v1/records/capacity.step/{row.pk}/history?limit=1", ""
        while where:
            answer = calling[who].get(where)
            assert answer.status_code == 200, answer.content
            found += answer.content.decode()
            where = answer.json()["next"]
        return found

    assert "of Jones" in told("office")
    for who in ("unit", "member"):
        assert "Jones" not in told(who)
        assert told(who).count("put right since, not shown") == 4


def test_nor_on_the_page_of_the_act_for_the_office_of_another_programme(ward: Ward) -> None:
    row = fell(ward, "the ward of Jones was empty")
    reword_step(step=row.pk, told={"reason": "an empty ward"}, by=ward.head, at=NOW)
    act = Operation.objects.get(record=row.pk, action="reword_step").act
    sister = Viewer(uuid4(), "Sister", (Grant("office", PROGRAMME, a_programme("sister").pk),))

    def told(viewer: Viewer) -> str:
        return str([change for one in act_page(viewer, act, 1) for change in one.line.changes])

    assert "of Jones" in told(ward.office)
    assert "Jones" not in told(sister)
    assert "an empty ward" in told(sister)


def test_who_neither_keeps_a_step_nor_wrote_it_does_not_word_it_anew(ward: Ward) -> None:
    row = fell(ward)
    strangers = (ward.elsewhere, ward.remote, Viewer(None, ""))
    for who in strangers:
        with pytest.raises(NotAllowed):
            reword_step(step=row.pk, told={"reason": "Nobody is left"}, by=who, at=NOW)
    with pytest.raises(Refused):  # a step down never stands without its reason
        reword_step(step=row.pk, told={"reason": " "}, by=ward.head, at=NOW)
    with pytest.raises(Refused):
        reword_step(step=row.pk, told={"level": "5"}, by=ward.head, at=NOW)


def test_the_words_in_other_languages_go_with_the_words_that_were_put_right(ward: Ward) -> None:
    row = fell(ward)
    also = {"reason": {"fr": "Le chirurgien est parti"}}
    say_also(label="capacity.step", record=row.pk, also=also, by=ward.office, at=NOW)
    reworded = reword_step(step=row.pk, told={"reason": "It burnt"}, by=ward.head, at=NOW)
    with translation.override("fr"):
        assert reworded.said("reason") == "It burnt"
