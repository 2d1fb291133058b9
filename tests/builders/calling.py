"""Programs that call the API: a client that bears a token, and every operation there is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.test import Client
from ninja.operation import Operation

from marrow.accounts.models import Account, Token
from marrow.accounts.queries import viewer_of
from marrow.accounts.tokens.actions import make_token
from marrow.server.api import api
from marrow.server.describing import gate_of, operations

CONVERTER = re.compile(r"\{\w+:")  # "{uuid:mission}" is told as "{mission}"
JSON = "application/json"
MEMBERS = {"type", "title", "status", "code", "detail", "errors"}
OPERATIONS: list[tuple[str, str, Operation]] = sorted(
    ((method, CONVERTER.sub("{", route), op) for method, route, op in operations(api)),
    key=lambda told: (told[1], told[0]),
)
__all__ = [
    "MEMBERS",
    "OPERATIONS",
    "a_token",
    "bearing",
    "call",
    "gate_of",
    "is_problem",
    "now",
    "sent",
]


def now() -> dt.datetime:
    """A call is judged by the clock of the server: tokens of tests are made by it too."""
    return dt.datetime.now(dt.UTC)


def a_token(
    account: Account, scope: str = "WRITE", roles: Sequence[str] = (), days: int = 30
) -> tuple[Token, str]:
    return make_token(
        name="test", scope=scope, roles=roles, days=days, by=viewer_of(account), at=now()
    )


def bearing(secret: str) -> Client:
    """A client that sends this token with each call."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


def sent(client: Client, method: str, where: str, told: Any = None, **headers: str) -> Any:
    """A call with a body of JSON; what overwrites says that it means to, where nothing is said."""
    send = getattr(client, method.lower())
    if method in ("PATCH", "PUT"):
        headers = {"If-Match": "*", **headers}
    if method == "GET":
        return send(where, headers=headers)
    return send(where, data={} if told is None else told, content_type=JSON, headers=headers)


def call(client: Client, method: str, route: str, parts: dict[str, str]) -> Any:
    """An operation with the places of its address filled in, and an empty body."""
    for piece in route.split("{")[1:]:
        place = piece.split("}")[0]
        route = route.replace(f"{{{place}}}", parts[place])
    return sent(client, method, "/api/v1/" + route.lstrip("/"))


def is_problem(answer: Any, status: int | None = None) -> bool:
    """Whether an answer has the one shape of what goes wrong."""
    if answer.headers["Content-Type"] != "application/problem+json":
        return False
    told = answer.json()
    right = set(told) == MEMBERS and told["type"] == f"/problems/{told['code']}"
    words = bool(told["title"] and told["detail"])
    fields = all(set(e) == {"field", "code", "message"} for e in told["errors"])
    same = told["status"] == answer.status_code == (status or answer.status_code)
    return right and words and fields and same
