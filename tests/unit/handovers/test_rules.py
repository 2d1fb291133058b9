"""Pure decisions about handovers."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.core.partial_dates import months_after
from marrow.handovers.rules.following import overdue
from marrow.handovers.rules.privacy import name_in, number_in, patient_in
from marrow.handovers.rules.signing import Signed, differing, fingerprint, missing


@pytest.mark.parametrize(
    "text",
    [
        "call 13900001111", "+224 622 12 34 56", "tel (010) 6552-1234", "110101199003077777",
        "id 11010119900307123X", "passport E12345678", "dossier AB 123456",
        "电话13900001111", "身份证号110101199003077777", "１３９００００１１１１",
    ],
)  # fmt: skip
def test_telephone_and_identity_numbers_are_found(text: str) -> None:
    assert number_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "plates out by 2026-11-21",
        "3 of 12 doses",
        "500 mg twice",
        "le 21/11/2026",
        "2026/11/21",
        "ward 12, bed 4",
        "两人需二次手术",
    ],
)
def test_days_doses_and_beds_are_no_numbers_of_people(text: str) -> None:
    assert not number_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mamadou Diallo, wound", "M. Diallo", "Mme Camara: plaie", "seen with Mrs Smith",
        "Mamadou DIALLO", "DIALLO Mamadou", "name: x", "患者王小明，骨折", "李先生需拔钉", "张某某",
        "姓名：赵一", "patient Diallo", "患者Mamadou Diallo",
    ],
)  # fmt: skip
def test_what_looks_like_a_name_is_found(text: str) -> None:
    assert name_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two need plates removed", "患者需要拔钉", "两名患者高血压需随访",
        "une reprise de cicatrice",
        "Kirschner wires out in 6 weeks", "an anaesthetic nurse of theatre 2", "患者马上需要透析",
    ],
)  # fmt: skip
def test_needs_without_names_stand(text: str) -> None:
    assert not name_in(text)


def test_a_patient_is_no_promise() -> None:
    assert patient_in("told patient Diallo that he comes back")
    assert not patient_in("Reagents for Donka Hospital")


def test_the_same_content_has_one_fingerprint_whatever_its_order() -> None:
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})


def test_missing_and_differing_sides_are_named() -> None:
    signed = [Signed("RECIPIENT", "x"), Signed("OUTGOING", "y")]
    assert missing(signed) == ["INCOMING"]
    assert differing(signed, "y") == ["RECIPIENT"]


def test_months_after_a_long_month_end_on_its_last_day() -> None:
    assert months_after(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert months_after(dt.date(2026, 12, 31), 12) == dt.date(2027, 12, 31)
    assert months_after(dt.date(2026, 11, 24), 1) == dt.date(2026, 12, 24)


def test_what_has_no_day_is_never_late() -> None:
    today = dt.date(2026, 11, 24)
    assert not overdue(None, today)
    assert not overdue(today, today)
    assert overdue(today - dt.timedelta(days=1), today)
