"""Headers of every page, and refusals as pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from marrow.core.refusals import Refused
from marrow.core.remembering import reading
from marrow.ui.slips.late import back_with, stood_on
from marrow.ui.slips.unsent import holds_words

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self';"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


#: what changed meanwhile, or is not possible: told on the page whose button was pressed
SAID_WHERE_ONE_WAS = (409, 422)


class PageMiddleware:
    """Content policy, `Vary` for htmx, and a page for each refusal."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.answer(request)
        if response.status_code == 405 and request.method == "GET" and holds_words(request):
            return redirect(f"{reverse('accounts:unsent')}?here=1")  # a form that has no page
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=()"
        )
        if request.headers.get("HX-Request") or "text/html" in response.get("Content-Type", ""):
            response.headers["Vary"] = ", ".join(
                sorted({*response.get("Vary", "").split(", ")} - {""} | {"HX-Request"})
            )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if error.status in SAID_WHERE_ONE_WAS and (where := stood_on(request)):
            return back_with(request, where, error)
        return render(request, "ui/refusal.html", {"refusal": error}, status=error.status)
