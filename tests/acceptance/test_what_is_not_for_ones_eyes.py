"""Whoever may not see a team is not told that there is one: its pages answer as for no mission."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from marrow.core.viewer import PROGRAMME
from marrow.directory.models import Area
from tests.architecture.test_every_door_has_a_lock import ALL_DOORS, address
from tests.builders import a_batch, a_programme, a_series
from tests.builders.tenants import an_account

pytestmark = pytest.mark.django_db
ROOMS = ("teams/<uuid:mission>/", "posts/<uuid:mission>/", "handovers/of/", "recognition/<uuid:m")
KEPT = ("teams/list/<", "teams/templates/<", "agreements/of/<")
PLAIN = {
    "ending": "csv", "kind": "DISPATCH", "language": "en", "sheet": "incidents", "part": "period",
}  # fmt: skip


@pytest.fixture
def sister(places: dict[str, Area]) -> Client:
    """The office of another programme of the same sender."""
    own = a_programme("sister-programme", sender=Area.objects.get(code="CN-GS"))
    client = Client(raise_request_exception=False)
    client.force_login(
        an_account("sister", "office", PROGRAMME, own.pk),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def answers(client: Client, rooms: tuple[str, ...], known: dict[str, str]) -> dict[str, set[int]]:
    found = {}
    for route, _door in ALL_DOORS:
        if route.startswith(rooms):
            where = address(route, {**PLAIN, **known})
            found[route] = {client.get(where).status_code, client.post(where).status_code}
    return found


def test_every_page_of_another_programmes_team_is_not_there(sister: Client) -> None:
    team = a_batch(30, a_series(a_programme("theirs", sender=Area.objects.get(code="CN-BJ")), "GN"))
    theirs = answers(sister, ROOMS, {"mission": str(team.pk)})
    assert theirs == answers(sister, ROOMS, {"mission": str(UUID(int=0))})
    assert len(theirs) > 20
    assert not [route for route, told in theirs.items() if told - {404, 405}]


def test_what_another_programme_keeps_is_not_there(sister: Client) -> None:
    theirs = a_programme("theirs", sender=Area.objects.get(code="CN-BJ"))
    kept = answers(sister, KEPT, {"key": theirs.key})
    assert kept == answers(sister, KEPT, {"key": "nobody"})
    assert not [route for route, told in kept.items() if told - {404, 405}]
