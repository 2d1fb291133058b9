"""A question asked on a phone: one case, sent; its answer kept on the phone of who asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import take_out_picture
from marrow.consults.actions import sign_opinion, take
from marrow.consults.models import Consult, Photo, Promised, Reading
from marrow.consults.queries import photo_bytes
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.sync.models import SentFile
from tests.builders import NOW
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.activity.test_pictures import a_record, names
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import notes, says
from tests.unit.sync.test_uploads import Sender, a_photograph, digest

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))


def a_question(team: Team, **more: Any) -> dict[str, Any]:
    return {
        "of": "consult", "organisation": str(team.site.organisation_id), "age": "CHILD",
        "sex": "FEMALE", "reference": "412", "story": "Fever for five days.",
        "question": "Which drug first?", "specialty": "PAEDIATRICS", "priority": "URGENT",
        "consent_by": "GUARDIAN", "consent_how": "SPOKEN", "consent_on": "2026-11-20", **more,
    }  # fmt: skip


def asked(account: Account) -> list[dict[str, Any]]:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    told: list[dict[str, Any]] = client.get("/field/reference/").json()["asked"]
    return told


def test_a_question_is_one_case_and_its_answer_comes_to_the_phone_of_who_asked(
    people: dict[str, Account], team: Team
) -> None:
    phone = Phone(people["member"])
    record = says(phone, "message", "create", a_question(team))
    says(phone, "message", "create", a_question(team), record)
    assert notes(phone) == [("identical", "")]
    row = Consult.objects.get()
    assert (row.pk, row.state, row.story) == (record, "SUBMITTED", "Fever for five days.")
    assert set(Operation.objects.filter(record=record).values_list("via", flat=True)) == {"phone"}
    specialist, account = viewer_of(people["specialist"]), people["specialist"].pk
    names = {"zh": "胡泉（虚构）", "fr": "Hu Quan (fictif)"}
    Account.objects.filter(pk=account).update(names={**names, "en": specialist.name})
    take(consult=row.pk, by=specialist, at=NOW)
    sign_opinion(consult=row.pk, text="Give it today.", by=specialist, at=NOW)
    (told,) = asked(people["member"])
    assert told["answers"][0]["names"] == {**names, "en": specialist.name}, "in each language"
    Account.objects.filter(pk=account).update(names={"zh": "别人（虚构）"})
    (again,) = asked(people["member"])
    assert (again["answers"][0]["who"], again["answers"][0]["names"]) == (specialist.name, {})
    assert (told["question"], told["answers"][0]["text"]) == (
        "Which drug first?", "Give it today.",
    )  # fmt: skip
    assert asked(people["leader"]) == [], "another's patient"
    says(phone, "message", "create", {"of": "reading", "consult": str(record)})
    phone.push()
    assert Reading.objects.filter(reader=people["member"].pk, consult=record).count() == 1


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"priority": "SOON"}, "MALFORMED"), ({"consent_on": "yesterday"}, "MALFORMED"),
        ({"story": "x" * 6001}, "MALFORMED"), ({"consent_by": "NOBODY"}, "REFUSED"),
        ({"story": "call +224 620 12 34 56"}, "REFUSED"), ({"organisation": ""}, "MALFORMED"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_is_kept_for_a_person(
    people: dict[str, Account], team: Team, told: dict[str, str], why: str
) -> None:
    phone = Phone(people["member"])
    says(phone, "message", "create", a_question(team, **told))
    assert notes(phone) == [("quarantined", why)]
    assert not Consult.objects.exists()


@pytest.mark.parametrize("told", [{"priority": "SOON"}, {"of": ""}])
def test_the_story_of_a_question_that_was_set_aside_is_read_by_nobody_who_looks_after_phones(
    people: dict[str, Account], team: Team, signed_in: dict[str, Client], told: dict[str, str]
) -> None:
    phone = Phone(people["member"])
    says(phone, "message", "create", a_question(team, **told))
    assert [state for state, _why in notes(phone)] == ["quarantined"]
    for role in ("office", "auditor", "admin"):
        shown = signed_in[role].get("/phones/set-aside/").content.decode()
        assert "Fever" not in shown, role
    assert "line-" in signed_in["office"].get("/phones/set-aside/").content.decode()


def test_nobody_notes_a_reading_of_what_is_not_theirs(
    people: dict[str, Account], team: Team
) -> None:
    phone, other = Phone(people["member"]), Phone(people["leader"])
    record: UUID = says(phone, "message", "create", a_question(team))
    phone.push()
    says(other, "message", "create", {"of": "reading", "consult": str(record)})
    says(other, "message", "create", {"of": "reading", "consult": str(uuid4())})
    assert [why for _st, why in notes(other)] == ["UNSEEN", "UNSEEN"]


def test_a_photograph_of_a_question_stands_in_its_case_once_its_bytes_have_come(
    people: dict[str, Account], team: Team, settings: LazySettings, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    phone = Phone(people["member"])
    data = a_photograph()
    first = says(phone, "message", "create", a_question(team))
    line = {"of": "record", "record": str(first), "sha256": digest(data)}
    says(phone, "file", "create", line)
    says(phone, "file", "create", line)
    assert notes(phone) == [("identical", "")]
    page = Client()
    page.force_login(people["member"], backend="django.contrib.auth.backends.ModelBackend")

    def shown(case: UUID) -> str:
        return page.get(f"/consults/{case}/").content.decode()

    assert "1 photograph is on its way from the phone." in shown(first)
    assert not Photo.objects.exists(), "unknown sizes are not nought"
    sender = Sender(phone)
    where = sender.begin(data).headers["Location"]
    assert sender.go_on(where, 0, data).status_code == 204
    photo = Photo.objects.get()
    assert (photo.consult_id, photo.width, photo.height) == (first, 64, 64)
    assert photo_bytes(photo)
    assert "on its way" not in shown(first)
    assert str(photo.pk) in shown(first)
    assert not SentFile.objects.exists(), "it lies under the key of its case alone"
    assert list((tmp_path / "uploads").iterdir()) == []
    again = says(phone, "message", "create", a_question(team, question="And now?"))
    says(phone, "file", "create", line | {"record": str(again)})
    assert notes(phone)[1:] == []
    assert Photo.objects.filter(consult=again).exists(), "a second case has it at once"
    assert not verify().broken


def test_nobody_adds_a_photograph_to_what_was_answered_or_another_asked(
    people: dict[str, Account], team: Team
) -> None:
    phone, other = Phone(people["member"]), Phone(people["leader"])
    case = says(phone, "message", "create", a_question(team))
    phone.push()
    line = {"of": "record", "record": str(case), "sha256": digest(b"a")}
    says(other, "file", "create", line)
    assert [state for state, _why in notes(other)] == ["quarantined"]
    specialist = viewer_of(people["specialist"])
    take(consult=case, by=specialist, at=NOW)
    sign_opinion(consult=case, text="Give it today.", by=specialist, at=NOW)
    says(phone, "file", "create", line)
    assert [state for state, _why in notes(phone)] == ["quarantined"]
    assert not Promised.objects.exists()


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.mark.usefixtures("folder")
def test_a_photograph_that_was_taken_out_of_a_record_still_reaches_the_specialist_who_is_asked(
    people: dict[str, Account], team: Team
) -> None:
    phone, data = Phone(people["leader"]), a_photograph()
    picture = names(phone, a_record(phone, team), data)
    phone.push()
    sender = Sender(phone)
    sender.go_on(sender.begin(data).headers["Location"], 0, data)
    why, leader = "it belongs to the question", viewer_of(people["leader"])
    take_out_picture(picture=picture, reason=why, by=leader, at=NOW)
    assert sender.begin(data).status_code == 410, "nothing wants it"
    names(phone, says(phone, "message", "create", a_question(team)), data)
    assert notes(phone) == []
    begun = sender.begin(data)
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    assert sender.go_on(begun.headers["Location"], 0, data).status_code == 204
    assert photo_bytes(Photo.objects.get())
    assert not SentFile.objects.exists(), "it lies under the key of its case alone"
    assert sender.begin(data).status_code == 201, "of one that arrived no phone says it was refused"


def test_a_photograph_on_its_way_to_a_specialist_goes_on_when_it_is_taken_out_of_a_record(
    people: dict[str, Account], team: Team, folder: Path
) -> None:
    phone, data = Phone(people["leader"]), a_photograph()
    picture = names(phone, a_record(phone, team), data)
    names(phone, says(phone, "message", "create", a_question(team)), data)
    assert notes(phone) == []
    sender = Sender(phone)
    where = sender.begin(data).headers["Location"]
    sender.go_on(where, 0, data[:100])
    take_out_picture(picture=picture, reason="a face", by=viewer_of(people["leader"]), at=NOW)
    assert sender.begin(data).headers["Upload-Offset"] == "100"
    assert sender.go_on(where, 100, data[100:]).status_code == 204
    assert photo_bytes(Photo.objects.get())
    assert list(folder.iterdir()) == [], "of the record it is nowhere"
