"""Two tenants on one Marrow: nobody of the one meets anything of the other that is not public.

Every door and every operation of the API is knocked at by each of the ten roles of the one, with
ids of the other's records in the address. It must answer as it does for an id that nobody has; what
is shared by rule stands in the lists below, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from marrow.accounts.actions import revoke_role
from marrow.accounts.models import RoleGrant
from marrow.core.models import Operation
from marrow.directory.models import Area
from tests.architecture.test_every_door_has_a_lock import ALL_DOORS, address
from tests.builders import ADMIN, NOW, ROLES, in_staff_mode
from tests.builders.calling import OPERATIONS, a_token, bearing, call, gate_of
from tests.builders.tenants import Tenant, a_tenant

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOBODY = UUID(int=0)
BY_AREA = ("office-area", "unit-area")
#: records that everybody reads on public pages: of them 403 may say who changes them
OPEN = {
    "key", "series", "mission", "code", "organisation", "site", "unit", "honour", "donation",
    "agreement", "event", "document", "about", "loser", "winner", "one", "other", "lesson",
    "catalogued", "listing",
}  # fmt: skip
#: but what is kept of these there is for few: whoever does not see it is not told that it is there
CLOSED = ("teams/", "posts/", "handovers/", "recognition/", "agreements/of/", "briefs/")
#: places that name no record
PLAIN = {
    "field", "model", "decision", "part", "ending", "sheet", "side", "kind", "language", "secret",
    "username", "token", "session", "entry_kind", "pk", "record", "step", "months", "state",
    "indicator", "month", "check",
}  # fmt: skip
#: what is one for all tenants, by rule: the beginning of a door, and the roles that open it
SHARED: dict[str, tuple[str, ...]] = {
    # the directory of places and organisations is kept by all offices together (ADR 15)
    "directory/": ("office", "office-area"),
    # the table of a public page, for whoever is signed in
    "directory/places/<str:code>/table": (*ROLES, *BY_AREA),
    # the catalogue and its lists are read by all; who changes a list is told by its own tests
    "catalogue/": (*ROLES, *BY_AREA),
    # what a hospital can do is a public page, with its checks; who changes it has tests of its own
    "organisations/{organisation}/checks": (*ROLES, *BY_AREA),
    "organisations/{organisation}/appraisals": (*ROLES, *BY_AREA),
    # of an area as a whole, whoever reads a hospital in it: both tenants' hospitals lie in Guinea
    "need/of/<str:code>/": (
        "member",
        "leader",
        "recipient",
        "head",
        "specialist",
        "office",
        "office-area",
    ),
    # a lesson is for every office to take over
    "agreements/lessons/": ("office", "office-area"),
    "organisations/": ("office", "office-area"),
}
#: these read or keep all tenants by rule: the auditor reads all, an administrator keeps accounts
WHOLE = ("auditor", "admin")
#: what a person goes on seeing of themselves when every role is gone
OWN = {
    (role, "people/<uuid:person>/" + page)
    for role in ROLES
    for page in ("", "care/", "care/contact/", "care/me/", "wish/")
} | {(role, "entrusting/people/<uuid:person>/") for role in ROLES}
#: what a part may be called at each door
PART_OF = {
    "office/missions/": "honour", "office/programmes/<str:key>/add/": "goal",
    "office/programmes/<str:key>/remember/": "honour", "people/": "credential",
    "handovers/": "promise", "agreements/": "period",
}  # fmt: skip
ITEM_OF = {"waiting/": "work", "/work-items": "work"}


@pytest.fixture
def tenants(places: dict[str, Area], settings: Any, tmp_path: Any) -> tuple[Tenant, Tenant]:
    settings.UPLOADS = tmp_path
    return a_tenant("one", "CN-BJ", "GN", 30), a_tenant("other", "CN-GS", "ZM", 50)


def browsers(world: Tenant) -> dict[str, Client]:
    found = {"stranger": Client()}
    for role, account in world.accounts.items():
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    in_staff_mode(found["admin"])
    return found


def parts_of(route: str, known: dict[str, str]) -> dict[str, str]:
    """What fills the places of an address, by the door that it is."""
    plain = {
        "code": "GN", "field": "size", "model": "missions.mission", "decision": "accept",
        "part": "honour", "ending": "csv", "sheet": "incidents", "side": "recipient",
        "kind": "DISPATCH", "language": "en", "secret": "x", "username": "demo-office",
        "catalogued": "nothing", "listing": "nothing", "number": "1", "needed": str(NOBODY),
        "session": "0", "pk": "0", "carried": "0", "loss": "0", "step": "review",
        "picture": str(NOBODY),
        "upload": str(NOBODY), "indicator": str(NOBODY),
        "rung": str(NOBODY), "equipment": str(NOBODY), "supervision": str(NOBODY),
        "outflow": str(NOBODY), "way": str(NOBODY),
        "catchment": str(NOBODY),
        "change": str(NOBODY),
        "need": str(NOBODY),
        "answer": str(NOBODY),
        "state": "planned",
        "brief": str(NOBODY), "screened": str(NOBODY), "month": "2026-10", "check": "DAY_1",
        "months": "3", "evidence": str(NOBODY), "voice": str(NOBODY), "fact": str(NOBODY),
        "record": known["mission"], "job": str(NOBODY),
        "document": str(NOBODY), "loser": known["organisation"], "one": known["organisation"],
        "winner": known["organisation"], "other": known["organisation"],
    }  # fmt: skip
    found = {**plain, **known}
    for start, part in PART_OF.items():
        if route.startswith(start):
            found["part"] = part
    for start, item in ITEM_OF.items():
        if route.startswith(start):
            found["item"] = known[item]
    return found


def of_nobody(known: dict[str, str]) -> dict[str, str]:
    """The same places, filled with what nobody has."""
    told = {name: str(NOBODY) for name in known}
    return {
        **told,
        "key": "nobody",
        "receipt": "0",
        "carried": "0",
        "loss": "0",
        "entry_kind": "office",
    }


def places_in(route: str) -> set[str]:
    pieces = [p.split(">")[0].split(":")[-1] for p in route.split("<")[1:]]
    return {*pieces} | {p.split("}")[0] for p in route.split("{")[1:]}


def is_told(status: int, nobody: int) -> bool:
    """Whether an answer says more than one about an id that nobody has."""
    return status != 404 and (status != nobody or 200 <= status < 300)


def is_by_rule(role: str, route: str, gate: tuple[str, ...], status: int) -> bool:
    if role in WHOLE or "public" in gate:
        return True
    if any(route.startswith(door) and role in roles for door, roles in SHARED.items()):
        return True
    return status == 403 and places_in(route) <= OPEN | PLAIN and not route.startswith(CLOSED)


def knocked(
    clients: dict[str, Client], known: dict[str, str]
) -> Iterator[tuple[str, str, str, int]]:
    """Role, method and door of every answer that tells more than one about nobody's id."""
    for route, door in ALL_DOORS:
        if not places_in(route) - PLAIN or "sign-out" in route:
            continue
        theirs = address(route, parts_of(route, known))
        nobodys = address(route, parts_of(route, of_nobody(known)))
        gate = getattr(door.callback, "gate", ())
        for role, client in clients.items():
            for method in ("get", "post"):
                knock = getattr(client, method)
                status = knock(theirs).status_code
                if status == 404 or is_by_rule(role, route, gate, status):
                    continue
                if is_told(status, knock(nobodys).status_code):
                    yield role, method, route, status


