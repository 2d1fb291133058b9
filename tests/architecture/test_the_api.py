"""The API as a whole: its description is written down, and all that goes wrong has one shape."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.server.api import description
from marrow.ui.rest.problems import BY_STATUS, TITLES
from tests.builders import ROOT, a_programme
from tests.builders.calling import OPERATIONS, gate_of, is_problem, sent

SNAPSHOT = ROOT / "tests/architecture/openapi.json"
TABLE = ROOT / "docs/api.md"
HEAD = """# What the API does

Made by `tests/architecture/test_the_api.py`; do not edit. Everything stands under `/api/v1`; its
description is at `/api/v1/openapi.json`, to be read at `/api/docs`. How to begin:
[howto/api.md](howto/api.md). Who meets what: [access.md](access.md).
"""
METHODS = ("get", "post", "put", "patch", "delete")


def told() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), route, item[method])
        for route, item in description()["paths"].items()
        for method in METHODS
        if method in item
    ]


def _fields(operation: dict[str, Any]) -> str:
    """What an operation takes beside the places of its address."""
    asked = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
    for body in operation.get("requestBody", {}).get("content", {}).values():
        shape = body["schema"]
        shape = shape.get("allOf", [shape])[0]  # a body that may be left out
        if "$ref" in shape:
            shape = description()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
        needed = shape.get("required", ())
        asked += [f"**{n}**" if n in needed else n for n in shape.get("properties", ())]
    return ", ".join(asked)


def _as_table() -> str:
    lines = [HEAD]
    by_tag: dict[str, list[str]] = {}
    for method, route, operation in told():
        sentence = operation.get("description", operation["summary"]).split("\n\n")[0]
        line = (
            f"| `{method} {route.removeprefix('/api/v1')}` | {' '.join(sentence.split())}"
            f" | {_fields(operation)} |"
        )
        by_tag.setdefault(operation["tags"][0], []).append(line)
    for tag, rows in by_tag.items():
        head = "| operation | what it does | takes (needed in bold) |\n|---|---|---|"
        lines.append(f"## {tag.capitalize()}\n\n{head}\n" + "\n".join(rows) + "\n")
    words = "\n".join(f"| `{code}` | {title} |" for code, title in TITLES.items())
    lines.append(f"## Problems\n\n| code | title |\n|---|---|\n{words}")
    return "\n".join(lines) + "\n"


def test_the_description_is_as_it_was_written_down() -> None:
    """Write it anew with MARROW_WRITE_DOCS=1; whoever uses the API sees in it what changes."""
    text = json.dumps(description(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    table = _as_table()
    if os.environ.get("MARROW_WRITE_DOCS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
        TABLE.write_text(table, encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(text)
    assert TABLE.read_text(encoding="utf-8") == table


def test_every_operation_is_described_and_named_once() -> None:
    names = Counter(operation["operationId"] for _m, _r, operation in told())
    assert [name for name, count in names.items() if count > 1] == []
    assert len(told()) == len(OPERATIONS)
    lacking = [r for _m, r, op in told() if "422" not in op["responses"] or not op["x-gate"]]
    assert lacking == []


def test_no_two_shapes_have_one_name() -> None:
    """The description knows a shape by its name alone: the second would stand for the first."""
    rooms = ROOT / "src/marrow"
    files = [*rooms.rglob("api.py"), *rooms.rglob("api/*.py"), *(rooms / "ui/rest").glob("*.py")]
    classes = re.findall(r"^class (\w+)", "\n".join(f.read_text() for f in files), re.M)
    assert [name for name, count in Counter(classes).items() if count > 1] == []


def test_every_kind_of_problem_has_a_title() -> None:
    assert set(BY_STATUS.values()) <= set(TITLES)


def _nowhere(route: str) -> str:
    """The operation's address with ids of nothing."""
    for piece in route.split("{")[1:]:
        place = piece.split("}")[0]
        word = {"key": "none", "code": "none", "model": "missions.mission"}.get(place)
        route = route.replace(f"{{{place}}}", word or str(uuid4()))
    return "/api/v1/" + route.lstrip("/")


