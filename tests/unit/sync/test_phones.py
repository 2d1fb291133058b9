"""The pages of phones: whose they are, ending one, what was set aside beside what is held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.models import Visits
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.sync.actions import end_phone, leave_as_is
from marrow.sync.intents import COMPARERS, Compared, Sent, shows_held
from marrow.sync.models import Installation, Receipt
from marrow.sync.queries import broken_chains, phones, set_aside, settled
from marrow.teams.models import Assignment, Seat
from tests.builders import ADMIN, NOW, OFFICE, STRANGER, a_person
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other(people: dict[str, Account]) -> Phone:
    return Phone(people["member"], name="Member's phone")


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the room of visits will hand in."""
    before = dict(COMPARERS)

    @shows_held("visits")
    def visits(lines: Sequence[Sent]) -> list[list[Compared]]:
        held = Visits.objects.in_bulk([line.record for line in lines])
        return [
            [Compared("Visits", str(held[x.record].count), str(x.data.get("count")))]
            if x.record in held else []
            for x in lines
        ]  # fmt: skip

    yield
    COMPARERS.clear()
    COMPARERS.update(before)


def names(client: Client) -> str:
    return client.get("/phones/").content.decode()


def test_members_and_leaders_see_their_own_phones_and_who_looks_after_the_whole_sees_all(
    phone: Phone, other: Phone, signed_in: dict[str, Client]
) -> None:
    assert "Leader&#x27;s phone" in names(signed_in["leader"])
    assert "Member&#x27;s phone" not in names(signed_in["leader"])
    assert "Member&#x27;s phone" in names(signed_in["member"])
    for name in ("Leader&#x27;s phone", "Member&#x27;s phone"):
        assert name in names(signed_in["admin"])
        assert name in names(signed_in["office"])
    assert signed_in["recipient"].get("/phones/").status_code == 403
    with pytest.raises(NotAllowed):
        phones(STRANGER)


def test_an_office_looks_after_the_phones_of_its_own_teams_alone(
    phone: Phone, other: Phone, batch: Mission, people: dict[str, Account]
) -> None:
    sender = batch.programme.sender
    assert sender
    office = Viewer(uuid4(), "Office", (Grant("office", PROGRAMME, batch.programme_id),))
    assert phones(office) == []
    seat = Seat.objects.create(id=uuid4(), mission=batch, role="LEADER")
    person = a_person("Leader Test")
    Person.objects.filter(pk=person.pk).update(account=people["leader"].pk)
    Assignment.objects.create(id=uuid4(), seat=seat, person=person, state="SERVING")
    assert [told.row.pk for told in phones(office)] == [phone.row.pk]
    with pytest.raises(Unseen):
        end_phone(phone=other.row.pk, by=office, at=NOW)
    end_phone(phone=phone.row.pk, by=office, at=NOW)
    assert phone.here.revoked_by == office.person


