"""The templates that make a programme's letters."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Form, Schema
from ninja.files import UploadedFile

from marrow.programmes.access import may_change, programme_for
from marrow.teams import actions, plain
from marrow.teams.api.seats import router
from marrow.teams.models import LetterTemplate
from marrow.ui.papers.safe_office import MOST_BYTES
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Page
from marrow.ui.rest.gates import ApiRequest, by


class TemplateOut(Schema):
    """`sha256` is the fingerprint of the file."""

    id: UUID
    programme: str
    kind: str
    language: str
    ending: str
    file: str
    sha256: str
    dropped_on: dt.date | None


@router.get("/programmes/{key}/letter-templates", auth=by("office"), response=Page[TemplateOut])
def list_letter_templates(request: ApiRequest, key: str) -> HttpResponse:
    """The programme's own templates that make its letters now."""
    may_change(request.viewer, programme_for(key))
    return read(request, {"items": plain.templates(key), "next": None})


@router.post(
    "/programmes/{key}/letter-templates", auth=by("office"), response={201: TemplateOut}
)  # fmt: skip
def keep_letter_template(
    request: ApiRequest, key: str, kind: Annotated[LetterTemplate.Kind, Form()],
    language: Annotated[LetterTemplate.Language, Form()], file: File[UploadedFile],
) -> HttpResponse:  # fmt: skip
    """Keep a DOCX or XLSX as the template of a letter; the one before it is dropped."""
    may_change(request.viewer, programme_for(key))
    row = actions.keep_template(
        programme=key, kind=kind.value, language=language.value, name=file.name or "",
        content=file.read(MOST_BYTES + 1), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.template_told(row))


@router.post("/letter-templates/{uuid:template}/drop", auth=by("office"), response=TemplateOut)
def drop_letter_template(request: ApiRequest, template: UUID) -> HttpResponse:
    """Letters of this kind are made by Marrow's own layout again."""
    row = actions.drop_template(template=template, by=request.viewer, at=timezone.now())
    return done(plain.template_told(row))