def _not_taken(route: str) -> str:
    """A method that this address does not take."""
    taken = {method for method, other, _op in OPERATIONS if other == route}
    return next(m for m in ("DELETE", "PATCH", "PUT") if m not in taken)


@pytest.mark.django_db
def test_whatever_goes_wrong_in_any_operation_has_one_shape(
    calling: dict[str, Client], people: object
) -> None:
    """A stranger, a bad token, a wrong method, an id of nothing, a body that cannot be read."""
    office, stranger = calling["office"], calling["stranger"]
    bad = {"Authorization": "Bearer mrw_nothing"}
    for method, route, operation in OPERATIONS:
        where = _nowhere(route)
        said = f"{method} {route}"
        assert is_problem(sent(stranger, method, where, **bad), 401), said
        assert is_problem(sent(office, _not_taken(route), where), 405), said
        gates = gate_of(operation)
        if "public" not in gates:
            assert is_problem(sent(stranger, method, where), 401), said
        if "{" in route:
            let_in = office if {"office", "public", "signed-in"} & set(gates) else calling[gates[0]]
            assert is_problem(sent(let_in, method, where)), said
            assert sent(let_in, method, where).status_code in (404, 422), said
        if method != "GET" and operation.models and "multipart" not in str(_body(operation)):
            unread = office.generic(method, where, "{", content_type="application/json")
            assert is_problem(unread) or unread.status_code < 300, said
        if method == "GET":
            assert is_problem(sent(office, method, f"{where}?limit=x&cursor=x")) or (
                "limit" not in str(_named(route))
            ), said


def _body(operation: Any) -> Any:
    return next(
        op.get("requestBody")
        for _m, _r, op in told()
        if op["operationId"] == operation.view_func.__name__
    )


def _named(route: str) -> list[str]:
    item = description()["paths"]["/api/v1/" + route.lstrip("/")]
    return [p["name"] for p in item["get"].get("parameters", ())]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["", "nothing", "missions/not-an-id", "missions/", "areas//"])
def test_an_address_that_is_not_there_is_a_problem_too(db: None, where: str) -> None:
    assert is_problem(Client().get(f"/api/v1/{where}"), 404)


@pytest.mark.django_db
def test_a_bug_is_a_problem_too(
    calling: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("marrow.missions.plain.mission", fails)
    client = calling["stranger"]
    client.raise_request_exception = False
    answer = client.get(f"/api/v1/missions/{uuid4()}")
    assert is_problem(answer, 500)
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_more_than_may_be_sent_at_once_is_a_problem_too(calling: dict[str, Client]) -> None:
    told = {"key": "x" * 3_000_000, "kind": "NEWS", "title": "T"}
    assert is_problem(sent(calling["office"], "POST", "/api/v1/documents", told), 413)


@pytest.mark.django_db
def test_two_who_change_the_same_are_told_apart(
    calling: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal's refusal (409) has the shape of all problems."""
    from marrow.core.refusals import Overtaken  # noqa: PLC0415

    def overtaken(**_told: object) -> None:
        raise Overtaken("Somebody changed this meanwhile.")

    programme = a_programme()
    monkeypatch.setattr("marrow.programmes.actions.change_programme", overtaken)
    told_now = {"status": "RUNNING", "source": {"title": "T", "words": "W"}}
    answer = sent(calling["office"], "PATCH", f"/api/v1/programmes/{programme.key}", told_now)
    assert is_problem(answer, 409)
    assert answer.json()["code"] == "overtaken"


@pytest.mark.django_db
def test_the_page_of_the_api_fetches_nothing_from_elsewhere(db: None) -> None:
    page = Client().get("/api/docs").content.decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "/static/ninja/swagger-ui-bundle.js" in page
