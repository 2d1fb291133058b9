"""Photographs of records: named by a phone, pending until their bytes come, seen by the gate."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import take_out_picture
from marrow.activity.models import Deed, Picture
from marrow.core.journal.comparing import differences_of
from marrow.sync import uploads
from marrow.sync.models import SentFile
from marrow.sync.rules.pictures import Picture as Drawn
from marrow.sync.rules.pictures import drawn_anew
from tests.builders import NOW
from tests.builders.on_post import Team, a_team_on_post
from tests.builders.sending import slip_on, text
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_uploads import Sender, a_photograph

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def team(people: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))


@pytest.fixture
def phone(people: dict[str, Account], team: Team) -> Phone:
    return Phone(people["leader"])


def a_record(phone: Phone, team: Team) -> UUID:
    record = uuid4()
    data = {
        "organisation": str(team.site.organisation_id), "mission": str(team.mission.pk),
        "held_on": f"{NOW:%Y-%m-%d}", "kind": "OPERATION_DONE", "count": 1,
    }  # fmt: skip
    phone.line({"r": str(record), "t": "record", "k": "create", "d": data})
    return record


def names(phone: Phone, record: UUID, data: bytes, picture: UUID | None = None) -> UUID:
    picture = picture or uuid4()
    told = {"of": "record", "record": str(record), "sha256": hashlib.sha256(data).hexdigest()}
    phone.line({"r": str(picture), "t": "file", "k": "create", "d": told})
    return picture


def sends(phone: Phone, data: bytes) -> None:
    sender = Sender(phone)
    where = sender.begin(data).headers["Location"]
    assert sender.go_on(where, 0, data).status_code == 204


def rows(client: Client, team: Team) -> str:
    where = f"/activity/missions/{team.mission.pk}/rows/?kind=OPERATION_DONE&year={NOW:%Y}"
    return client.get(where).content.decode()


def test_a_photograph_is_pending_until_its_bytes_come(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    data = a_photograph()
    picture = names(phone, a_record(phone, team), data)
    assert phone.push().notes == []
    where = f"/activity/pictures/{picture}/"
    assert "photograph pending" in rows(signed_in["leader"], team)
    assert signed_in["leader"].get(where).status_code == 404
    sends(phone, data)
    assert where in rows(signed_in["leader"], team)
    answer = signed_in["leader"].get(where)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"Owner" not in answer.content
    assert signed_in["auditor"].get(where).status_code == 200
    assert signed_in["member"].get(where).status_code == 200
    assert signed_in["stranger"].get(where).status_code == 302
    assert signed_in["unit"].get(where).status_code == 403
    assert signed_in["recipient"].get(where).status_code == 404, "another hospital's"
    assert list(differences_of(Picture)) == []


def test_bytes_may_come_before_their_line_and_two_records_may_share_them(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    data = a_photograph()
    sends(phone, data)
    one = names(phone, a_record(phone, team), data)
    two = names(phone, a_record(phone, team), data)
    phone.push()
    for picture in (one, two):
        assert signed_in["leader"].get(f"/activity/pictures/{picture}/").status_code == 200
    assert SentFile.objects.count() == 1


def test_the_same_again_changes_nothing_and_what_cannot_be_is_set_aside(
    phone: Phone, team: Team
) -> None:
    data = a_photograph()
    record = a_record(phone, team)
    picture = names(phone, record, data)
    names(phone, record, data, picture)
    names(phone, record, data)
    names(phone, record, b"other", picture)
    names(phone, uuid4(), data)
    told = {"of": "record", "record": str(record), "sha256": "../../etc"}
    phone.line({"r": str(uuid4()), "t": "file", "k": "create", "d": told})
    phone.line({"r": str(uuid4()), "t": "file", "k": "create", "d": {"of": "nothing"}})
    notes = {note["q"]: (note["st"], note["why"]) for note in phone.push().notes}
    assert notes == {
        3: ("identical", ""), 4: ("identical", ""), 5: ("conflict", ""),
        6: ("quarantined", "UNSEEN"), 7: ("quarantined", "MALFORMED"),
        8: ("quarantined", "UNKNOWN_TYPE"),
    }  # fmt: skip
    assert Picture.objects.count() == Deed.objects.count() == 1


def test_a_photograph_that_is_taken_out_can_be_opened_by_nobody(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    data = a_photograph()
    picture = names(phone, a_record(phone, team), data)
    phone.push()
    sends(phone, data)
    out = f"/activity/pictures/{picture}/out/"
    assert signed_in["recipient"].post(out, {"reason": "face"}).status_code == 404
    assert signed_in["auditor"].post(out, {"reason": "face"}).status_code == 403
    assert signed_in["leader"].post(out, {"reason": " "}).status_code >= 400
    assert signed_in["leader"].post(out, {"reason": "a face"}).status_code < 400
    assert signed_in["leader"].get(f"/activity/pictures/{picture}/").status_code == 404
    assert uploads.picture_of(SentFile.objects.get()) is None
    assert "/activity/pictures/" not in rows(signed_in["leader"], team)


def test_a_photograph_that_is_taken_out_before_its_bytes_come_is_not_stored(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    data, half = a_photograph(), len(a_photograph()) // 2
    picture = names(phone, a_record(phone, team), data)
    phone.push()
    sender = Sender(phone)
    where = sender.begin(data).headers["Location"]
    assert sender.go_on(where, 0, data[:half]).status_code == 204
    out = f"/activity/pictures/{picture}/out/"
    assert signed_in["leader"].post(out, {"reason": "a face"}).status_code < 400
    assert sender.go_on(where, half, data[half:]).status_code == 409, "what had come is gone"
    assert sender.go_on(where, 0, data).status_code == 410
    assert sender.begin(data).status_code == 410
    assert not SentFile.objects.exists()
    assert list(settings.UPLOADS.iterdir()) == []
    names(phone, a_record(phone, team), data)
    phone.push()
    sends(phone, data)
    assert SentFile.objects.count() == 1, "another record has it"


def told_to(phone: Phone) -> list[dict[str, Any]]:
    """What a phone that reads its team from the beginning is told of photographs."""
    answer = phone.post(phone.body(first=len(phone.lines) + 1, lines=[], cur={}, max=100_000))
    lines = [json.loads(line) for line in answer.content.decode().splitlines()]  # type: ignore[attr-defined]
    return [line for line in lines if line.get("t") == "picture"]


def test_a_phone_is_told_which_photograph_the_office_took_out_who_did_and_why(
    phone: Phone, team: Team, people: dict[str, Account]
) -> None:
    data, other = a_photograph(), a_photograph() + b"x"
    record = a_record(phone, team)
    picture = names(phone, record, data)
    names(phone, record, other)
    assert phone.push().notes == []
    assert told_to(phone) == []
    office = viewer_of(people["office"])
    take_out_picture(picture=picture, reason="A face is seen", by=office, at=NOW)
    [line] = told_to(phone)
    assert (line["r"], line["d"]) == (
        str(picture),
        {
            "record": str(record), "sha256": hashlib.sha256(data).hexdigest(),
            "void": "A face is seen", "void_by": str(office.person),
        },
    )  # fmt: skip


def test_one_that_is_taken_out_while_its_last_piece_is_drawn_is_not_kept(
    phone: Phone, team: Team, people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_photograph()
    picture = names(phone, a_record(phone, team), data)
    assert phone.push().notes == []
    leader = viewer_of(people["leader"], via="page")

    def meanwhile(told: bytes) -> Drawn:
        take_out_picture(picture=picture, reason="a face is seen", by=leader, at=NOW)
        return drawn_anew(told)

    monkeypatch.setattr(uploads, "drawn_anew", meanwhile)
    sender = Sender(phone)
    where = sender.begin(data).headers["Location"]
    assert sender.go_on(where, 0, data).status_code == 410
    assert not SentFile.objects.exists()
    assert [file.name for file in settings.UPLOADS.iterdir()] == []


def test_who_takes_something_out_on_the_page_of_rows_stays_on_it(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record, data = a_record(phone, team), a_photograph()
    picture = names(phone, record, data)
    phone.push()
    page = f"/activity/missions/{team.mission.pk}/rows/?kind=OPERATION_DONE&year={NOW:%Y}"
    here, told = {"Referer": f"http://testserver{page}"}, {"reason": "a face is seen"}
    for path in (f"/activity/pictures/{picture}/out/", f"/activity/deeds/{record}/void/"):
        assert signed_in["leader"].post(path, told, headers=here).headers["Location"] == page


def test_a_reason_that_was_refused_is_kept_where_it_was_written_and_told_of_nowhere_else(
    phone: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record, leader = a_record(phone, team), signed_in["leader"]
    phone.push()
    page = f"/activity/missions/{team.mission.pk}/rows/?kind=OPERATION_DONE&year={NOW:%Y}"
    told = {"reason": "Patient: Mamadou Diallo fell", "slip": slip_on(leader, page)}
    headers = {"Referer": f"http://testserver{page}", "Accept": "text/html"}
    answer = leader.post(f"/activity/deeds/{record}/void/", told, headers=headers)
    assert answer.headers["Location"] == page
    here, elsewhere = text(leader.get(page)), text(leader.get("/activity/"))
    assert "What you wrote was refused. It is kept." in here
    assert "Mamadou Diallo" in here
    for shown in (here, elsewhere):
        assert "did not arrive" not in shown
    assert "It is kept." not in elsewhere
