"""What went wrong, in one shape for the whole API: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.refusals import Refused

MEDIA = "application/problem+json"
TITLES: dict[str, str | Promise] = {
    "refused": gettext_lazy("Refused"),
    "not-allowed": gettext_lazy("Not allowed"),
    "unseen": gettext_lazy("Not there"),
    "overtaken": gettext_lazy("Changed meanwhile"),
    "changed": gettext_lazy("Not the version that you read"),
    "no-version": gettext_lazy("Say which version you read"),
    "key-taken": gettext_lazy("This key was used for something else"),
    "invalid": gettext_lazy("Some values cannot be taken"),
    "unreadable": gettext_lazy("The request cannot be read"),
    "no-token": gettext_lazy("A token is needed"),
    "bad-token": gettext_lazy("This token opens nothing"),
    "wrong-method": gettext_lazy("This address does not take this method"),
    "too-large": gettext_lazy("Too large"),
    "too-fast": gettext_lazy("Too many requests"),
    "failed": gettext_lazy("Marrow failed"),
}
BY_STATUS = {
    400: "unreadable", 401: "no-token", 403: "not-allowed", 404: "unseen", 405: "wrong-method",
    409: "overtaken", 412: "changed", 413: "too-large", 422: "refused", 428: "no-version",
    429: "too-fast",
}  # fmt: skip


class NoToken(Refused):
    """Nobody said who they are, and this is not for everybody."""

    code, status = "no-token", 401


class BadToken(Refused):
    """A token was sent that is unknown, ended, expired, or whose person signs in no more."""

    code, status = "bad-token", 401


class Changed(Refused):
    """`If-Match` names a version that is no longer the one that is there."""

    code, status = "changed", 412


class NoVersion(Refused):
    """A change that may overwrite another's does not say which version it was made from."""

    code, status = "no-version", 428


class TooFast(Refused):
    """More calls than the pace allows; `wait` is in seconds."""

    code, status = "too-fast", 429

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class Invalid(Refused):
    """Values of a request that cannot be, each with its field."""

    code, status = "invalid", 422

    def __init__(self, errors: Sequence[Mapping[str, str]]) -> None:
        super().__init__(_("Put these values right and send it again."))
        self.errors = list(errors)


def fault(field: str, code: str, message: str) -> dict[str, str]:
    """One value that cannot be taken."""
    return {"field": field, "code": code, "message": message}


def problem(
    status: int, code: str, detail: str, errors: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """The one shape: every member is always there, `errors` is empty where no field is at fault."""
    told: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": str(TITLES.get(code, TITLES["refused"])),
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }
    answer = HttpResponse(orjson.dumps(told), status=status, content_type=MEDIA)
    answer.headers["Cache-Control"] = "no-store"
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Marrow"'
    return answer


def refusal(_request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal with its own sentence, code and status."""
    errors = getattr(refused, "errors", ())
    answer = problem(refused.status, refused.code, str(refused.message), errors)
    if isinstance(refused, TooFast):
        answer.headers["Retry-After"] = str(refused.wait)
    return answer


DETAILS = {
    400: gettext_lazy("It is not what this address expects. See /api/docs."),
    404: gettext_lazy("There is nothing at this address."),
    405: gettext_lazy("See the header Allow for what it takes."),
    413: gettext_lazy("Send less at once."),
    500: gettext_lazy("This is a mistake of the software; it is written down. Try again later."),
}


def plain(status: int) -> HttpResponse:
    """A problem that only its status tells of."""
    code = BY_STATUS.get(status, "failed" if status >= 500 else "unreadable")
    detail = DETAILS.get(status, DETAILS[500 if status >= 500 else 400])
    return problem(status, code, str(detail))
