"""A figure that came in without a doubt and is wrong is struck out: who may, who may not, how."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.sources.actions import strike_fact
from marrow.sources.models import Document, Fact, Quote
from tests.builders import AUDITOR, NOW, OFFICE, a_batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def a_fact(batch: Mission, field: str, value: str, place: str = "row 1") -> Fact:
    document, _ = Document.objects.get_or_create(
        key="d", defaults={"kind": "DATASET", "title": "Records", "read_on": NOW.date()}
    )
    quote = Quote.objects.create(document=document, text=f"{value} told", place=place)
    return Fact.objects.create(
        about_model="missions.mission", about=batch.pk, field=field, value=value, quote=quote,
        standing="SHOWN",
    )  # fmt: skip


@pytest.fixture
def batch(places: dict[str, Area]) -> Mission:
    row = a_batch(30)
    Mission.objects.filter(pk=row.pk).update(size=638, arrived_on="2010-06")
    row.refresh_from_db()
    return row


def test_the_record_loses_the_value_and_the_words_stay(
    batch: Mission, signed_in: dict[str, Client]
) -> None:
    fact = a_fact(batch, "size", "638")
    office = signed_in["office"]
    page = office.get(f"/facts/{batch.pk}/size/").content.decode()
    assert f"/told/{fact.pk}/strike/" in page
    answer = office.post(f"/told/{fact.pk}/strike/", {"reason": "22 teams"}, follow=True)
    after = answer.content.decode()
    batch.refresh_from_db()
    fact.refresh_from_db()
    assert (batch.size, fact.standing) == (None, "REJECTED")
    assert "638" in after
    assert f"/told/{fact.pk}/strike/" not in after


def test_a_program_strikes_out_too(batch: Mission, calling: dict[str, Client]) -> None:
    fact = a_fact(batch, "size", "638")
    where = f"/api/v1/facts/{fact.pk}/strike"
    asked = {"data": {"reason": "22 teams"}, "content_type": "application/json"}
    assert calling["auditor"].post(where, **asked).status_code == 403  # type: ignore[arg-type]
    answer = calling["office"].post(where, **asked)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["standing"]) == (200, "REJECTED")


def test_undone_it_stands_again(batch: Mission) -> None:
    fact = a_fact(batch, "size", "638")
    strike_fact(fact=fact.pk, reason="22 teams", by=OFFICE, at=NOW)
    act = Operation.objects.filter(action="strike_fact").latest("id").act
    undo(act=act, by=OFFICE, at=NOW)
    batch.refresh_from_db()
    fact.refresh_from_db()
    assert (batch.size, fact.standing) == (638, "SHOWN")


def test_what_another_source_says_too_stays(batch: Mission) -> None:
    fact = a_fact(batch, "arrived_on", "2010-06")
    a_fact(batch, "arrived_on", "2010-06", "row 2")
    strike_fact(fact=fact.pk, reason="another team", by=OFFICE, at=NOW)
    batch.refresh_from_db()
    assert batch.arrived_on == "2010-06"


def test_a_figure_without_a_column_is_only_no_longer_shown(batch: Mission) -> None:
    fact = a_fact(batch, "patients", "1200000")
    strike_fact(fact=fact.pk, reason="of all teams", by=OFFICE, at=NOW)
    fact.refresh_from_db()
    assert fact.standing == "REJECTED"


def test_a_reason_is_needed_and_once_is_enough(batch: Mission) -> None:
    fact = a_fact(batch, "patients", "600")
    with pytest.raises(Refused):
        strike_fact(fact=fact.pk, reason=" ", by=OFFICE, at=NOW)
    strike_fact(fact=fact.pk, reason="a day", by=OFFICE, at=NOW)
    with pytest.raises(Refused):
        strike_fact(fact=fact.pk, reason="a day", by=OFFICE, at=NOW)


def test_only_the_office_of_the_record_may(batch: Mission) -> None:
    fact = a_fact(batch, "size", "638")
    elsewhere = Viewer(uuid4(), "Elsewhere", (Grant("office", PROGRAMME, uuid4()),))
    for viewer in (AUDITOR, elsewhere):
        with pytest.raises(NotAllowed):
            strike_fact(fact=fact.pk, reason="wrong", by=viewer, at=NOW)
    with pytest.raises(Unseen):
        strike_fact(fact=uuid4(), reason="wrong", by=OFFICE, at=NOW)


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("member", 403), ("office", 404)])
def test_who_may_not_is_told_so(
    who: str, status: int, batch: Mission, signed_in: dict[str, Client]
) -> None:
    fact = a_fact(batch, "size", "638").pk if status == 403 else uuid4()
    answer = signed_in[who].post(f"/told/{fact}/strike/", {"reason": "wrong"})
    assert answer.status_code == status
    page = signed_in["stranger"].get(f"/facts/{batch.pk}/size/").content.decode()
    assert "/strike/" not in page
