"""A case is asked, sent, taken, answered and ended; nobody else reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from marrow.consults import access, actions, queries
from marrow.consults.actions import asking
from marrow.consults.models import Consult, Opinion, Outcome, Photo, PhotoBytes, Reading
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.secrets import erase
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER
from tests.builders.consulting import (
    CASE,
    STORY,
    Consulting,
    a_case,
    a_photograph,
    answered,
    consulting,
    sent,
    taken,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world(people: object) -> Consulting:
    return consulting()


def test_who_asked_reads_a_draft_and_nobody_else(world: Consulting) -> None:
    row = a_case(world)
    assert access.case_for(world.viewer("asker"), row.pk).story == STORY
    for who in ("doctor", "elsewhere", "expert"):
        with pytest.raises(Unseen):
            access.case_for(world.viewer(who), row.pk)
    with pytest.raises(Unseen):
        access.case_for(OFFICE, row.pk)


def test_a_case_that_waits_has_no_story_for_office_auditor_or_specialists(
    world: Consulting,
) -> None:
    row = sent(world)
    assert access.case_for(world.viewer("doctor"), row.pk).pk == row.pk
    for viewer in (OFFICE, AUDITOR):
        with pytest.raises(NotAllowed):
            access.case_for(viewer, row.pk)
    for viewer in (world.viewer("elsewhere"), world.viewer("expert"), STRANGER):
        with pytest.raises(Unseen):
            access.case_for(viewer, row.pk)
    assert [line.row.pk for line in queries.queue(world.viewer("expert"), NOW)] == [row.pk]


def test_one_specialist_has_it_and_the_other_does_not_read_it(world: Consulting) -> None:
    row = taken(world)
    assert access.case_for(world.viewer("expert"), row.pk).pk == row.pk
    with pytest.raises(Unseen):
        access.case_for(world.viewer("second"), row.pk)
    with pytest.raises(Unseen):
        actions.take(consult=row.pk, by=world.viewer("second"), at=NOW)
    assert queries.queue(world.viewer("second"), NOW) == []


def test_of_two_who_take_at_once_one_is_told(
    world: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent(world)
    late = access.case_to_take(world.viewer("second"), row.pk)
    actions.take(consult=row.pk, by=world.viewer("expert"), at=NOW)
    monkeypatch.setattr(access, "case_to_take", lambda _viewer, _consult: late)
    with pytest.raises(Overtaken):
        actions.take(consult=row.pk, by=world.viewer("second"), at=NOW)


def test_a_case_given_back_waits_again_and_its_clock_goes_on(world: Consulting) -> None:
    row = taken(world)
    due = row.answer_by
    actions.turn_down(consult=row.pk, reason="NO_TIME", by=world.viewer("expert"), at=NOW + HOUR)
    row.refresh_from_db()
    assert (row.state, row.assigned_to, row.answer_by) == ("SUBMITTED", None, due)
    with pytest.raises(Unseen):
        access.case_for(world.viewer("expert"), row.pk)


def test_the_office_gives_a_case_and_the_specialist_accepts(world: Consulting) -> None:
    row = sent(world)
    expert = world.accounts["expert"]
    actions.assign(consult=row.pk, specialist=expert.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused):
        actions.sign_opinion(consult=row.pk, text="a", by=world.viewer("expert"), at=NOW)
    actions.take(consult=row.pk, by=world.viewer("expert"), at=NOW)
    actions.sign_opinion(consult=row.pk, text="a", by=world.viewer("expert"), at=NOW)
    with pytest.raises(NotAllowed):
        actions.assign(consult=row.pk, specialist=expert.pk, by=AUDITOR, at=NOW)
    with pytest.raises(Refused):
        actions.assign(
            consult=sent(world).pk, specialist=world.accounts["asker"].pk, by=OFFICE, at=NOW
        )


def test_nobody_can_answer_is_told_and_counted(world: Consulting) -> None:
    row = sent(world)
    actions.decline(consult=row.pk, why="NOBODY_FREE", by=OFFICE, at=NOW)
    assert [c.pk for c in queries.declined_lately(world.viewer("asker"), NOW)] == [row.pk]
    told = queries.counts(OFFICE, NOW)
    assert told is not None
    assert [c.pk for c in told.declined] == [row.pk]


def test_a_sent_case_does_not_change(world: Consulting) -> None:
    row = sent(world)
    by = world.viewer("asker")
    with pytest.raises(Refused):
        actions.submit(consult=row.pk, by=by, at=NOW)
    with pytest.raises(Refused):
        actions.add_photo(consult=row.pk, data=a_photograph(), by=by, at=NOW)


@pytest.mark.parametrize(
    "told",
    [
        {"story": "call +224 620 12 34 56"},
        {"story": "patient Diallo, red eye"},
        {"story": "Mamadou Diallo, 45, red eye"},
        {"reference": "Mamadou Diallo"},
        {"reference": "224622334455"},
        {"specialty": "MAGIC"},
        {"question": " "},
        {"consent_by": "NOBODY", "consent_how": "LATER"},
        {"consent_on": NOW.date() + dt.timedelta(days=3)},
        {"consent_on": dt.date(2020, 1, 1)},
    ],
)
def test_a_case_that_names_somebody_or_lacks_something_is_refused(
    world: Consulting, told: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        a_case(world, **told)
    assert not Consult.objects.exists()


def test_who_agreed_long_ago_did_not_agree_to_a_case_of_today(world: Consulting) -> None:
    with pytest.raises(Refused, match="2020-01-01 lies too far back"):
        a_case(world, consent_on=dt.date(2020, 1, 1))
    days = (NOW.date() - dt.timedelta(days=80), NOW.date())
    assert [a_case(world, consent_on=on).consent_on for on in days] == list(days)
    with pytest.raises(Refused, match="too far back"):
        actions.change_case(
            consult=a_case(world).pk, case=replace(CASE, consent_on=dt.date(2020, 1, 1)),
            by=world.viewer("asker"), at=NOW,
        )  # fmt: skip


def test_an_opinion_stands_as_signed_and_is_added_to(world: Consulting) -> None:
    row = answered(world)
    actions.sign_opinion(
        consult=row.pk, text="and call again", by=world.viewer("expert"), at=NOW + HOUR
    )
    shown = queries.case_shown(Consult.objects.get(pk=row.pk), NOW)
    assert [(o.row.version, o.text, o.holds) for o in shown.opinions] == [
        (1, "lower the pressure", True), (2, "and call again", True),
    ]  # fmt: skip
    first = Opinion.objects.get(version=1)
    first.signer_name = "Somebody else"
    Opinion.objects.filter(pk=first.pk).update(signer_name=first.signer_name)
    shown = queries.case_shown(Consult.objects.get(pk=row.pk), NOW)
    assert [o.holds for o in shown.opinions] == [False, True]


def test_only_the_specialist_who_has_it_signs(world: Consulting) -> None:
    row = taken(world)
    with pytest.raises(NotAllowed):
        actions.sign_opinion(consult=row.pk, text="a", by=world.viewer("asker"), at=NOW)
    with pytest.raises(NotAllowed):
        actions.sign_opinion(consult=row.pk, text="a", by=OFFICE, at=NOW)


def test_a_reason_belongs_to_advice_that_was_not_followed(world: Consulting) -> None:
    row = answered(world)
    by = world.viewer("asker")
    for what, why in (("NOT_FOLLOWED", ""), ("FOLLOWED", "DRUG")):
        with pytest.raises(Refused):
            actions.tell_outcome(consult=row.pk, what=what, why_not=why, words="", by=by, at=NOW)
    actions.tell_outcome(
        consult=row.pk, what="NOT_FOLLOWED", why_not="DRUG", words="none here", by=by, at=NOW
    )
    assert Consult.objects.get(pk=row.pk).state == "CLOSED"
    with pytest.raises(NotAllowed):
        actions.tell_outcome(
            consult=row.pk, what="DIED", why_not="", words="", by=world.viewer("expert"), at=NOW
        )


def test_nothing_of_the_patient_stands_in_the_journal_in_clear(world: Consulting) -> None:
    row = a_case(world)
    by = world.viewer("asker")
    actions.add_photo(consult=row.pk, data=a_photograph(), by=by, at=NOW)
    actions.submit(consult=row.pk, by=by, at=NOW)
    actions.take(consult=row.pk, by=world.viewer("expert"), at=NOW)
    actions.sign_opinion(
        consult=row.pk, text="lower the pressure", by=world.viewer("expert"), at=NOW
    )
    actions.tell_outcome(consult=row.pk, what="DIED", why_not="", words="at night", by=by, at=NOW)
    lines = Operation.objects.filter(scope=f"consult:{row.pk}")
    written = " ".join(f"{o.changes} {o.note}" for o in lines)
    told = (
        "red eye", "transfer", "R-17", "ADULT", "FEMALE", "lower the", "DIED", "at night",
        "OWNER-OF-CAMERA",
    )  # fmt: skip
    assert [word for word in told if word in written] == []
    assert verify().broken == ()


def test_a_destroyed_key_leaves_nothing_to_read(world: Consulting) -> None:
    row = a_case(world)
    photo = actions.add_photo(consult=row.pk, data=a_photograph(), by=world.viewer("asker"), at=NOW)
    erase(row.pk)
    shown = queries.case_shown(Consult.objects.get(pk=row.pk), NOW)
    assert (shown.erased, shown.story, shown.reference) == (True, "", "")
    assert queries.photo_bytes(Photo.objects.get(pk=photo.pk)) is None
    assert verify().broken == ()


def test_a_photograph_is_there_with_its_bytes_or_not_at_all(
    world: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_case(world)

    def cut(*_args: object) -> None:
        raise OSError("cut")

    monkeypatch.setattr(asking, "keep_bytes", cut)
    with pytest.raises(OSError, match="cut"):
        actions.add_photo(consult=row.pk, data=a_photograph(), by=world.viewer("asker"), at=NOW)
    assert not Photo.objects.exists()
    assert not PhotoBytes.objects.exists()


def test_a_signature_that_is_cut_leaves_the_case_with_its_specialist(
    world: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = taken(world)

    def cut(*_args: object) -> str:
        raise OSError("cut")

    monkeypatch.setattr("marrow.consults.actions.answering.fingerprint", cut)
    with pytest.raises(OSError, match="cut"):
        actions.sign_opinion(consult=row.pk, text="a", by=world.viewer("expert"), at=NOW)
    row.refresh_from_db()
    assert (row.state, row.answered_at, Opinion.objects.count()) == ("ASSIGNED", None, 0)


def test_a_case_has_at_most_eight_photographs(world: Consulting) -> None:
    row, by = a_case(world), world.viewer("asker")
    photos = [
        actions.add_photo(consult=row.pk, data=a_photograph(), by=by, at=NOW) for _n in range(8)
    ]
    with pytest.raises(Refused):
        actions.add_photo(consult=row.pk, data=a_photograph(), by=by, at=NOW)
    actions.remove_photo(consult=row.pk, photo=photos[0].pk, by=by, at=NOW)
    actions.add_photo(consult=row.pk, data=a_photograph(), by=by, at=NOW)
    assert (Photo.objects.count(), PhotoBytes.objects.count()) == (8, 8)


def test_a_photograph_is_served_to_readers_alone_and_kept_nowhere(
    world: Consulting, signed_in: dict[str, Client]
) -> None:
    row = a_case(world)
    photo = actions.add_photo(consult=row.pk, data=a_photograph(), by=world.viewer("asker"), at=NOW)
    actions.submit(consult=row.pk, by=world.viewer("asker"), at=NOW)
    address = f"/consults/{row.pk}/photos/{photo.pk}/"
    client = Client()
    client.force_login(world.accounts["asker"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"OWNER-OF-CAMERA" not in answer.content
    assert Reading.objects.filter(photo=photo.pk).count() == 1
    met = {who: signed_in[who].get(address).status_code for who in ("office", "auditor", "head")}
    assert met == {"office": 403, "auditor": 403, "head": 404}
    assert signed_in["specialist"].get(address).status_code == 404
    other = a_case(world)
    assert client.get(f"/consults/{other.pk}/photos/{photo.pk}/").status_code == 404


def test_an_office_reads_how_long_answers_took(world: Consulting) -> None:
    row = sent(world)
    actions.take(consult=row.pk, by=world.viewer("expert"), at=NOW)
    actions.sign_opinion(consult=row.pk, text="a", by=world.viewer("expert"), at=NOW + 7 * HOUR)
    waiting = sent(world)
    told = queries.counts(OFFICE, NOW + 8 * HOUR)
    assert told is not None
    assert (told.late, told.median, told.tail) == (1, "7 h 0 min", "7 h 0 min")
    assert [a.late for a in told.answered] == [True]
    assert [c.pk for c in queries.late(OFFICE, NOW + 8 * HOUR)] == [waiting.pk]
    assert queries.counts(world.viewer("asker"), NOW) is None


def test_an_outcome_is_read_by_the_specialist(world: Consulting) -> None:
    row = answered(world)
    actions.tell_outcome(
        consult=row.pk, what="FOLLOWED", why_not="", words="", by=world.viewer("doctor"), at=NOW
    )
    seen = access.case_for(world.viewer("expert"), row.pk)
    outcome = queries.case_shown(seen, NOW).outcome
    assert outcome is not None
    assert outcome[1] == "the advice was followed"
    assert Outcome.objects.count() == 1
