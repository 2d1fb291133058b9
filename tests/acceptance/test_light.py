"""Pages stay light: at most 60 kB compressed at first view, at most 30 queries."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.models import RoleGrant
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from tests.builders import personas

PAGES = """
/ /map/ /timeline/ /programmes/ /batches/ /figures/ /honours/ /memorial/ /directory/
/directory/?q=gui /directory/places/GN/ /directory/places/CN/ /documents/ /sign-in/ /desk/
/findings/ /imports/ /journal/ /settings/ /directory/doubles/ /phones/set-aside/ /people/ /teams/
/posts/ /settings/letters/
/handovers/ /agreements/ /agreements/lessons/ /hospitals/ /consults/ /recognition/
/recognition/names/ /certificates/ /catalogue/ /catalogue/?q=ca /catalogue/lists/
/recognition/names/ /certificates/ /activity/ /activity/review/ /care/ /care/explained/
/entrusting/ /entrusting/cases/ /entrusting/firsts/ /need/ /need/precision/
/need/of/GN/
"""
MOST_BYTES = 60_000
MOST_QUERIES = 30


@pytest.fixture
def addresses(history: None) -> list[str]:
    found = PAGES.split()
    found += [f"/programmes/{p.key}/" for p in Programme.objects.all()]
    for place in ("of", "about"):
        found += [f"/agreements/{place}/{p.key}/" for p in Programme.objects.all()]
    found += [f"/batches/{m.pk}/" for m in Mission.objects.filter(number=30)]
    found += [f"/series/{m.series_id}/" for m in Mission.objects.filter(number=30)]
    found += [f"/directory/{o.pk}/" for o in Organisation.objects.all()[:3]]
    return found


@pytest.fixture(params=["everywhere", "area"])
def office(history: None, request: pytest.FixtureRequest) -> Client:
    """An office without limit, and one of an area: its limits may not cost a page its lightness."""
    china = Area.objects.get(code="CN")
    account = personas(china)["office"]
    if request.param == "area":
        RoleGrant.objects.filter(account=account).update(scope="area", thing=china.pk)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def weight(html: bytes) -> int:
    """The page with every style, script and picture that its first view asks for, compressed."""
    parts = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', html))
    files = [finders.find(part.decode().removeprefix("/static/")) for part in parts]
    return len(gzip.compress(html)) + sum(
        len(gzip.compress(Path(str(file)).read_bytes())) for file in files if file
    )


@pytest.mark.django_db
def test_every_office_page_is_light(office: Client, addresses: list[str]) -> None:
    heavy = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answer = office.get(address)
        if answer.status_code == 302:
            continue
        assert answer.status_code == 200, address
        kilobytes = weight(answer.content)
        if len(asked) > MOST_QUERIES or kilobytes > MOST_BYTES:
            heavy.append((address, len(asked), kilobytes))
    assert heavy == []
