"""Letters with what waits, to a confirmed address; and a calendar that only its owner knows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from marrow.accounts.models import Account, RoleGrant
from marrow.core.jobs import run_one
from marrow.core.models import Job, Operation
from marrow.desk.models import Wish
from marrow.desk.rules import next_letter
from tests.builders import NOW, a_batch
from tests.builders.forming import a_seat, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LETTERS = "/settings/letters/"
LEAVES = dt.date(2027, 3, 14)


@pytest.fixture
def work(signed_in: dict[str, Client]) -> dict[str, Client]:
    mission = a_batch(31)
    moved(mission, "RECRUITING")
    a_seat(mission, from_on=LEAVES, until_on=LEAVES + dt.timedelta(days=500))
    return signed_in


def wished(client: Client, every: str = "DAYS", address: str = "me@example.org") -> Any:
    return client.post(LETTERS, {"every": every, "address": address})


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(/settings/letters/confirm/\S+)", text)
    assert found
    return found[1]


def confirmed(client: Client) -> None:
    wished(client)
    assert run_one()
    client.get(link_in(str(mail.outbox[-1].body)))
    mail.outbox.clear()


def at(moment: dt.datetime) -> Any:
    """The worker's clock moved to a moment."""
    return patch.object(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    ("every", "after", "then"),
    [
        ("DAYS", "2026-11-26T05:00", "2026-11-26T06:00"),
        ("DAYS", "2026-11-26T06:00", "2026-11-27T06:00"),
        ("DAYS", "2026-11-27T09:00", "2026-11-30T06:00"),
        ("WEEK", "2026-11-24T09:00", "2026-11-30T06:00"),
        ("NEVER", "2026-11-24T09:00", None),
    ],
)
def test_letters_go_out_on_working_days_or_mondays(every: str, after: str, then: str) -> None:
    found = next_letter(every, dt.datetime.fromisoformat(f"{after}:00+00:00"))
    assert found == (dt.datetime.fromisoformat(f"{then}:00+00:00") if then else None)


def test_nothing_but_the_question_goes_to_an_address_that_is_not_confirmed(
    work: dict[str, Client],
) -> None:
    wished(work["office"])
    assert mail.outbox == [], "the page waits for no mail server"
    assert run_one()
    (letter,) = mail.outbox
    assert letter.to == ["me@example.org"]
    assert "seat" not in str(letter.body)
    assert not run_one(), "no letter with work is planned"
    work["office"].get(link_in(str(letter.body)))
    assert Wish.objects.get().confirmed_at
    assert Job.objects.filter(kind="desk.letter", state=Job.QUEUED).count() == 1


def test_another_person_who_opens_the_link_confirms_nothing(work: dict[str, Client]) -> None:
    wished(work["office"])
    run_one()
    link = link_in(str(mail.outbox[0].body))
    assert work["unit"].get(link).status_code == 404
    assert work["stranger"].get(link).status_code == 302
    wished(work["unit"], address="unit@example.org")
    work["unit"].get(link)
    work["office"].get(link[:-3] + "xx/")
    assert not Wish.objects.exclude(confirmed_at=None).exists()


def test_the_letter_says_what_waits_with_links_and_comes_once_a_day(
    work: dict[str, Client],
) -> None:
    confirmed(work["office"])
    hour = Job.objects.get(kind="desk.letter", state=Job.QUEUED).not_before
    assert not run_one(), "not before its hour"
    with at(hour + dt.timedelta(minutes=5)):
        assert run_one()
        assert not run_one()
    (letter,) = mail.outbox
    assert "nobody has this seat" in str(letter.body)
    assert "http://testserver/teams/seats/" in str(letter.body)
    assert "needs a person" in letter.subject or "need a person" in letter.subject
    assert Job.objects.filter(kind="desk.letter", state=Job.QUEUED).count() == 1, "the next"


def test_a_letter_is_in_the_language_of_its_reader(work: dict[str, Client]) -> None:
    Account.objects.filter(username="office").update(language="fr")
    confirmed(work["office"])
    with at(Job.objects.get(kind="desk.letter", state=Job.QUEUED).not_before):
        run_one()
    assert "poste sans personne" in str(mail.outbox[0].body)


def test_who_lost_their_roles_or_wishes_none_gets_none(work: dict[str, Client]) -> None:
    confirmed(work["office"])
    hour = Job.objects.get(kind="desk.letter", state=Job.QUEUED).not_before
    RoleGrant.objects.filter(account__username="office").update(revoked_at=NOW)
    with at(hour):
        run_one()
    wished(work["office"], every="NEVER")
    with at(hour + dt.timedelta(days=7)):
        while run_one():
            pass
    assert mail.outbox == []
    assert not Job.objects.filter(kind="desk.letter", state=Job.QUEUED).exists()


def test_a_mail_server_that_is_away_is_asked_again(work: dict[str, Client]) -> None:
    wished(work["office"])
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=OSError("away")):
        run_one()
    assert Job.objects.get(kind="desk.confirm").state == Job.QUEUED


def test_a_bad_address_is_refused_beside_its_field(work: dict[str, Client]) -> None:
    answer = wished(work["office"], address="nobody")
    assert answer.status_code == 422
    assert answer.context["form"].errors["address"]
    assert wished(work["office"], address="").status_code == 422
    assert not Wish.objects.exists()


def test_the_address_stands_sealed_in_the_journal(work: dict[str, Client]) -> None:
    wished(work["office"])
    told = "".join(Operation.objects.values_list("changes", flat=True))
    assert "me@example.org" not in told


def calendar_address(client: Client) -> str:
    page = client.post(LETTERS, {"calendar": "1"}).content.decode()
    found = re.search(r"http://testserver(/calendar/\S+\.ics)", page)
    assert found
    return found[1]


def test_a_calendar_shows_rotations_and_what_falls_due_to_who_has_its_address(
    work: dict[str, Client],
) -> None:
    address = calendar_address(work["office"])
    answer = work["stranger"].get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    told: Any = Calendar.from_ical(answer.content)
    entries = {(str(e["SUMMARY"]), e["DTSTART"].dt) for e in told.events}
    assert ("31st medical team to Guinea leaves", LEAVES) in entries
    assert any("nobody has this seat" in what for what, _day in entries)
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_a_new_address_ends_the_old_and_an_ended_one_opens_nothing(
    work: dict[str, Client],
) -> None:
    old = calendar_address(work["office"])
    new = calendar_address(work["office"])
    assert work["stranger"].get(old).status_code == 404
    assert work["stranger"].get(new).status_code == 200
    work["office"].post(LETTERS, {"no-calendar": "1"})
    assert work["stranger"].get(new).status_code == 404
    assert work["stranger"].get("/calendar/.ics").status_code == 404


def test_the_calendar_of_a_closed_account_is_none(work: dict[str, Client]) -> None:
    address = calendar_address(work["office"])
    Account.objects.filter(username="office").update(is_active=False)
    assert work["stranger"].get(address).status_code == 404
