"""Whatever goes wrong under the API's addresses has the API's shape, whoever found it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from marrow.ui.rest.problems import MEDIA, plain

ROOT = "/api/v1/"


class ApiMiddleware:
    """Addresses that are not there, methods that are not taken and bugs become problems too."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if not request.path_info.startswith(ROOT):
            return response
        if response.status_code >= 400 and response.get("Content-Type") != MEDIA:
            told = plain(response.status_code)
            if allowed := response.get("Allow"):
                told.headers["Allow"] = allowed
            response = told
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        return response