def changed_of(other: Tenant, before: int) -> list[str]:
    """What was written on records of the other since; the directory is one for all."""
    new = Operation.objects.order_by("id")[before:]
    told = {(str(op.record), op.action) for op in new}
    return [
        act
        for record, act in told
        if record in {*other.parts.values()} - {other.parts["organisation"]}
    ]


def test_no_door_tells_of_the_other_tenants_records(tenants: tuple[Tenant, Tenant]) -> None:
    one, other = tenants
    before = Operation.objects.count()
    assert list(knocked(browsers(one), other.parts)) == []
    assert not changed_of(other, before)


def test_no_page_of_ones_own_shows_a_word_of_the_other(tenants: tuple[Tenant, Tenant]) -> None:
    """Lists, tables, counts, search: pages that name no record, and those of one's own."""
    one, other = tenants
    clients = {r: c for r, c in browsers(one).items() if r not in WHOLE}
    found, seen = set(), 0
    for route, door in ALL_DOORS:
        if "sign-out" in route or "doors/" in route:
            continue
        where = address(route, parts_of(route, one.parts))
        for role, client in clients.items():
            answer = client.get(where)
            if answer.status_code != 200 or answer.streaming:
                continue
            seen += one.mark.encode() in answer.content
            # the fallen are named on the memorial while their family consents
            if other.mark.encode() in answer.content and route != "memorial/":
                found.add((role, route))
        assert getattr(door.callback, "gate", None)
    assert seen > 60, "the marks of one's own are there to be seen"
    assert found == set()


def test_an_account_whose_role_was_revoked_a_second_ago_opens_nothing(
    tenants: tuple[Tenant, Tenant],
) -> None:
    one, _other = tenants
    clients = browsers(one)
    for grant in RoleGrant.objects.filter(account__in=one.accounts.values(), revoked_at=None):
        revoke_role(grant=grant.pk, by=ADMIN, at=NOW)
    opened = set()
    for route, door in ALL_DOORS:
        gate = getattr(door.callback, "gate", ())
        if "public" in gate or not places_in(route) - PLAIN or "sign-out" in route:
            continue
        where = address(route, parts_of(route, one.parts))
        for role, client in clients.items():
            status = client.get(where).status_code
            shared = any(route.startswith(door) for door in SHARED)
            if status in (200, 422) and not shared and (role, route) not in OWN:
                opened.add((role, route))
    assert opened == set()


def test_no_operation_tells_of_the_other_tenants_records(tenants: tuple[Tenant, Tenant]) -> None:
    one, other = tenants
    programs = {
        role: bearing(a_token(account)[1])
        for role, account in one.accounts.items()
        if role != "admin"
    }
    programs["stranger"] = Client()
    before = Operation.objects.count()
    leaks = []
    for method, route, operation in OPERATIONS:
        gate, known = gate_of(operation), parts_of(route, other.parts)
        for role, client in programs.items():
            status = call(client, method, route, known).status_code
            if status == 404 or role in WHOLE or is_by_rule(role, route[1:], gate, status):
                continue
            nobody = call(client, method, route, of_nobody(known)).status_code
            if is_told(status, nobody) and places_in(route) - PLAIN:
                leaks.append((role, method, route, status, nobody))
    assert leaks == []
    assert not changed_of(other, before)
