"""`Idempotency-Key`: a change that is sent again under the same key is not made again."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.core.once import LONGEST, Answer, once
from marrow.ui.rest.gates import READING, ApiRequest
from marrow.ui.rest.problems import Invalid, fault

NAME = "Idempotency-Key"
KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Cache-Control")
View = Callable[..., HttpResponse]


def once_under_its_key(view: View) -> View:
    """For every operation: what changes something looks for its key first."""

    @functools.wraps(view)
    def run(request: ApiRequest, *args: Any, **told: Any) -> HttpResponse:
        key = request.headers.get(NAME, "").strip()
        person = request.caller.viewer.person
        if not key or person is None or request.method in READING:
            return view(request, *args, **told)
        if len(key) > LONGEST:
            message = _("At most %(max_length)s characters.") % {"max_length": LONGEST}
            raise Invalid([fault(NAME, "string_too_long", message)])

        def act() -> Answer:
            made = view(request, *args, **told)
            kept = {name: made[name] for name in KEPT_HEADERS if name in made}
            return Answer(made.status_code, kept, made.content)

        answer = once(
            person=person, key=key, asked=_fingerprint(request), at=timezone.now(), act=act
        )
        return _sent(answer)

    return run


def _sent(answer: Answer) -> HttpResponse:
    sent = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
    if answer.again:
        sent.headers["Idempotency-Replayed"] = "true"
    return sent


def _fingerprint(request: HttpRequest) -> str:
    """Of all that is asked; of a file its bytes, for the boundary between parts is chance."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
        return found.hexdigest()
    for name, value in sorted(request.POST.lists()):
        found.update(f"{name}={value!r}\n".encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(f"{name}:{file.name!r}\n".encode())
            for chunk in file.chunks():
                found.update(hashlib.sha256(chunk).digest())
            file.seek(0)
    return found.hexdigest()
