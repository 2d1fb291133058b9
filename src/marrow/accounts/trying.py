"""What a page would answer somebody: it is asked for them, and nothing of it is kept or shown."""

from __future__ import annotations

from copy import copy

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import QueryDict
from django.urls import ResolverMatch

from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.ui.requests import MarrowRequest

FORM_ONLY = 405


def answered(
    request: MarrowRequest, address: str, found: ResolverMatch, seen: Viewer
) -> tuple[int, str]:
    """The status that the page at this address has for `seen`, and the words of a refusal."""
    trial = copy(request)
    trial.method, trial.path, trial.path_info = "GET", address, address
    trial.GET, trial.POST = QueryDict(), QueryDict()
    trial.session = SessionStore()
    trial.viewer, trial.resolver_match = seen, found
    with transaction.atomic():
        try:
            status = found.func(trial, *found.args, **found.kwargs).status_code
            words = ""
        except Refused as refused:
            status, words = refused.status, str(refused.message)
        transaction.set_rollback(True)
    return status, words
