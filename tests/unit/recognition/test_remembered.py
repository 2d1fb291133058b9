"""The fallen by name: sealed, shown only while a family consents, kept by the office alone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.models import Operation
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.recognition import queries
from marrow.recognition.actions import (
    correct_remembered,
    record_consent,
    remember,
    withdraw_consent,
)
from marrow.recognition.models import Consent, Remembered
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_programme, as_shown
from tests.builders.honouring import DAY, a_family, the_fallen

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
NAME = "Zhang Remembered Test"


def named(**told: object) -> Remembered:
    usual: dict[str, object] = {
        "name": NAME, "words": "A doctor.", "fell_on": "1975", "family": a_family(),
        "by": OFFICE, "at": NOW,
    }  # fmt: skip
    fallen = told.pop("fallen", None) or the_fallen(a_programme()).pk
    return remember(fallen=fallen, **{**usual, **told})  # type: ignore[arg-type]


def test_a_name_is_shown_while_the_family_consents_and_hidden_at_once() -> None:
    row = named()
    shown = queries.names_shown()
    assert [(s.name, s.words) for s in shown] == [(NAME, "A doctor.")]
    withdraw_consent(remembered=row.pk, by=OFFICE, at=NOW)
    assert queries.names_shown() == []
    with pytest.raises(Refused, match="No consent"):
        withdraw_consent(remembered=row.pk, by=OFFICE, at=NOW)
    record_consent(remembered=row.pk, family=a_family(covers="NAME"), by=OFFICE, at=NOW)
    assert [(s.name, s.words) for s in queries.names_shown()] == [(NAME, "")]


def test_no_name_is_kept_without_a_consent() -> None:
    for lacking in ({"name": " "}, {"relation": ""}, {"paper": ""}):
        with pytest.raises(Refused, match="family"):
            named(family=a_family(**lacking))
    with pytest.raises(Refused, match="shown"):
        named(family=a_family(covers="ALL"))
    with pytest.raises(Refused, match="future"):
        named(family=a_family(given_on=NOW.date() + DAY))
    assert not Remembered.objects.exists()
    assert not Consent.objects.exists()


def test_what_is_sealed_stands_nowhere_in_clear() -> None:
    row = named()
    assert NAME not in str(row)
    assert row.name == NAME
    kept = " ".join(Operation.objects.values_list("changes", flat=True))
    for words in (NAME, "A doctor.", "Li Test", "kept in the office"):
        assert words not in kept


def test_only_the_office_of_the_programme_keeps_names() -> None:
    fallen = the_fallen(a_programme())
    elsewhere = Viewer(uuid4(), "Else", (Grant("office", "programme", uuid4()),))
    for stranger in (AUDITOR, LEADER, elsewhere, Viewer()):
        with pytest.raises(Unseen):
            named(fallen=fallen.pk, by=stranger)
        assert queries.kept_names(stranger) == []
    row = named(fallen=fallen.pk)
    with pytest.raises(Unseen):
        withdraw_consent(remembered=row.pk, by=AUDITOR, at=NOW)


def test_no_more_names_than_the_source_counts() -> None:
    fallen = the_fallen(a_programme(), persons=1)
    named(fallen=fallen.pk)
    with pytest.raises(Refused, match="already"):
        named(fallen=fallen.pk, name="Another Test")


def test_a_misspelt_name_is_put_right_and_shown_so_while_the_consent_stays() -> None:
    row = named(fallen=the_fallen(a_programme(), persons=1).pk, name="Zhang Tset")
    told = {"words": "A doctor.", "fell_on": "1975-03", "by": OFFICE, "at": NOW}
    correct_remembered(remembered=row.pk, name="Zhang Test", **told)  # type: ignore[arg-type]
    assert [(s.name, s.fell_on) for s in queries.names_shown()] == [("Zhang Test", "1975-03")]
    with pytest.raises(Unseen):
        correct_remembered(remembered=row.pk, name="Other", **{**told, "by": AUDITOR})  # type: ignore[arg-type]
    with pytest.raises(Refused, match="family"):
        correct_remembered(remembered=row.pk, name=" ", **told)  # type: ignore[arg-type]
    withdraw_consent(remembered=row.pk, by=OFFICE, at=NOW)
    correct_remembered(remembered=row.pk, name="Zhang Testa", **told)  # type: ignore[arg-type]
    assert queries.names_shown() == []
    kept = " ".join(Operation.objects.values_list("changes", flat=True))
    assert "Zhang Test" not in kept


def test_the_office_corrects_a_name_on_its_page(signed_in: dict[str, Client]) -> None:
    row = named(name="Zhang Tset")
    where = f"/recognition/name/{row.pk}/correct/"
    assert where in signed_in["office"].get("/recognition/names/").content.decode()
    shown = as_shown(signed_in["office"].get(where).context["form"])
    answer = signed_in["office"].post(where, {**shown, "name": "Zhang Test"})
    assert answer.status_code == 302
    assert [(s.name, s.words) for s in queries.names_shown()] == [("Zhang Test", "A doctor.")]


def test_nobody_fell_in_days_to_come_and_no_family_consents_before_it_happened() -> None:
    row = named(fell_on="1975")
    with pytest.raises(Refused, match="not come yet"):
        named(fell_on="2999-01-01")
    with pytest.raises(Refused, match="not come yet"):
        correct_remembered(
            remembered=row.pk, name=NAME, words="", fell_on="2999-01-01", by=OFFICE, at=NOW
        )
    for day in (dt.date(1801, 1, 1), dt.date(1974, 12, 31)):
        with pytest.raises(Refused, match="too far back"):
            named(fell_on="1975", family=a_family(given_on=day))
        with pytest.raises(Refused, match="too far back"):
            record_consent(remembered=row.pk, family=a_family(given_on=day), by=OFFICE, at=NOW)
