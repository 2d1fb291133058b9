"""The days of a mission: whoever tells them, they may be so, and they stand in their order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.missions.actions import add_to_mission, change_batch, change_honour
from marrow.missions.models import Honour, Mission
from marrow.sources.models import Fact, Finding
from tests.builders import NOW, OFFICE, PAPER, a_batch, an_honour, as_shown
from tests.builders.calling import sent
from tests.builders.forming import a_seat
from tests.unit.missions.test_record_teams import row, take

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
SOURCE = {"source": "A letter of the office", "words": "as the letter says it"}
FROM_NEXT_YEAR = f"{NOW.year + 1}"
NEVER = [
    ({"departed_on": "1905-01-01"}, "too far back"),
    ({"returned_on": "2999-01-01"}, "not come yet"),
    ({"returned_on": FROM_NEXT_YEAR}, "not come yet"),
    ({"signed_on": FROM_NEXT_YEAR}, "not come yet"),
    ({"status_as_of": FROM_NEXT_YEAR}, "not come yet"),
    ({"planned_end_on": "9999-01-01"}, "too far ahead"),
    ({"planned_end_on": "1801"}, "too far back"),
    ({"signed_on": "2026-06"}, "signed before"),
    ({"departed_on": "2026-06"}, "cannot arrive before"),
    ({"returned_on": "2025"}, "cannot return before"),
    ({"planned_end_on": "2026-04"}, "planned end"),
    ({"departed_on": "1963"}, "too far apart"),
    ({"planned_end_on": "2036-11"}, "too far apart"),
]


@pytest.mark.parametrize(("told", "words"), NEVER, ids=lambda told: "")
def test_a_day_that_cannot_be_is_refused_on_the_page_and_to_programs_alike(
    told: dict[str, Any], words: str, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    batch = a_batch(departed_on="2026-05-13", arrived_on="2026-05-14")
    where = f"/office/missions/{batch.pk}/change/"
    shown = as_shown(signed_in["office"].get(where).context["form"])
    page = signed_in["office"].post(where, {**shown, **SOURCE, **told})
    assert page.status_code == 422
    assert words in page.content.decode()
    body = {**told, "source": {"title": "A letter", "words": "as it says"}}
    answer = sent(calling["office"], "PATCH", f"/api/v1/missions/{batch.pk}", body)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    batch.refresh_from_db()
    assert (batch.departed_on, batch.returned_on, batch.planned_end_on) == ("2026-05-13", "", "")


@pytest.mark.parametrize(("told", "words"), NEVER, ids=lambda told: "")
def test_nor_is_it_entered_with_a_new_batch(told: dict[str, Any], words: str) -> None:
    days = {"departed_on": "2026-05-13", "arrived_on": "2026-05-14", **told}
    with pytest.raises(Refused, match=words):
        a_batch(**days)


@pytest.mark.parametrize(
    "told",
    [
        {"signed_on": "1963", "departed_on": "1963-04-06", "arrived_on": "1963-04"},
        {"departed_on": "1963", "arrived_on": "1964", "returned_on": "1965-09"},
        {"signed_on": "2006-09", "departed_on": "2006-09-04", "planned_end_on": "2008"},
        {"signed_on": f"{NOW.year}", "planned_end_on": "2028-12-31"},
        {"departed_on": "1975", "planned_end_on": "1977", "returned_on": "1976-02"},
    ],
)
def test_a_batch_of_old_and_days_that_are_only_half_known_are_kept(told: dict[str, str]) -> None:
    batch = a_batch(**told)  # type: ignore[arg-type]
    assert {column: getattr(batch, column) for column in told} == told


def test_a_team_on_post_does_not_come_home_without_its_people() -> None:
    batch = a_batch(status="ON_POST", departed_on="2026-05-13")
    a_seat(batch)
    with pytest.raises(Refused, match="not home"):
        change_batch(mission=batch.pk, returned_on="2026-11-20", by=OFFICE, at=NOW)
    change_batch(mission=batch.pk, departed_on="2026-05-12", by=OFFICE, at=NOW)


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [
        ("left in May 2006", "signed an agreement in 2007", "signed_on"),
        ("arrived in May 2006", "returned in May 2031", "returned_on"),
    ],
)
def test_a_day_that_cannot_be_in_a_file_of_records_is_doubted_and_no_value(
    first: str, then: str, field: str
) -> None:
    for release, told in (("one", first), ("two", then)):
        prose = f"The 9th team {told}."
        take(row("9th Chinese medical team", prose, project_id="t9", year="2006"), release=release)
    assert getattr(Mission.objects.get(), field) == ""
    assert not Fact.objects.filter(field=field, standing="SHOWN").exists()
    assert Finding.objects.filter(code="DATE_IMPOSSIBLE", field=field).exists()


def test_an_honour_or_a_gift_of_a_day_to_come_is_refused() -> None:
    batch = a_batch()
    held = an_honour(batch)
    with pytest.raises(Refused, match="not come yet"):
        change_honour(honour=held.pk, told={"given_on": "2999"}, source=PAPER, by=OFFICE, at=NOW)
    fresh = Honour(mission=batch, names={"en": "Medal"}, to="TEAM", given_on="2999-01-01")
    with pytest.raises(Refused, match="not come yet"):
        add_to_mission(
            programme=batch.programme, mission=batch, rows=[fresh], told={"names": "Medal"},
            source=PAPER, by=OFFICE, at=NOW,
        )  # fmt: skip
