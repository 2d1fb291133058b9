"""Who a token speaks for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema

from marrow.ui.rest.answers import read
from marrow.ui.rest.gates import ApiRequest, by

router = Router(tags=["you"])


class GrantOut(Schema):
    role: str
    scope: str
    thing: UUID | None


class MeOut(Schema):
    """The person, and the roles that this token carries at this moment."""

    person: UUID
    name: str
    reads_only: bool
    grants: list[GrantOut]


@router.get("/me", auth=by("signed-in"), response=MeOut)
def get_me(request: ApiRequest) -> HttpResponse:
    viewer = request.viewer
    grants = [{"role": g.role, "scope": g.scope, "thing": g.thing} for g in viewer.grants]
    told = {"person": viewer.person, "name": viewer.name, "grants": grants}
    return read(request, {**told, "reads_only": request.caller.reads_only})
