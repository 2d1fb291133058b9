"""Hundreds of lines wait: an office pages through all of its own, calls for help come first."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.sync.actions import end_phone, try_again
from marrow.sync.health import health_of
from marrow.sync.models import Receipt
from marrow.sync.queries import ON_A_PAGE, page_with, set_aside, set_aside_count
from marrow.ui.waiting import waiting
from tests.builders import ADMIN, NOW
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import operates, place, says

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
MANY = 2 * ON_A_PAGE + 7


@pytest.fixture
def ended(people: dict[str, Account], team: Team) -> Phone:
    phone = Phone(people["leader"])
    end_phone(phone=phone.row.pk, by=ADMIN, at=NOW)
    return phone


@pytest.fixture
def its_office(team: Team, places: dict[str, Area]) -> Viewer:
    """The office of the area that sends the team."""
    sender = places["CN-BJ"]
    Mission.objects.filter(pk=team.mission.pk).update(sender=sender)
    return Viewer(uuid4(), "Office", (Grant("office", AREA, sender.pk),))


def calls(phone: Phone, words: str = "old call") -> UUID:
    return says(phone, "check_in", "create", {"state": "NEEDS_HELP", "note": words})


def call_then_many(phone: Phone, mission: Mission) -> Receipt:
    """A call for help, and more visits after it than two pages hold; all are set aside."""
    calls(phone)
    for _n in range(MANY):
        phone.count(mission.pk)
    phone.push()
    return Receipt.objects.get(q=1)


def copied(line: Receipt, n: int, **more: Any) -> None:
    """So many newer lines like this one."""
    base = Receipt.objects.order_by("-q").values_list("q", flat=True)[0]
    values = {
        "installation": line.installation, "line": line.line, "hash": "x", "why": line.why,
        "outcome": line.outcome, "mission": line.mission,
    } | more  # fmt: skip
    later = NOW + timedelta(days=1)
    Receipt.objects.bulk_create(
        [Receipt(q=base + i, received_at=later, **values) for i in range(1, n + 1)], batch_size=500
    )


def test_a_call_for_help_comes_first_however_many_newer_lines_wait(
    ended: Phone, team: Team, its_office: Viewer
) -> None:
    call = call_then_many(ended, team.mission)
    first = set_aside(its_office)
    assert first[0].row.pk == call.pk
    assert len(first) == ON_A_PAGE


def test_the_office_pages_through_every_line_that_waits_and_is_told_how_many(
    ended: Phone, team: Team, its_office: Viewer, signed_in: dict[str, Client]
) -> None:
    call_then_many(ended, team.mission)
    pages = [set_aside(its_office, page) for page in (1, 2, 3, 4)]
    shown = [line.row.pk for page in pages for line in page]
    assert sorted(shown) == sorted(Receipt.objects.values_list("pk", flat=True))
    assert pages[3] == []
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert f"{MANY + 1} lines wait" in page
    assert 'href="?page=2"' in page
    last = signed_in["office"].get("/phones/set-aside/?page=99").content.decode()
    assert "3 / 3" in last
    assert 'id="line-' in last


def test_the_link_of_a_line_on_today_leads_to_the_page_that_shows_it(
    ended: Phone, team: Team, signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    call_then_many(ended, team.mission)
    office = viewer_of(people["office"])
    [visits] = [w for w in waiting(office, NOW.date()) if "visits" in w.what]
    old = Receipt.objects.get(q=2)
    assert visits.href.endswith(f"#line-{old.pk}")
    assert page_with(office, old.pk) == 3
    page = signed_in["office"].get(visits.href.partition("#")[0]).content.decode()
    assert f'id="line-{old.pk}"' in page
    for q in (1, MANY + 1):
        row = Receipt.objects.get(q=q)
        assert row.pk in [line.row.pk for line in set_aside(office, page_with(office, row.pk))]


def test_after_a_line_is_settled_the_office_stays_on_its_page(
    ended: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    call_then_many(ended, team.mission)
    page = signed_in["office"].get("/phones/set-aside/?page=2").content.decode()
    [leave, *_more] = re.findall(r'action="([^"]+/leave/[^"]*)"', page)
    answer = signed_in["office"].post(leave)
    assert answer.headers["Location"] == "/phones/set-aside/?page=2"


def test_an_office_finds_its_own_under_thousands_of_lines_of_others(
    ended: Phone, team: Team, its_office: Viewer
) -> None:
    call_then_many(ended, team.mission)
    copied(Receipt.objects.get(q=2), 600, mission=None)
    assert set_aside_count(its_office) == MANY + 1
    assert len(set_aside(its_office)) == ON_A_PAGE
    assert {sign.count for sign in health_of(its_office, NOW).signs} == {MANY + 1, 0}


def test_health_counts_every_line_that_waits_for_an_office(
    ended: Phone, team: Team, its_office: Viewer
) -> None:
    call_then_many(ended, team.mission)
    copied(Receipt.objects.get(q=2), 600)
    assert health_of(its_office, NOW).signs[0].count == MANY + 601


def test_a_page_of_ten_thousand_lines_asks_few_questions(
    ended: Phone, team: Team, its_office: Viewer, people: dict[str, Account]
) -> None:
    call_then_many(ended, team.mission)
    for month in range(1, 13):
        data = {**place(team), "month": f"2025-{month:02}", "cells": {"DELIVERY": 3}}
        says(ended, "count", "set", data, b={"DELIVERY": None})
    operates(ended, team)
    ended.push()
    copied(Receipt.objects.get(q=2), 10_000)
    months = Receipt.objects.filter(q__gt=MANY + 1, q__lt=MANY + 14)
    months.update(received_at=NOW + timedelta(days=2))
    client = Client()
    office = people["office"]
    office.grants.update(scope=AREA, thing=its_office.grants[0].thing)
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/phones/set-aside/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/phones/set-aside/").content.decode()
    assert "2025-12" in page
    assert len(asked) <= 30


def test_a_line_of_no_team_comes_to_the_office_once_its_person_serves_and_it_is_tried_again(
    people: dict[str, Account], places: dict[str, Area]
) -> None:
    phone = Phone(people["leader"])
    says(phone, "signature", "create", {"of": "step", "step": "?", "side": "x"})
    phone.push()
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    Mission.objects.filter(pk=team.mission.pk).update(sender=places["CN-BJ"])
    office = Viewer(uuid4(), "Office", (Grant("office", AREA, places["CN-BJ"].pk),))
    assert set_aside(office) == []
    try_again(receipt=Receipt.objects.get().pk, by=viewer_of(people["admin"]), at=NOW)
    assert len(set_aside(office)) == 1


def test_lines_that_were_set_aside_before_are_still_their_offices_and_calls_still_first(
    ended: Phone, team: Team, its_office: Viewer
) -> None:
    calls(ended)
    ended.count(team.mission.pk)
    ended.push()
    Receipt.objects.update(mission=None, urgent=False)
    import_module("marrow.sync.migrations.0006_whose_a_line_is").as_their_work_says(apps, None)
    assert [line.row.q for line in set_aside(its_office)] == [1, 2]
