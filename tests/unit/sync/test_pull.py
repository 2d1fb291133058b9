"""One round trip: what is new for a phone comes in the answer to its push."""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.actions import void_voice
from marrow.activity.models import Report, Visits
from marrow.core.book import same_id
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is
from marrow.sync.models import Epoch, Installation, Loss, Receipt, Shelf
from marrow.sync.reference import KEPT
from marrow.sync.rules import as_today
from marrow.sync.rules.schemas import UPCASTERS, Newer, newest, upcasts
from tests.builders import NOW, OFFICE
from tests.builders.on_post import a_team_on_post
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import place, says

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mate(people: dict[str, Account]) -> Phone:
    return Phone(people["member"])


class Reader:
    """What a phone keeps of what it was told: records by id, cursors, lists."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.cursors = phone, dict[str, str]()
        self.records, self.lists = dict[str, Any](), dict[str, Any]()
        self.head: dict[str, Any] = {}
        self.size = 0

    def sync(self, **head: Any) -> list[dict[str, Any]]:
        first = len(self.phone.lines) + 1 if head.pop("nothing", False) else 1
        body = self.phone.body(first, cur=self.cursors, **head)
        answer = self.phone.post(body, packed=True, **{"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        content = b"".join(answer)
        self.size = max(len(gzip.compress(body)), len(content))
        packed = answer.headers.get("Content-Encoding") == "gzip"
        self.head, *lines = map(
            json.loads, (gzip.decompress(content) if packed else content).splitlines()
        )
        for line in lines:
            self._take(line)
        return lines

    def _take(self, line: dict[str, Any]) -> None:
        if line.get("left"):
            del self.cursors[line["sc"]]
        elif "list" in line:
            self._list(line)
        elif "r" in line:
            self.records[line["r"]] = line.get("d")
        elif "to" in line:
            self.cursors[line["sc"]] = line["to"]

    def _list(self, line: dict[str, Any]) -> None:
        name = line["list"]
        self.cursors[f"list:{name}"] = line["to"]
        if "all" in line:
            self.lists[name] = line["all"]
            return
        rows = {row["id"]: row for row in self.lists[name]} | {r["id"]: r for r in line["put"]}
        self.lists[name] = [row for row in rows.values() if row["id"] not in line["gone"]]


def test_two_phones_of_a_team_read_each_others_records(
    phone: Phone, mate: Phone, batch: Mission, people: dict[str, Account]
) -> None:
    one, other = Reader(phone), Reader(mate)
    record = phone.count(batch.pk, 7)
    one.sync()
    other.sync()
    assert other.records[str(record)]["count"] == 7
    assert other.records[str(record)]["by"] == str(people["leader"].pk), "who counted them"
    told = other.sync()
    assert told == [], "nothing is told twice"
    assert "void_by" not in other.records[str(record)]
    mate.line({"r": str(record), "t": "visits", "k": "void", "d": {"reason": "twice"}})
    other.sync()
    one.sync()
    told = one.records[str(record)]
    assert (told["void"], told["by"]) == ("twice", str(people["leader"].pk))
    assert told["void_by"] == str(mate.row.account), "who voided what another wrote"


def test_words_that_the_office_took_back_are_taken_back_on_the_phone_that_wrote_them_down(
    phone: Phone, mate: Phone
) -> None:
    team = a_team_on_post(accounts=(phone.row.account, mate.row.account))
    reader = Reader(phone)
    said = {
        "of": "voice", "mission": str(team.mission.pk), "held_on": "2026-11-20",
        "said_by": "PATIENT", "text": "I see again.", "language": "en", "may_be_quoted": True,
    }  # fmt: skip
    record = says(phone, "message", "create", said)
    reader.sync()
    assert reader.records[str(record)] == said | {"by": str(phone.row.account)}
    void_voice(voice=record, reason="Not his words", by=OFFICE, at=NOW)
    reader.sync()
    told = reader.records[str(record)]
    assert (told["void"], told["void_by"]) == ("Not his words", str(OFFICE.person))
    undo(act=Operation.objects.get(action="void_voice").act, by=OFFICE, at=NOW)
    reader.sync()
    assert reader.records[str(record)] == said | {"by": str(phone.row.account)}


def test_a_month_that_was_sent_back_is_told_as_its_phones_write_it(
    phone: Phone, mate: Phone
) -> None:
    team = a_team_on_post(accounts=(phone.row.account, mate.row.account))
    reader = Reader(mate)

    def writes(deliveries: int, before: int | None) -> dict[str, Any]:
        """What the mate's phone holds of the month after a cell was written by the other one."""
        told = place(team) | {"month": "2026-11", "cells": {"DELIVERY": deliveries}}
        of = (told["organisation"], told["mission"], "2026-11")
        saw = {"DELIVERY": before}
        phone.line({"r": str(same_id("month", *of)), "t": "count", "k": "set", "b": saw, "d": told})
        phone.push(len(phone.lines))
        reader.sync()
        (cell,) = (one for one in reader.records.values() if one and one.get("kind") == "DELIVERY")
        return dict(cell)

    assert writes(4, None) | {"value": 4, "version": 1} == writes(4, 4)
    Report.objects.update(state="RETURNED")
    assert writes(5, 4)["value"] == 5


