"""Clocks, pictures, consent and fingerprints of consults, without a database."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from PIL import Image

from marrow.consults.rules.cases import consent_is_missing
from marrow.consults.rules.clocks import Left, answer_by, left, order, quantile
from marrow.consults.rules.signing import fingerprint
from marrow.sync.rules import pictures
from marrow.sync.rules.pictures import NoPicture, drawn_anew
from tests.builders import NOW
from tests.builders.consulting import CASE, a_photograph

HOUR = dt.timedelta(hours=1)


def test_an_emergency_is_answered_within_an_hour() -> None:
    assert answer_by("EMERGENCY", NOW) == NOW + HOUR
    assert answer_by("URGENT", NOW) == NOW + 6 * HOUR
    assert answer_by("ROUTINE", NOW) == NOW + 24 * HOUR


def test_what_is_left_is_told_in_whole_minutes() -> None:
    assert left(NOW + 90 * HOUR / 60, NOW) == Left(False, 1, 30)
    assert left(NOW, NOW + 2 * HOUR) == Left(True, 2, 0)


def test_the_most_urgent_comes_first_then_the_least_time() -> None:
    cases = [("ROUTINE", NOW), ("URGENT", NOW + HOUR), ("URGENT", NOW), ("EMERGENCY", None)]
    ranked = sorted(cases, key=lambda c: order(*c))
    assert ranked == [cases[3], cases[2], cases[1], cases[0]]


def test_the_median_and_the_tail_are_waits_that_were_waited() -> None:
    waits = [n * HOUR for n in range(1, 11)]
    assert quantile(waits, 0.5) == 5 * HOUR
    assert quantile(waits, 0.9) == 9 * HOUR
    assert quantile([HOUR], 0.5) == HOUR
    assert quantile([], 0.5) is None


@pytest.mark.parametrize(
    ("by", "how", "priority", "missing"),
    [
        ("PATIENT", "SPOKEN", "ROUTINE", False),
        ("NOBODY", "LATER", "EMERGENCY", False),
        ("NOBODY", "LATER", "URGENT", True),
        ("NOBODY", "SPOKEN", "EMERGENCY", True),
        ("PATIENT", "LATER", "EMERGENCY", True),
    ],
)
def test_only_in_danger_of_life_a_case_goes_without_consent(
    by: str, how: str, priority: str, missing: bool
) -> None:
    case = replace(CASE, consent_by=by, consent_how=how, priority=priority)
    assert consent_is_missing(case) is missing


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_what_the_camera_wrote(kind: str) -> None:
    data = a_photograph(kind)
    assert b"OWNER-OF-CAMERA" in data
    picture = drawn_anew(data)
    again = Image.open(io.BytesIO(picture.data))
    assert again.format == "JPEG"
    assert b"OWNER-OF-CAMERA" not in picture.data
    assert not dict(again.getexif())
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (picture.width, picture.height) == (200, 320)  # upright


def test_a_large_photograph_is_made_smaller() -> None:
    picture = drawn_anew(a_photograph("PNG", (5000, 100)))
    assert max(picture.width, picture.height) == pictures.LONGEST


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GIF89a" + b"\0" * 40, "KIND"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "KIND"),
        (b"", "KIND"),
        (a_photograph()[:400], "KIND"),
        (b"\xff\xd8\xff" + b"a" * pictures.LARGEST, "SIZE"),
    ],
)
def test_what_is_no_photograph_is_not_taken(data: bytes, why: str) -> None:
    with pytest.raises(NoPicture) as no:
        drawn_anew(data)
    assert no.value.why == why


def test_a_picture_of_too_many_points_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(NoPicture) as no:
        drawn_anew(a_photograph())
    assert no.value.why == "PIXELS"


def test_a_fingerprint_changes_with_every_word() -> None:
    assert fingerprint({"a": "1"}) == fingerprint({"a": "1"})
    assert fingerprint({"a": "1"}) != fingerprint({"a": "2"})
