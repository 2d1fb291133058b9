"""A program whose line breaks sends again, and nothing is done twice."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from marrow.activity.models import Visits
from marrow.core.models import Answered
from marrow.core.once import KEPT, Answer, KeyTaken, forget, once
from tests.builders import NOW, a_batch
from tests.builders.calling import a_token, bearing, is_problem, sent
from tests.builders.consulting import a_case, a_photograph, consulting

TOLD = {"held_on": "2026-03-01", "count": 5}


@pytest.mark.both
@pytest.mark.django_db
def test_the_same_request_under_its_key_is_answered_as_before(calling: dict[str, Client]) -> None:
    where = f"/api/v1/missions/{a_batch().pk}/visits"
    key = {"Idempotency-Key": "visits of 1 March"}
    first = sent(calling["leader"], "POST", where, TOLD, **key)
    again = sent(calling["leader"], "POST", where, TOLD, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Visits.objects.count() == 1


@pytest.mark.django_db
def test_another_request_under_the_key_is_refused(calling: dict[str, Client]) -> None:
    where = f"/api/v1/missions/{a_batch().pk}/visits"
    sent(calling["leader"], "POST", where, TOLD, **{"Idempotency-Key": "k"})
    other = sent(calling["leader"], "POST", where, {**TOLD, "count": 6}, **{"Idempotency-Key": "k"})
    assert is_problem(other, 422)
    assert other.json()["code"] == "key-taken"
    assert Visits.objects.count() == 1
    # a key is a person's own: the same word of somebody else is another key
    theirs = sent(calling["office"], "POST", where, TOLD, **{"Idempotency-Key": "k"})
    assert theirs.status_code == 201


@pytest.mark.django_db
def test_what_was_refused_leaves_its_key_free(calling: dict[str, Client]) -> None:
    where, key = f"/api/v1/missions/{a_batch().pk}/visits", {"Idempotency-Key": "k"}
    assert is_problem(sent(calling["leader"], "POST", where, {**TOLD, "count": 0}, **key), 422)
    nowhere = f"/api/v1/missions/{uuid4()}/visits"
    assert is_problem(sent(calling["leader"], "POST", nowhere, TOLD, **key), 404)
    assert Answered.objects.count() == 0
    assert sent(calling["leader"], "POST", where, TOLD, **key).status_code == 201
    long = sent(calling["leader"], "POST", where, TOLD, **{"Idempotency-Key": "k" * 201})
    assert is_problem(long, 422)


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
def test_a_photograph_is_added_once_whatever_parts_its_body() -> None:
    world = consulting()
    client = bearing(a_token(world.accounts["asker"])[1])
    case, data = a_case(world), a_photograph()
    for boundary in (1, 2):
        file = SimpleUploadedFile("p.jpg", data, content_type="image/jpeg")
        answer: Any = client.post(
            f"/api/v1/consults/{case.pk}/photos", {"file": file},
            headers={"Idempotency-Key": "photo 1"},
        )  # fmt: skip
        assert answer.status_code == 201, (boundary, answer.content)
    assert case.photos.count() == 1
    other = SimpleUploadedFile("p.jpg", a_photograph(size=(10, 10)), content_type="image/jpeg")
    refused: Any = client.post(
        f"/api/v1/consults/{case.pk}/photos", {"file": other},
        headers={"Idempotency-Key": "photo 1"},
    )  # fmt: skip
    assert is_problem(refused, 422)


@pytest.mark.django_db
def test_nothing_of_a_patient_is_kept_in_an_answer(places: object) -> None:
    world = consulting()
    client = bearing(a_token(world.accounts["asker"])[1])
    told = {
        "priority": "URGENT", "specialty": "OPHTHALMOLOGY", "age": "ADULT", "sex": "FEMALE",
        "story": "a red eye", "question": "what now?", "consent_by": "PATIENT",
        "consent_how": "SPOKEN", "consent_on": str(timezone.localdate()),
    }  # fmt: skip
    where = f"/api/v1/organisations/{world.hospital.pk}/consults"
    made = sent(client, "POST", where, told, **{"Idempotency-Key": "case"})
    assert made.status_code == 201, made.content
    kept = bytes(Answered.objects.get().body)
    assert b"red eye" not in kept
    assert b"FEMALE" not in kept


@pytest.mark.django_db
def test_a_key_is_kept_for_a_day() -> None:
    person, done = uuid4(), []

    def act() -> Answer:
        done.append(1)
        return Answer(201)

    def asked(what: str, at: dt.datetime) -> Answer:
        return once(person=person, key="k", asked=what, at=at, act=act)

    asked("a", NOW)
    assert asked("a", NOW + KEPT / 2).again
    with pytest.raises(KeyTaken):
        asked("b", NOW + KEPT / 2)
    assert not asked("b", NOW + KEPT).again
    assert len(done) == 2
    assert forget(NOW + KEPT * 2) == 1


@pytest.mark.both
@pytest.mark.postgresql  # in memory SQLite's connections do not wait for each other
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_done_and_both_are_answered() -> None:
    person, done, told = uuid4(), [], []
    ready = threading.Barrier(2)

    def one(number: int) -> None:
        def act() -> Answer:
            done.append(number)
            return Answer(201, body=b"%d" % number)

        ready.wait()
        told.append(_done_once(person, act))
        connections.close_all()

    threads = [threading.Thread(target=one, args=[n]) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert told[0] == told[1] == b"%d" % done[0]


def _done_once(person: UUID, act: Any) -> bytes:
    return once(person=person, key="k", asked="a", at=NOW, act=act).body
