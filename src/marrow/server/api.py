"""The one API: every room's operations under /api/v1/, its description, and its page."""

from __future__ import annotations

import functools
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from marrow.accounts.api import router as accounts
from marrow.activity.api import router as activity
from marrow.agreements.api import router as agreements
from marrow.briefs.api import router as briefs
from marrow.capacity.api import router as capacity
from marrow.catalogue.api import router as catalogue
from marrow.consults.api import router as consults
from marrow.core.refusals import Refused
from marrow.desk.api import router as desk
from marrow.directory.api import router as directory
from marrow.entrusting.api import router as entrusting
from marrow.handovers.api import router as handovers
from marrow.hospitals.api import router as hospitals
from marrow.missions.api import router as missions
from marrow.need.api import router as need
from marrow.people.api import router as people
from marrow.plan.api import router as plan
from marrow.posts.api import router as posts
from marrow.programmes.api import router as programmes
from marrow.recognition.api import router as recognition
from marrow.server.describing import described
from marrow.sources.api import router as sources
from marrow.sources.intake.api import router as imports
from marrow.teams.api import router as teams
from marrow.ui.gates import gate
from marrow.ui.rest.faults import invalid
from marrow.ui.rest.problems import plain, refusal
from marrow.ui.rest.repeats import once_under_its_key

DESCRIPTION = """What a page of Marrow does, a program can do through the same actions.

Send `Authorization: Bearer <token>` with a token of your own (Settings, Access tokens). Without
one, what everybody may read is open. Errors are `application/problem+json` (RFC 9457), their words
in the language of `Accept-Language` (en, zh-hans, fr).
"""


class Docs(Swagger):
    """Ninja's own page of the description, from our static files."""

    def get_openapi_url(self, api: NinjaAPI, path_params: dict[str, Any]) -> str:
        return reverse("api-description")


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: a test holds that no two rooms use the same."""
        return operation.view_func.__name__


#: some four hundred operations drawn at once hold a small machine for seconds: rooms open one by one
FOLDED = {"persistAuthorization": False, "docExpansion": "none", "filter": True}
api = Api(
    title="Marrow", version="1", description=DESCRIPTION, urls_namespace="api", openapi_url=None,
    docs_url=None, docs=Docs(settings=FOLDED),
)  # fmt: skip
ROOMS = (
    accounts, directory, sources, imports, programmes, catalogue, people, missions, teams, posts,
    handovers, agreements, recognition, activity, capacity, entrusting, need, plan, consults,
    briefs, hospitals, desk,
)  # fmt: skip
api.add_decorator(once_under_its_key)
for room in ROOMS:
    api.add_router("", room)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return refusal(request, refused)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    return refusal(request, invalid(wrong.errors, ("told", "window", "chosen")))


@api.exception_handler(HttpError)
def _http(_request: HttpRequest, wrong: HttpError) -> HttpResponse:
    return plain(wrong.status_code)


@api.exception_handler(Http404)
def _nothing(_request: HttpRequest, _wrong: Http404) -> HttpResponse:
    return plain(404)


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _wrong: RequestDataTooBig) -> HttpResponse:
    return plain(413)


@functools.cache
def description() -> dict[str, Any]:
    """The OpenAPI description."""
    return described(api)


@require_safe
@gate("public")
def openapi(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(orjson.dumps(description()), content_type="application/json")


@require_safe
@gate("public")
def docs(request: HttpRequest) -> HttpResponse:
    """The API's page: served from here, nothing is fetched from elsewhere."""
    answer: HttpResponse = api.docs.render_page(request, api)
    answer.content = answer.content.replace(b"<html>", b'<html lang="en">', 1)  # as it is written
    return answer


urls: list[URLPattern] = [
    path("api/docs", docs, name="api-docs"),
    path("api/v1/openapi.json", openapi, name="api-description"),
]
