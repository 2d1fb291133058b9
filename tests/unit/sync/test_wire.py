"""The door that phones knock at: what is answered by an error, and in which form."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.models import Visits
from marrow.missions.models import Mission
from marrow.sync import views
from marrow.sync.models import Receipt
from marrow.sync.rules import LARGEST, BadBatch, read_batch, read_line
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
INST = "00000000-0000-0000-0000-000000000001"
GOOD = {"v": 1, "inst": INST, "from": 2, "prev": "a" * 32, "app": "0.1.0", "wall": "2026-11-24"}


def problem(answer: HttpResponseBase, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        status, "application/problem+json",
    )  # fmt: skip
    told: dict[str, Any] = json.loads(answer.content)  # type: ignore[attr-defined]
    assert told["status"] == status
    assert told["type"] == f"/problems/{told['title']}"
    return told


def test_a_good_header_is_read() -> None:
    batch = read_batch(json.dumps(GOOD).encode() + b"\nx\n\ny")
    assert (str(batch.installation), batch.first, batch.before) == (INST, 2, "a" * 32)
    assert batch.lines == (b"x", b"y")


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2}, {"v": True}, {"v": None}, {"inst": 7}, {"inst": "x"}, {"inst": None},
        {"from": 0}, {"from": -1}, {"from": 1.5}, {"from": True}, {"from": "2"}, {"from": 2**53},
        {"from": None}, {"from": []}, {"prev": "z" * 32}, {"prev": 7}, {"prev": ""},
        {"prev": "a" * 31}, {"prev": None}, {"app": 7}, {"app": "\ud800"}, {"app": "a\0"},
        {"wall": 7}, {"wall": {}}, {"x": "\ud800"}, {"x": "y" * 9000},
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_is_bad(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadBatch):
        read_batch(json.dumps(GOOD | wrong).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b'{"v":2}', b'{"v":1,"inst":"x"}', b"\xff", b"[]", b"null", b'"v"', b"1",
        b'{"v":1,"inst":"%s","from":Infinity}' % INST.encode(),
        b'{"v":1,"inst":"%s","from":-Infinity}' % INST.encode(),
        b'{"v":1,"inst":"%s","from":NaN}' % INST.encode(),
        b'{"v":1,"inst":"%s","from":1e999}' % INST.encode(),
        b'{"v":1,"inst":"%s","from":%s}' % (INST.encode(), b"9" * 4000),
        b'{"v":1,"x":' + b"[" * 4000,
        b"[" * 100_000,
        '{"v":1}'.encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(GOOD).encode(),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_read_is_400_after_the_token_and_401_before(
    phone: Phone, body: bytes
) -> None:
    assert problem(phone.post(body), 400)["title"] == "bad-batch"
    assert problem(phone.post(body, Authorization="Marrow x"), 401)


def test_a_stranger_makes_us_unpack_and_parse_nothing(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(views, "read_batch", never)
    monkeypatch.setattr(views, "_body", never)
    for word in ("", "Marrow", "Marrow ", "Marrow x", f"Bearer {phone.token}", phone.token):
        problem(phone.post(b"x", Authorization=word), 401)


def test_a_token_opens_for_its_own_phone_only(
    phone: Phone, people: dict[str, Account], batch: Mission
) -> None:
    other = Phone(people["member"])
    other.count(batch.pk)
    problem(phone.post(other.body()), 401)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head", "options"])
def test_another_method_is_told_which_one_it_is(phone: Phone, method: str) -> None:
    client = Client(headers={"Authorization": f"Marrow {phone.token}"})
    answer = getattr(client, method)("/sync/v1")
    assert answer.headers["Allow"] == "POST"
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "\N{SNOWMAN}"])
def test_another_way_of_packing_is_told(phone: Phone, encoding: str) -> None:
    answer = phone.post(phone.body(), packed=False, **{"Content-Encoding": encoding})
    assert problem(answer, 415)["title"] == "wrong-encoding"


def test_plain_lines_are_taken_as_packed_ones_are(phone: Phone, batch: Mission) -> None:
    phone.count(batch.pk)
    for packed in (False, True):
        answer = phone.post(phone.body(), packed=packed)
        assert json.loads(answer.content)["ack"] == 1  # type: ignore[attr-defined]
    assert Visits.objects.count() == 1


def test_three_megabytes_are_taken_and_five_are_told_the_limit(
    phone: Phone, batch: Mission
) -> None:
    big = {"mission": str(batch.pk), "held_on": "2026-11-20", "count": 1, "note": "x" * 3_000_000}
    phone.line({"r": str(uuid4()), "t": "visits", "k": "create", "d": big})
    for packed in (False, True):
        assert phone.post(phone.body(), packed=packed).status_code == 200
    assert Visits.objects.count() == 1
    for packed in (False, True):
        answer = phone.post(phone.body() + b"\n" + b"x" * LARGEST, packed=packed)
        told = problem(answer, 413)
        assert (told["title"], told["limit"]) == ("too-large", LARGEST)


def test_a_bomb_is_told_the_limit_and_never_unpacked_as_a_whole(phone: Phone) -> None:
    bomb = gzip.compress(b"0" * 300_000_000, compresslevel=1)
    assert len(bomb) < LARGEST
    problem(phone.post(bomb, packed=False, **{"Content-Encoding": "gzip"}), 413)


def test_a_body_that_was_cut_anywhere_is_never_taken_in_part(phone: Phone, batch: Mission) -> None:
    for _n in range(2):
        phone.count(batch.pk)
    body = gzip.compress(phone.body())
    for length in range(0, len(body), 7):
        answer = phone.post(body[:length], packed=False, **{"Content-Encoding": "gzip"})
        problem(answer, 400)
    assert not Receipt.objects.exists()


def test_a_plain_body_that_is_shorter_than_it_was_promised_is_not_taken(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk)
    body = phone.body()
    for there, status in ((body[:-5], 400), (body, 200)):
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "POST",
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_AUTHORIZATION": f"Marrow {phone.token}",
                "wsgi.input": io.BytesIO(there),
            }
        )
        answer = views.push(request)
        assert answer.status_code == status
        assert Receipt.objects.exists() == (status == 200)


@pytest.mark.parametrize("line", [b"[" * 50_000, b'{"a":' * 20_000])
def test_a_line_nested_without_end_is_kept_and_the_queue_goes_on(
    phone: Phone, batch: Mission, line: bytes
) -> None:
    assert read_line(line) is None
    phone.lines.append(line)
    phone.count(batch.pk)
    answer = json.loads(phone.post(phone.body()).content)  # type: ignore[attr-defined]
    assert answer["ack"] == 2
    assert answer["notes"] == [{"q": 1, "st": "quarantined", "why": "MALFORMED"}]
