"""Files of phones: piece by piece, resumed, once whoever sends them, no camera data."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import threading
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connections
from django.db.models import F
from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image

from marrow.accounts.models import Account
from marrow.core.jobs import run_one
from marrow.core.models import Job
from marrow.missions.models import Mission
from marrow.sync import shelves, uploads
from marrow.sync.health import health_of, silent_phones
from marrow.sync.models import Installation, SentFile, Shelf, Upload
from tests.builders import ADMIN, NOW
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
GPS = 0x8825


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


def a_photograph(shade: int = 90, size: int = 64) -> bytes:
    """A JPEG with the place and the owner that a camera writes into it."""
    exif = Image.Exif()
    exif[0x9C9D] = "Owner of the camera".encode("utf-16-le")
    exif[GPS] = {1: "N", 2: (9.0, 30.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (size, size), (shade, 80, 70)).save(out, "JPEG", exif=exif)
    return out.getvalue()


class Sender:
    """A phone that speaks tus."""

    def __init__(self, phone: Phone) -> None:
        told = {"Authorization": f"Marrow {phone.token}", "Tus-Resumable": "1.0.0"}
        self.client = Client(headers=told)

    def begin(self, data: bytes, sha256: str = "") -> HttpResponseBase:
        name = base64.b64encode((sha256 or digest(data)).encode()).decode()
        told = {"Upload-Length": str(len(data)), "Upload-Metadata": f"sha256 {name}"}
        return self.client.post("/sync/files/", headers=told)

    def go_on(self, where: str, start: int, piece: bytes, **headers: str) -> HttpResponseBase:
        return self.client.patch(
            where, piece, content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(start)} | headers,
        )  # fmt: skip


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def sender(phone: Phone) -> Sender:
    return Sender(phone)


def test_a_phone_that_was_ended_begins_no_file_and_goes_on_with_none(
    phone: Phone, sender: Sender
) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    Installation.objects.filter(pk=phone.row.pk).update(revoked_at=NOW)
    assert sender.begin(a_photograph(91)).status_code == 403
    assert sender.go_on(where, 0, data).status_code == 403
    assert not SentFile.objects.exists()


def test_a_file_comes_in_pieces_and_is_kept_without_what_the_camera_wrote(sender: Sender) -> None:
    data = a_photograph()
    begun = sender.begin(data)
    where = begun.headers["Location"]
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    checksum = f"sha256 {base64.b64encode(hashlib.sha256(data[:200]).digest()).decode()}"
    first = sender.go_on(where, 0, data[:200], **{"Upload-Checksum": checksum})
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "200")
    asked = sender.client.head(where)
    assert asked.headers["Upload-Offset"] == "200"
    assert asked.headers["Upload-Length"] == str(len(data))
    assert sender.go_on(where, 200, data[200:]).status_code == 204
    row = SentFile.objects.get(sent_sha256=digest(data))
    picture = uploads.picture_of(row)
    assert picture
    assert not Image.open(io.BytesIO(picture)).getexif()
    assert b"Owner" not in picture
    lying = [path.name for path in uploads.place_of(row.pk).parent.iterdir()]
    assert lying == [f"{row.pk}.picture"]
    assert picture not in uploads.place_of(row.pk).read_bytes(), "sealed"


def test_a_piece_that_begins_elsewhere_learns_where_the_file_ends(sender: Sender) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    sender.go_on(where, 0, data[:100])
    for start in (0, 50, 150):
        wrong = sender.go_on(where, start, data[start : start + 10])
        assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "100")
    assert sender.begin(data).headers["Upload-Offset"] == "100", "as its phone asks after a kill"


def test_two_phones_with_one_file_send_it_once(sender: Sender, people: dict[str, Account]) -> None:
    data, other = a_photograph(), Sender(Phone(people["member"]))
    one, two = sender.begin(data), other.begin(data)
    assert one.headers["Location"] == two.headers["Location"]
    sender.go_on(one.headers["Location"], 0, data[:300])
    assert other.go_on(two.headers["Location"], 300, data[300:]).status_code == 204
    again = sender.begin(data)
    assert again.headers["Upload-Offset"] == str(len(data))
    assert SentFile.objects.count() == Upload.objects.count() == 1


def test_a_wrong_digest_is_told_and_the_file_begins_anew(sender: Sender) -> None:
    data, other = a_photograph(), a_photograph(200)
    other = other.ljust(len(data), b"\0")[: len(data)]
    where = sender.begin(data).headers["Location"]
    wrong = sender.go_on(where, 0, other)
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (460, "application/problem+json")
    assert not SentFile.objects.exists()
    assert sender.client.head(where).headers["Upload-Offset"] == "0"
    assert sender.go_on(where, 0, data).status_code == 204
    assert SentFile.objects.count() == 1


def test_a_piece_that_was_altered_on_the_way_is_not_kept(sender: Sender) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    told = {"Upload-Checksum": f"sha256 {base64.b64encode(b'0' * 32).decode()}"}
    assert sender.go_on(where, 0, data, **told).status_code == 460
    told = {"Upload-Checksum": "md5 xxxx"}
    assert sender.go_on(where, 0, data, **told).status_code == 400
    assert sender.client.head(where).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("data", [b"GIF89a", b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_told_so_each_time(sender: Sender, data: bytes) -> None:
    where = sender.begin(data).headers["Location"]
    assert sender.go_on(where, 0, data).status_code == 415
    assert sender.begin(data).status_code == 415
    assert not SentFile.objects.exists()
    assert not list(uploads.part_of(Upload.objects.get().pk).parent.glob("*"))


def test_limits_and_strangers(
    sender: Sender, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    stranger = Client(headers={"Tus-Resumable": "1.0.0", "Authorization": "Marrow x"})
    assert stranger.post("/sync/files/").status_code == 401
    assert stranger.head(where).status_code == 401
    assert Client().head(where).status_code == 412
    assert sender.client.get(where).status_code == 405
    assert sender.go_on(where, 0, b"x" * (len(data) + 1)).status_code == 413
    assert sender.go_on(where, 0, b"x" * (1024 * 1024 + 1)).status_code == 413
    assert sender.go_on(f"/sync/files/{UUID(int=0)}/", 0, b"x").status_code == 404
    big = {
        "Upload-Length": "10485761",
        "Upload-Metadata": "sha256 " + base64.b64encode(b"0" * 64).decode(),
    }
    assert sender.client.post("/sync/files/", headers=big).status_code == 413
    for bad in ("", "sha256", "sha256 !!", "sha256 " + base64.b64encode(b"../../x").decode()):
        told = {"Upload-Length": "5", "Upload-Metadata": bad}
        assert sender.client.post("/sync/files/", headers=told).status_code == 400
    monkeypatch.setattr(uploads, "MOST_OPEN", 1)
    assert sender.begin(a_photograph(180)).status_code == 429
    assert sender.begin(data).status_code == 201
    offered = Client().options("/sync/files/").headers
    assert offered["Tus-Extension"] == "creation,checksum"


def test_killed_after_the_last_piece_it_is_kept_when_its_phone_asks(
    sender: Sender, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    with monkeypatch.context() as patch:
        patch.setattr(uploads, "_ended", lambda row, _at: uploads.Far(row.pk, row.held, row.size))
        assert sender.go_on(where, 0, data).status_code == 204
    assert not SentFile.objects.exists()
    assert sender.begin(data).headers["Upload-Offset"] == str(len(data))
    assert SentFile.objects.count() == 1


def test_bytes_that_were_written_and_not_counted_are_written_again(sender: Sender) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    sender.go_on(where, 0, data[:100])
    row = Upload.objects.get()
    uploads.write(uploads.part_of(row.pk), 100, b"\0" * 400)  # killed before the row was
    assert sender.go_on(where, 100, data[100:]).status_code == 204
    assert SentFile.objects.count() == 1


def test_a_folder_that_was_set_back_asks_for_what_it_lacks(sender: Sender) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    sender.go_on(where, 0, data[:400])
    row = Upload.objects.get()
    uploads.part_of(row.pk).write_bytes(data[:150])
    assert sender.begin(data).headers["Upload-Offset"] == "150"
    sender.go_on(where, 150, data[150:])
    uploads.place_of(row.pk).unlink()
    assert sender.begin(data).headers["Upload-Offset"] == "0"
    sender.go_on(where, 0, data)
    assert uploads.picture_of(SentFile.objects.get())


def test_a_photograph_whose_key_was_destroyed_is_taken_again_for_a_record_that_has_it_anew(
    sender: Sender,
) -> None:
    data = a_photograph()
    where = sender.begin(data).headers["Location"]
    sender.go_on(where, 0, data)
    uploads.lose(digest(data))
    assert not uploads.picture_of(SentFile.objects.get())
    assert sender.begin(data).headers["Upload-Offset"] == "0", "what nobody can open is not here"
    sender.go_on(where, 0, data)
    assert uploads.picture_of(SentFile.objects.get())


def _taken_out_begun_anew_and_left_for_two_months(sender: Sender, data: bytes) -> None:
    sender.go_on(sender.begin(data).headers["Location"], 0, data)
    uploads.lose(digest(data))
    sender.begin(data)  # of another record; then its phone has no network for two months
    assert uploads.tidy(Upload.objects.get().touched_at + dt.timedelta(days=62)) == 1


def test_a_photograph_begun_anew_and_left_for_sixty_days_can_still_come(sender: Sender) -> None:
    data = a_photograph()
    _taken_out_begun_anew_and_left_for_two_months(sender, data)
    assert not SentFile.objects.exists(), "of what comes anew nothing is here meanwhile"
    begun = sender.begin(data)
    assert begun.headers["Upload-Offset"] == "0"
    assert sender.go_on(begun.headers["Location"], 0, data).status_code == 204
    assert uploads.picture_of(SentFile.objects.get())


def test_a_photograph_can_come_where_one_that_nobody_can_open_stayed_behind(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_photograph()
    with monkeypatch.context() as before:
        before.setattr(uploads, "let_go", lambda _sha256: None)  # as servers once began anew
        _taken_out_begun_anew_and_left_for_two_months(sender, data)
    assert SentFile.objects.exists()
    assert sender.go_on(sender.begin(data).headers["Location"], 0, data).status_code == 204
    row = SentFile.objects.get()
    assert uploads.picture_of(row)
    assert [path.name for path in uploads.place_of(row.pk).parent.iterdir()] == [
        f"{row.pk}.picture"
    ]


def test_a_photograph_that_is_here_stays_whatever_size_a_phone_says_that_it_has(
    sender: Sender,
) -> None:
    data = a_photograph()
    sender.go_on(sender.begin(data).headers["Location"], 0, data)
    assert sender.begin(data + b"x", digest(data)).headers["Upload-Offset"] == str(len(data))
    assert uploads.picture_of(SentFile.objects.get())


def test_what_nobody_went_on_with_for_sixty_days_goes(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, whole = a_photograph(10), a_photograph(120)
    sender.go_on(sender.begin(begun).headers["Location"], 0, begun[:100])
    sender.go_on(sender.begin(whole).headers["Location"], 0, whole)
    late = Job.objects.get(kind=uploads.TIDY).not_before
    assert uploads.tidy(late - dt.timedelta(days=5)) == 0
    monkeypatch.setattr("django.utils.timezone.now", lambda: late + dt.timedelta(hours=1))
    while run_one("test"):
        pass
    assert [row.sha256 for row in Upload.objects.all()] == [digest(whole)]
    assert not list(uploads.part_of(UUID(int=0)).parent.glob("*.part"))


@pytest.mark.postgresql  # in memory SQLite's connections do not wait for each other
def test_the_same_piece_many_times_at_once_is_written_once(phone: Phone) -> None:
    data = a_photograph(7, 400)
    row = uploads.begin(phone=phone.row.pk, sha256=digest(data), size=len(data), at=NOW)
    done: list[str] = []

    def send() -> None:
        try:
            uploads.take_piece(upload=row.upload, start=0, piece=data, at=NOW)
            done.append("taken")
        except uploads.Elsewhere:
            done.append("elsewhere")
        connections.close_all()

    threads = [threading.Thread(target=send) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["elsewhere"] * 3 + ["taken"]
    assert uploads.picture_of(SentFile.objects.get())


def test_a_phone_begins_so_many_files_a_day_and_no_more(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_A_DAY", 2)
    for shade in (10, 60):
        data = a_photograph(shade)
        where = sender.begin(data).headers["Location"]
        assert sender.go_on(where, 0, data).status_code == 204
    assert sender.begin(a_photograph(120)).status_code == 429
    assert sender.begin(a_photograph(60)).status_code == 201, "known already"
    Upload.objects.update(begun_at=F("begun_at") - dt.timedelta(days=2))
    assert sender.begin(a_photograph(120)).status_code == 201


def test_lists_that_were_given_out_long_ago_go() -> None:
    for mark, days in (("old", 91), ("new", 89)):
        Shelf.objects.create(mark=mark, rows={}, given_at=NOW - dt.timedelta(days=days))
    assert shelves.tidy(NOW) == 1
    assert Shelf.objects.get().mark == "new"


def test_the_office_sees_how_many_photographs_are_on_a_phone_alone_before_it_ends_it(
    phone: Phone, sender: Sender, signed_in: dict[str, Client]
) -> None:
    def shown() -> str:
        return signed_in["office"].get("/phones/").content.decode()

    phone.push(left=0)
    assert phone.here.pictures is None
    assert "photographs on it alone: unknown" in shown()
    one, other = a_photograph(), a_photograph(180)
    phone.push(left=0, shots=2)
    assert "2 photographs on it alone" in shown()
    held = [sign for sign in health_of(ADMIN, NOW).signs if "photographs back" in sign.what]
    assert [sign.count for sign in held] == [1]
    [silent] = silent_phones(NOW + dt.timedelta(days=2))
    assert silent.why.endswith("2 photographs are on it alone")
    where = sender.begin(one).headers["Location"]
    sender.go_on(where, 0, one[:30])
    assert phone.here.pictures == 2
    sender.go_on(where, 30, one[30:])
    assert "1 photograph on it alone" in shown()
    sender.go_on(sender.begin(other).headers["Location"], 0, other)
    assert "on it alone" not in shown()
    sender.begin(one)
    assert phone.here.pictures == 0


def test_a_photograph_whose_answer_was_lost_is_counted_once(phone: Phone, sender: Sender) -> None:
    data = a_photograph()
    phone.push(left=0, shots=2)  # this one, and another
    sender.go_on(sender.begin(data).headers["Location"], 0, data)
    sender.begin(data)  # its phone did not hear that it had arrived
    assert phone.here.pictures == 1, "the other is on it alone"


def test_a_call_that_goes_before_all_else_leaves_what_the_phone_told_of_the_rest(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk)
    phone.push(left=3, shots=5)
    phone.count(batch.pk)
    phone.push()
    assert (phone.here.unsent, phone.here.pictures) == (3, 5)