@pytest.mark.parametrize(
    ("wall", "word"),
    [
        ("2026-11-24T09:05:00Z", "right"), ("2016-11-24T09:00:00Z", "10\xa0years slow"),
        ("2036-11-24T09:00:00Z", "10\xa0years fast"), ("2026-11-24T06:00:00Z", "3\xa0hours slow"),
        ("never", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_phones_clock_is_told_when_it_is_wrong(
    phone: Phone, people: dict[str, Account], wall: str | None, word: str
) -> None:
    phone.push(wall=wall)
    assert [p.clock for p in phones(viewer_of(people["leader"]))] == [word]


def test_a_phone_is_ended_by_its_owner_or_who_looks_after_it_and_by_nobody_else(
    phone: Phone, other: Phone, people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    where = f"/phones/{phone.row.pk}/end/"
    assert signed_in["member"].post(where).status_code == 404
    assert signed_in["recipient"].post(where).status_code == 403
    with pytest.raises(NotAllowed):
        end_phone(phone=phone.row.pk, by=STRANGER, at=NOW)
    with pytest.raises(Unseen):
        end_phone(phone=uuid4(), by=ADMIN, at=NOW)
    assert phone.here.revoked_at is None
    assert signed_in["leader"].post(where).status_code == 302
    assert phone.here.revoked_by == people["leader"].pk
    end_phone(phone=other.row.pk, by=ADMIN, at=NOW)
    assert (other.here.revoked_at, other.here.revoked_by) == (NOW, ADMIN.person)


def test_an_ended_phone_stays_ended_and_its_lines_are_kept_and_count_nothing(
    phone: Phone, batch: Mission, people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    end_phone(phone=phone.row.pk, by=viewer_of(people["leader"]), at=NOW)
    end_phone(phone=phone.row.pk, by=ADMIN, at=NOW)
    assert phone.here.revoked_by == people["leader"].pk, "the first word stands"
    phone.count(batch.pk)
    assert phone.post(phone.body()).status_code == 200
    assert Receipt.objects.get().why == "REVOKED"
    assert not Visits.objects.exists()
    page = names(signed_in["admin"])
    assert "1 set aside" in page
    assert "ended 2026-11-24 by Leader" in page


def test_a_copied_phone_is_shown(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk)
    phone.push(prev="a" * 32)
    assert "another phone sent under its numbers" in names(signed_in["leader"])


def test_a_line_that_nobody_can_show_never_breaks_the_page(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    poison = [b'{"d":{"a":"\\ud800"}}', b"[" * 100_000, b"\xff\0", b'{"q":4,"d":{"a":"<b>"}}']
    phone.lines += poison
    phone.push()
    assert Receipt.objects.count() == len(poison)
    answer = signed_in["office"].get("/phones/set-aside/")
    assert answer.status_code == 200
    assert "cannot be read" in answer.content.decode()
    assert "<b>&quot;" not in answer.content.decode()


def test_a_conflict_shows_what_is_held_beside_what_was_sent(
    phone: Phone, batch: Mission, compared: None, signed_in: dict[str, Client]
) -> None:
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 4, record)
    phone.count(batch.pk, 0)
    phone.push()
    [conflict] = [line for line in set_aside(OFFICE) if line.row.outcome == "CONFLICT"]
    assert [(v.held, v.sent, v.differs) for v in conflict.compared] == [("3", "4", True)]
    assert signed_in["auditor"].get("/phones/set-aside/").status_code == 200


def test_a_line_about_nothing_that_is_here_is_shown_in_words(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk, 0)
    told = {"held_on": "2026-11-19", "mission": "x", "alive": True, "weights": [1, 2]}
    phone.line({"r": str(uuid4()), "t": "births", "k": "create", "d": told})
    phone.push()
    page = signed_in["office"].get("/phones/set-aside/", headers={"Accept-Language": "fr"})
    text = re.sub(r"\s+", " ", page.content.decode())
    assert "<dt>Équipe</dt><dd>" in text
    assert str(batch.pk) not in re.sub(r"<details>.*?</details>", "", text), "its name stands there"
    shown = re.sub(r"<details>.*?</details>", "", text)
    assert "<dt>Consultations</dt><dd>0</dd>" in shown
    assert "<dd>2026-11-19</dd>" in shown
    assert "alive" not in shown, "a name of the wire has no word"
    assert "{" not in shown.partition("<h1>")[2].partition("</main>")[0], "the raw line is folded"
    assert "&quot;held_on&quot;" in text


def test_a_settled_line_says_who_settled_it_and_shows_both_values(
    phone: Phone, batch: Mission, compared: None, people: dict[str, Account],
    signed_in: dict[str, Client],
) -> None:  # fmt: skip
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 4, record)
    phone.push()
    leave_as_is(receipt=Receipt.objects.get(q=2).pk, by=viewer_of(people["office"]), at=NOW)
    assert set_aside(OFFICE) == []
    [line] = settled(OFFICE)
    assert (line.settled_by, [(v.held, v.sent) for v in line.compared]) == ("Office", [("3", "4")])
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "settled 2026-11-24 09:00 by Office" in page
    assert "left as it is" in page


def damaged(phone: Phone, **to: Any) -> list[str]:
    Receipt.objects.filter(installation=phone.row, q=2).update(**to)
    return list(broken_chains())


def test_the_chain_of_what_a_phone_sent_is_proved(phone: Phone, batch: Mission) -> None:
    for count in (1, 2, 3):
        phone.count(batch.pk, count)
    phone.push()
    assert list(broken_chains()) == []
    line = bytes(Receipt.objects.get(q=2).line)
    told = f"phone {phone.row.pk}: line 2 was altered, or one before it"
    assert damaged(phone, line=line.replace(b"2}", b"9}")) == [told]
    assert damaged(phone, line=line, hash="0" * 32) == [told]
    Receipt.objects.filter(q=2).delete()
    assert list(broken_chains()) == [f"phone {phone.row.pk}: line 2 is missing"]
    Receipt.objects.filter(q=3).delete()
    assert list(broken_chains()) == [
        f"phone {phone.row.pk}: 3 lines were acknowledged, 1 are there"
    ]


def test_a_line_is_settled_by_the_office_of_its_own_programme_alone(
    phone: Phone, batch: Mission
) -> None:
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 4, record)
    phone.push()
    line, programme = Receipt.objects.get(q=2).pk, batch.programme_id
    elsewhere = Viewer(uuid4(), "Elsewhere", (Grant("office", PROGRAMME, uuid4()),))
    with pytest.raises(Unseen):
        leave_as_is(receipt=line, by=elsewhere, at=NOW)
    mine = Viewer(uuid4(), "Mine", (Grant("office", PROGRAMME, programme),))
    leave_as_is(receipt=line, by=mine, at=NOW)
    assert set_aside(OFFICE) == []


UA = (
    "Mozilla/5.0 (Linux; Android 13; TECNO KG5k) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Mobile Safari/537.36"
)


def test_a_phone_is_called_as_people_call_it(
    people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    headers = {"User-Agent": UA, "Accept-Language": "en"}
    assert signed_in["member"].post("/field/enrol/", headers=headers).status_code == 200
    Phone(people["member"], name=UA[:80])  # as phones were enrolled once, and cut off
    told = signed_in["admin"].get("/phones/", headers={"Accept-Language": "en"}).content.decode()
    assert "Chrome · Android" in told
    mine = Installation.objects.get(name__startswith="Chrome")
    mine.name = ""
    with translation.override("fr"):
        assert mine.called == "un appareil inconnu"
    assert Installation(name=UA[:80]).called == "Android"
    assert "Mozilla" not in told


def test_a_phone_that_goes_on_anew_makes_nobody_else_known_who_is_signed_in_on_it(
    people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    mine = {"Marrow-Account": str(people["member"].pk)}
    for _n in range(3):
        assert signed_in["leader"].post("/field/enrol/", headers=mine).status_code == 409
    assert not Installation.objects.exists()
    assert signed_in["member"].post("/field/enrol/", headers=mine).status_code == 200
    assert Installation.objects.get().account == people["member"].pk
