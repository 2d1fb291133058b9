"""Devices and their health: what a phone holds back, what it is called, who sees which signs."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.sync.actions import end_phone, name_phone
from marrow.sync.health import health_of, silent_phones
from marrow.sync.models import Installation
from marrow.ui.waiting import waiting
from tests.builders import ADMIN, AUDITOR, NOW, OFFICE, STRANGER
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)


@pytest.fixture
def phone(people: dict[str, Account]) -> Phone:
    return Phone(people["leader"])


def row_of(phone: Phone) -> Installation:
    return phone.here


def counts(by: Viewer, now: dt.datetime = NOW) -> dict[str, int]:
    return {sign.what: sign.count for sign in health_of(by, now).signs}


def test_a_phone_tells_what_waits_on_it_and_one_that_does_not_is_unknown(phone: Phone) -> None:
    phone.push()
    assert row_of(phone).unsent is None
    phone.push(left=7)
    assert row_of(phone).unsent == 7
    assert counts(ADMIN)["Phones that hold lines or photographs back"] == 1
    phone.push(left=0)
    assert row_of(phone).unsent == 0


def test_its_owner_or_who_looks_after_it_names_it(phone: Phone, people: dict[str, Account]) -> None:
    owner = Viewer(people["leader"].pk, "Leader", (Grant("leader"),))
    name_phone(phone=row_of(phone).pk, name=" The red one ", by=owner, at=NOW)
    assert row_of(phone).name == "The red one"
    name_phone(phone=row_of(phone).pk, name="Lent", by=ADMIN, at=NOW)
    with pytest.raises(Refused):
        name_phone(phone=row_of(phone).pk, name=" ", by=owner, at=NOW)
    other = Viewer(people["member"].pk, "Member", (Grant("member"),))
    with pytest.raises(Unseen):
        name_phone(phone=row_of(phone).pk, name="Mine", by=other, at=NOW)
    name_phone(phone=row_of(phone).pk, name="Ours", by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        name_phone(phone=row_of(phone).pk, name="Theirs", by=STRANGER, at=NOW)


def test_a_silent_phone_stands_on_today_of_its_owner_alone(
    phone: Phone, people: dict[str, Account]
) -> None:
    owner = Viewer(people["leader"].pk, "Leader", (Grant("leader"),))
    other = Viewer(people["member"].pk, "Member", (Grant("member"),))
    later = row_of(phone).seen_at + 9 * DAY
    assert counts(ADMIN, later)["Phones not heard for a week"] == 1
    assert [one.who for one in silent_phones(later)] == ["Leader"]
    assert any("Your phone" in line.what for line in waiting(owner, later.date()))
    assert not any("Your phone" in line.what for line in waiting(other, later.date()))
    end_phone(phone=row_of(phone).pk, by=owner, at=NOW)
    assert counts(ADMIN, later)["Phones not heard for a week"] == 0


def test_an_office_within_limits_sees_nobody_elses_phones(
    phone: Phone, people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    later = row_of(phone).seen_at + 9 * DAY
    limited = Viewer(people["office"].pk, "Office", (Grant("office", ORGANISATION, uuid4()),))
    assert health_of(limited, later).silent == []
    assert set(counts(limited, later)) == {
        "Lines set aside or in conflict", "of these, two phones that differ",
    }  # fmt: skip
    assert len(health_of(AUDITOR, later).silent) == 1
    with pytest.raises(NotAllowed):
        health_of(Viewer(people["leader"].pk, "Leader", (Grant("leader"),)), later)
    for who, status in (("office", 200), ("admin", 200), ("auditor", 200), ("member", 403)):
        assert signed_in[who].get("/phones/health/").status_code == status


def test_ones_own_phones_stand_beside_ones_browsers(
    phone: Phone, signed_in: dict[str, Client]
) -> None:
    phone.push(left=3)
    page = signed_in["leader"].get("/settings/sessions/", headers={"accept-language": "en"})
    assert "3 lines wait on it" in page.content.decode()
    page = signed_in["leader"].get("/phones/", headers={"accept-language": "en"})
    assert "Unsent" in page.content.decode()
    assert "Your phones" not in signed_in["office"].get("/settings/sessions/").content.decode()