def test_a_phone_that_tells_no_cursor_is_answered_as_before(phone: Phone, batch: Mission) -> None:
    phone.count(batch.pk)
    lines = phone.post(phone.body()).content.splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1
    assert json.loads(lines[0])["ack"] == 1


def test_an_empty_round_takes_six_hundred_bytes_at_most_each_way(
    phone: Phone, batch: Mission
) -> None:
    reader = Reader(phone)
    phone.count(batch.pk)
    reader.sync()
    assert reader.sync(nothing=True, held=1, epoch=reader.head["epoch"]) == []
    assert reader.size <= 600


def test_lists_come_whole_once_and_then_only_what_changed_of_them(
    phone: Phone, batch: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": str(n), "n": f"item {n}"} for n in range(300)]
    monkeypatch.setitem(KEPT, "items", lambda _v, _at: rows)
    reader = Reader(phone)
    reader.sync()
    assert reader.lists["items"] == rows
    assert reader.lists["missions"][0]["id"] == str(batch.pk)
    rows = [*rows[1:], {"id": "new", "n": "new"}]
    phone.count(batch.pk)
    reader.sync()
    lines = reader.sync()
    told = [line for line in lines if line.get("list")]
    assert told == [] or len(json.dumps(told)) < 1000
    assert {row["id"] for row in reader.lists["items"]} == {row["id"] for row in rows}
    assert Shelf.objects.count() >= 2


def test_a_long_scope_comes_by_pages_and_whole(phone: Phone, mate: Phone, batch: Mission) -> None:
    for _n in range(120):
        phone.count(batch.pk)
    phone.push()
    reader, rounds = Reader(mate), 1
    while any(line.get("more") for line in reader.sync(max=2048)):
        rounds += 1
    assert len(reader.records) == 120
    assert rounds > 5


def test_a_place_in_the_feed_of_another_life_is_not_ours_and_all_is_told_again(
    phone: Phone, mate: Phone, batch: Mission
) -> None:
    for _n in range(3):
        phone.count(batch.pk)
    phone.push()
    reader = Reader(mate)
    reader.sync()
    scope = f"mission:{batch.pk}"
    number = reader.cursors[scope].partition(".")[0]
    for wrong in (f"{number}.00000000", "99999999.00000000", "x", "-1.aaaaaaaa"):
        reader.cursors[scope], reader.records = wrong, {}
        lines = reader.sync()
        assert {"sc": scope, "whole": True} in lines, wrong
        assert len(reader.records) == 3, wrong


def test_a_mission_that_is_over_is_left(phone: Phone, mate: Phone, batch: Mission) -> None:
    phone.count(batch.pk)
    phone.push()
    reader = Reader(mate)
    reader.sync()
    Mission.objects.update(status="HOME")
    scope = f"mission:{batch.pk}"
    assert {"sc": scope, "left": True} in reader.sync()
    assert scope not in reader.cursors


def test_a_server_that_was_set_back_says_so_once_and_gets_it_again(
    phone: Phone, batch: Mission
) -> None:
    reader = Reader(phone)
    for _n in range(4):
        phone.count(batch.pk)
    reader.sync()
    before = reader.head["epoch"]
    half = Receipt.objects.get(q=2)
    Receipt.objects.filter(q__gt=2).delete()
    Operation.objects.filter(origin_q__gt=2).delete()
    Visits.objects.filter(pk__in=[json.loads(x)["r"] for x in phone.lines[2:]]).delete()
    Installation.objects.update(last_q=2, last_hash=half.hash)
    reader.sync(nothing=True, held=4, epoch=before)
    assert (reader.head["ack"], reader.head["lost"], reader.head["fork"]) == (2, True, False)
    assert reader.head["epoch"] != before
    assert WorkItem.objects.filter(code="SET_BACK", done_at=None).count() == 1
    reader.sync(nothing=True, held=4, epoch=before)
    assert Loss.objects.count() == 1
    assert Epoch.objects.count() == 1
    reader.sync()
    assert (reader.head["ack"], Visits.objects.count()) == (4, 4)
    assert Loss.objects.get().made_good_at is not None
    assert not WorkItem.objects.filter(code="SET_BACK", done_at=None).exists()


def test_a_phone_that_tells_nonsense_begins_one_life_of_the_server_and_can_be_ended(
    phone: Phone, mate: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk)
    reader = Reader(phone)
    reader.sync()
    lives = [reader.head["epoch"]]
    for held in (10**15, 10**15, 10**15 + 1, 2**53 - 1):
        reader.sync(nothing=True, held=held, epoch=reader.head["epoch"])
        lives.append(reader.head["epoch"])
    assert len(set(lives)) == 2, "a new life of the server once, not at every request"
    assert Loss.objects.count() == 1
    page = signed_in["admin"].get("/phones/health/").content.decode()
    assert "What phones hold and the server lost" in page
    loss = Loss.objects.get()
    assert signed_in["office"].post(f"/phones/health/losses/{loss.pk}/end/").status_code == 403
    assert signed_in["admin"].post(f"/phones/health/losses/{loss.pk}/end/").status_code == 302
    assert not WorkItem.objects.filter(code="SET_BACK", done_at=None).exists()
    page = signed_in["admin"].get("/phones/health/").content.decode()
    assert "What phones hold and the server lost" not in page
    reader.sync(nothing=True, held=2**53 - 1, epoch=reader.head["epoch"])
    assert (reader.head["epoch"], "lost" in reader.head) == (lives[-1], False)
    assert not WorkItem.objects.filter(code="SET_BACK", done_at=None).exists()
    phone.count(batch.pk)
    reader.sync()
    assert (reader.head["ack"], Visits.objects.count()) == (2, 2), "it is heard as before"
    set_back = Reader(mate)
    set_back.sync(nothing=True, held=4, epoch=lives[-1])
    assert set_back.head["epoch"] != lives[-1], "another phone that shows it is believed"


def test_what_a_phone_issues_again_under_new_numbers_is_taken_once(
    phone: Phone, batch: Mission, people: dict[str, Account]
) -> None:
    record = phone.count(batch.pk)
    answer = phone.push()
    fresh = Phone(people["leader"])
    before = {"inst": str(phone.row.pk), "q": 1, "h": answer.hash}
    data = {"mission": str(batch.pk), "held_on": "2026-11-20", "count": 9}
    fresh.line({"r": str(record), "t": "visits", "k": "create", "o": before, "d": data})
    wrong = before | {"h": "0" * 32}
    fresh.line({"r": str(uuid4()), "t": "visits", "k": "create", "o": wrong, "d": data})
    assert [note["st"] for note in fresh.push().notes] == ["identical"]
    assert sorted(Visits.objects.values_list("count", flat=True)) == [3, 9]


def test_an_ended_phone_is_told_nothing_but_that_it_is_ended(phone: Phone, batch: Mission) -> None:
    phone.count(batch.pk)
    phone.push()
    Installation.objects.update(revoked_at=phone.row.seen_at)
    reader = Reader(phone)
    assert reader.sync() == []
    assert reader.head["ended"]
    assert "closed" not in reader.head


def test_a_phone_whose_account_was_closed_is_told_that_and_not_that_it_was_ended(
    phone: Phone, batch: Mission
) -> None:
    Account.objects.filter(pk=phone.row.account).update(is_active=False)
    reader = Reader(phone)
    assert reader.sync() == []
    assert (reader.head["ended"], reader.head["closed"]) == (True, True)


def test_a_clock_that_is_wrong_is_told(phone: Phone) -> None:
    reader = Reader(phone)
    reader.sync(wall="2001-01-01T00:00:00Z")
    assert reader.head["skew"] > 10**8


def test_a_line_of_an_old_form_is_read_as_todays_and_one_of_a_newer_waits(
    phone: Phone, batch: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"mission": str(batch.pk), "held_on": "2026-11-20", "count": 3}
    phone.line({"r": str(uuid4()), "t": "visits", "k": "create", "s": 2, "d": data})
    assert phone.push().notes[0]["why"] == "UNKNOWN_FORM"
    monkeypatch.setitem(UPCASTERS, ("visits", 1), lambda t: t | {"d": {**t["d"], "count": 8}})
    phone.line({"r": str(uuid4()), "t": "visits", "k": "create", "s": 1, "d": data})
    phone.push()
    assert Visits.objects.get().count == 8


def test_forms_are_numbered_and_each_step_has_its_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marrow.sync.rules.schemas.UPCASTERS", UPCASTERS)
    upcasts("sample", 1)(lambda told: {**told, "two": 1})
    upcasts("sample", 2)(lambda told: {**told, "three": 1})
    try:
        assert newest("sample") == 3
        assert as_today({"t": "sample"}) == {"t": "sample", "two": 1, "three": 1}
        for wrong in (0, 4, "1", True, None):
            with pytest.raises(Newer):
                as_today({"t": "sample", "s": wrong})
    finally:
        for step in (1, 2):
            del UPCASTERS["sample", step]


def test_ids_on_the_wire_are_those_of_records(phone: Phone, batch: Mission) -> None:
    reader = Reader(phone)
    record = phone.count(batch.pk)
    reader.sync()
    assert [UUID(told) for told in reader.records] == [record]


def test_the_phone_is_told_what_the_office_decided_of_its_lines(
    phone: Phone, batch: Mission
) -> None:
    reader = Reader(phone)
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 4, record)
    phone.count(batch.pk, 0)
    reader.sync()
    assert [note["st"] for note in reader.head["notes"]] == ["conflict", "quarantined"]
    reader.sync(nothing=True, aside=[2, 3])
    assert "decided" not in reader.head, "nobody has looked yet"
    conflict, refused = Receipt.objects.exclude(outcome="NEW").order_by("q")
    leave_as_is(receipt=refused.pk, by=OFFICE, at=NOW)
    Receipt.objects.filter(pk=conflict.pk).update(outcome="NEW", settled_at=NOW)
    reader.sync(nothing=True, aside=[2, 3])
    assert reader.head["decided"] == [{"q": 2, "st": "taken"}, {"q": 3, "st": "left"}]
    reader.sync(nothing=True, aside=[99])
    assert "decided" not in reader.head


@pytest.mark.parametrize("aside", [{}, [0], ["1"], [True], [1.5], list(range(1, 102))])
def test_a_phone_that_asks_after_no_lines_of_its_own_is_no_phone(phone: Phone, aside: Any) -> None:
    assert phone.post(phone.body(aside=aside)).status_code == 400
