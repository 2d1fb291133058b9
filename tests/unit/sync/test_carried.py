"""A phone's file that is brought by hand: taken once however often it comes, or told why not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.models import Visits
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.sync.carried import WHY, take_file, tell_key
from marrow.sync.models import Carried, Receipt
from tests.builders import NOW
from tests.builders.carrying import Pen
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pen(phone: Phone) -> Pen:
    made = Pen()
    assert tell_key(phone=phone.row.pk, key=made.point)
    return made


@pytest.fixture
def bringer(people: dict[str, Account]) -> Account:
    return people["recipient"]


def the_file(pen: Pen, phone: Phone, first: int = 1, last: int | None = None) -> bytes:
    return pen.write(str(phone.row.pk), phone.body(first, phone.lines[first - 1 : last]))


def test_a_file_brought_three_times_and_out_of_order_is_taken_once(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account
) -> None:
    for count in range(1, 31):
        phone.count(batch.pk, count)
    files = [the_file(pen, phone, 1, 10), the_file(pen, phone, 1, 20), the_file(pen, phone, 21)]
    by, rows = viewer_of(bringer), []
    for at in (2, 1, 0, 2, 0, 1, 2):
        row, back = take_file(data=files[at], by=by, at=NOW)
        rows.append((row.missing, row.fresh, row.known, row.aside, pen.read(back)["ack"]))
    assert rows == [
        (20, 0, 0, 0, 0), (0, 20, 0, 0, 20), (0, 0, 10, 0, 20), (0, 10, 0, 0, 30),
        (0, 0, 10, 0, 30), (0, 0, 20, 0, 30), (0, 0, 10, 0, 30),
    ]  # fmt: skip
    assert sorted(Visits.objects.values_list("count", flat=True)) == list(range(1, 31))
    assert phone.push().ack == 30


def test_more_lines_than_one_push_takes_are_all_taken(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marrow.sync.actions.MOST", 20)
    for _n in range(50):
        phone.count(batch.pk)
    row, _back = take_file(data=the_file(pen, phone), by=viewer_of(bringer), at=NOW)
    assert (row.fresh, row.ack, row.last) == (50, 50, 50)


def test_what_cannot_be_taken_is_set_aside_and_told(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account
) -> None:
    phone.count(batch.pk)
    phone.count(batch.pk, "many")
    row, back = take_file(data=the_file(pen, phone), by=viewer_of(bringer), at=NOW)
    assert (row.fresh, row.aside) == (2, 1)
    told = pen.read(back)
    assert (told["ack"], told["h"]) == (2, phone.before(3))
    assert [(note["q"], note["st"]) for note in told["notes"]] == [(2, "quarantined")]


def test_an_old_file_tells_nothing_of_the_clock(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account
) -> None:
    phone.count(batch.pk)
    phone.push(wall="2026-11-20T00:00:00+00:00")
    slow = phone.here.skew_seconds
    phone.count(batch.pk)
    body = phone.body(2, wall="2026-09-01T00:00:00+00:00", held=999, epoch="x")
    take_file(data=pen.write(str(phone.row.pk), body), by=viewer_of(bringer), at=NOW)
    assert slow
    assert phone.here.skew_seconds == slow
    assert phone.here.last_q == 2


def test_an_old_file_brought_again_is_no_word_of_the_phone(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account
) -> None:
    phone.count(batch.pk)
    phone.push(left=3, shots=5)
    heard, unsent = phone.here.seen_at, phone.here.unsent
    later = heard + dt.timedelta(days=20)
    take_file(data=the_file(pen, phone), by=viewer_of(bringer), at=later)
    assert (phone.here.seen_at, phone.here.unsent) == (heard, unsent)
    assert phone.here.pictures == 5, "no file brings photographs"
    phone.count(batch.pk)
    take_file(data=the_file(pen, phone), by=viewer_of(bringer), at=later)
    assert phone.here.seen_at == later


def test_a_locked_phones_file_is_taken_with_no_passcode(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account
) -> None:
    for count in (4, 5):
        phone.count(batch.pk, count)
    data = pen.write_locked(str(phone.row.pk), 1, "", phone.lines)
    row, back = take_file(data=data, by=viewer_of(bringer), at=NOW)
    assert (row.fresh, pen.read(back)["ack"]) == (2, 2)


def test_every_byte_is_proved(phone: Phone, batch: Mission, pen: Pen, bringer: Account) -> None:
    phone.count(batch.pk)
    data, by = the_file(pen, phone), viewer_of(bringer)
    for at in range(0, len(data), 37):
        bad = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(Refused):
            take_file(data=bad, by=by, at=NOW)
    for bad in (b"", b"{}", b"{}\n", b"\n" * 200, data[:-1], data + b"x", data[:300], b"PK\3\4"):
        with pytest.raises(Refused):
            take_file(data=bad, by=by, at=NOW)
    assert not Receipt.objects.exists()
    assert not Carried.objects.exists()


def test_each_refusal_says_why(
    phone: Phone, batch: Mission, pen: Pen, bringer: Account, settings: LazySettings
) -> None:
    phone.count(batch.pk)
    by, inst = viewer_of(bringer), str(phone.row.pk)

    def why(data: bytes) -> str:
        with pytest.raises(Refused) as refused:
            take_file(data=data, by=by, at=NOW)
        return next(code for code, words in WHY.items() if str(words) == str(refused.value.message))

    assert why(b'{"v":1,"lines":[]}') == "OLD"
    assert why(b"x" * (8 * 1024 * 1024 + 1)) == "LARGE"
    assert why(Pen().write(inst, phone.body())) == "BROKEN", "signed by another phone"
    assert why(pen.write("00000000-0000-0000-0000-000000000000", phone.body())) == "FOREIGN"
    other = Phone(bringer.__class__.objects.get(username="member"))
    assert why(pen.write(str(other.row.pk), other.body())) == "UNSIGNED"
    told = pen.write(inst, phone.body())
    key, settings.RECORD_KEY = settings.RECORD_KEY, "another server's"
    assert why(told) == "FOREIGN"
    settings.RECORD_KEY = key
    take_file(data=told, by=by, at=NOW)
    phone.lines[0] = phone.lines[0].replace(b"3", b"4")
    assert why(pen.write(inst, phone.body())) == "FORK"


def test_a_key_is_told_once(phone: Phone, pen: Pen) -> None:
    told = Client(headers={"Authorization": f"Marrow {phone.token}", "Marrow-Key": pen.point})
    assert told.post("/sync/key").status_code == 204
    other = Pen().point
    assert told.post("/sync/key", headers={"Marrow-Key": other}).status_code == 409
    assert told.post("/sync/key", headers={"Marrow-Key": "x"}).status_code == 409
    assert Client(headers={"Marrow-Key": other}).post("/sync/key").status_code == 401
    assert phone.here.signs_with == pen.point


def test_anybody_who_is_signed_in_brings_a_file_and_gets_the_receipt(
    phone: Phone, batch: Mission, pen: Pen, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk, 9)
    phone.count(batch.pk, "many")
    data = the_file(pen, phone)
    recipient = signed_in["recipient"]
    for _n in range(2):
        given = [SimpleUploadedFile("a.mrw", data), SimpleUploadedFile("b.mrw", b"nothing")]
        page = recipient.post("/phones/files/bring/", {"files": given}, follow=True)
    text = page.content.decode()
    assert "b.mrw: This is no file of the field app" in text
    rows = list(Carried.objects.order_by("pk"))
    assert [(row.fresh, row.known, row.aside) for row in rows] == [(2, 0, 1), (0, 2, 0)]
    where = f"/phones/files/{rows[0].pk}/receipt/"
    assert pen.read(recipient.get(where).content)["ack"] == 2
    assert signed_in["office"].get(where).status_code == 200
    assert signed_in["member"].get(where).status_code == 404
    assert signed_in["stranger"].get(where).status_code == 302
    assert signed_in["stranger"].post("/phones/files/bring/").status_code == 302
    assert Visits.objects.get().count == 9


def test_the_operator_takes_files_at_the_command_line(
    phone: Phone, batch: Mission, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phone.count(batch.pk, 9)
    file, bad = tmp_path / "phone.mrw", tmp_path / "bad.mrw"
    file.write_bytes(the_file(pen, phone))
    bad.write_bytes(b"no")
    call_command("take-file", file)
    assert "1 new, 0 known already, 0 set aside" in capsys.readouterr().out
    assert pen.read(file.with_suffix(".ack").read_bytes())["ack"] == 1
    with pytest.raises(CommandError):
        call_command("take-file", file, bad)
    call_command("open-export", file)
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["d"]["count"] == 9
    call_command("open-export", file, "--take")
    assert Visits.objects.get().count == 9
