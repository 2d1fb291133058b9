"""The templates that make a programme's letters."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from ninja import File, Form, Schema
from ninja.files import UploadedFile

from marrow.teams import access, actions, plain
from marrow.teams.api.seats import router
from marrow.teams.forms import TemplateForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Page, filled
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
    access.programme_to_form(request.viewer, key)
    return read(request, {"items": plain.templates(key), "next": None})


@router.post(
    "/programmes/{key}/letter-templates", auth=by("office"), response={201: TemplateOut}
)  # fmt: skip
def keep_letter_template(
    request: ApiRequest, key: str, kind: Annotated[str, Form(max_length=20)],
    language: Annotated[str, Form(max_length=8)], file: File[UploadedFile],
) -> HttpResponse:  # fmt: skip
    """Keep a DOCX or XLSX as the template of a letter; the one before it is dropped."""
    access.programme_to_form(request.viewer, key)
    sent = {"kind": kind, "language": language}
    form = filled(lambda data: TemplateForm(data, MultiValueDict({"file": [file]})), Body(), **sent)
    row = actions.keep_template(programme=key, by=request.viewer, at=timezone.now(), **form.told())
    return made(plain.template_told(row))


@router.post("/letter-templates/{uuid:template}/drop", auth=by("office"), response=TemplateOut)
def drop_letter_template(request: ApiRequest, template: UUID) -> HttpResponse:
    """Letters of this kind are made by Marrow's own layout again."""
    row = actions.drop_template(template=template, by=request.viewer, at=timezone.now())
    return done(plain.template_told(row))
