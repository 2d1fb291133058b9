"""Who is looking, found once a request and handed on as a plain value."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from marrow.accounts.queries import viewer_of
from marrow.core.viewer import PUBLIC


class ViewerMiddleware:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        viewer = viewer_of(account) if account.is_authenticated else PUBLIC
        request.viewer = viewer  # type: ignore[attr-defined]
        return self.answer(request)
