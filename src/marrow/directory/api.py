"""Places and organisations through the API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.directory import access, actions, plain
from marrow.directory.forms import (
    AliasForm,
    DepartmentForm,
    GradeForm,
    OrganisationForm,
    PlacedForm,
)
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import (
    Body,
    Code,
    Names,
    NamesOut,
    Page,
    Place,
    Sourced,
    Told,
    filled,
    meant,
    text,
)
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["directory"])
Limit = Annotated[int, Query(ge=1, le=200)]
Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class AreaOut(Schema):
    id: UUID
    code: str
    kind: str
    names: NamesOut
    parent: str | None
    path: str
    iso3: str
    m49: str
    ended_on: str
    lat: float | None
    lon: float | None


class OrganisationOut(Schema):
    id: UUID
    kind: str
    names: NamesOut
    area: str | None
    place: str
    address: str
    type_as_told: str
    owner_as_told: str
    lat: float | None
    lon: float | None
    merged_into: UUID | None
    invented: bool


class AliasOut(Schema):
    id: UUID
    text: str
    language: str


class DepartmentOut(Schema):
    id: UUID
    kind: str
    names: NamesOut
    started_on: str


class GradeOut(Schema):
    id: UUID
    grade: str
    attained_on: str


class IdentifierOut(Schema):
    id: UUID
    scheme: str
    value: str
    document: UUID | None
    row: int | None


class OrganisationPartsOut(Schema):
    aliases: list[AliasOut]
    departments: list[DepartmentOut]
    grades: list[GradeOut]
    identifiers: list[IdentifierOut]


class DoubleOut(Schema):
    one: UUID
    other: UUID
    alike: float
    kilometres: float | None


class AreaFilters(Schema):
    parent: Code = ""
    within: Code = ""
    kind: Code = ""


class OrganisationFilters(Schema):
    q: Annotated[str, text(80)] = ""
    area: Code = ""
    kind: Code = ""


class OrganisationIn(Body):
    kind: Code
    names: Names
    area: Place


class OrganisationPatch(Sourced):
    kind: Code = ""
    area: Place = ""
    place: Annotated[str, text(120)] = ""
    address: Annotated[str, text(300)] = ""
    lat: Degrees | None = None
    lon: Degrees | None = None


class NamesIn(Body):
    names: Names


class AliasIn(Body):
    text: Annotated[str, text(300, 1)]
    language: Literal["", "en", "zh", "fr"] = ""


class GradeIn(Sourced):
    grade: Annotated[str, text(20, 1)]
    attained_on: Told = ""


class DepartmentIn(Body):
    kind: Code
    names: Names
    started_on: Told = ""


class IntoIn(Body):
    into: UUID


class OtherIn(Body):
    other: UUID


MADE = {201: OrganisationPartsOut}


@router.get("/areas", auth=by("public"), response=Page[AreaOut])
def list_areas(request: ApiRequest, window: InPages, chosen: Query[AreaFilters]) -> HttpResponse:
    """Places by code; `within` is everything below a place."""
    part = part_of(plain.areas(**chosen.dict()), window, ("code",), about(request))
    return read(request, page(request, part, plain.area_told))


@router.get("/areas/{code}", auth=by("public"), response=AreaOut)
def get_area(request: ApiRequest, code: str) -> HttpResponse:
    return read(request, plain.area(code))


@router.get("/organisations", auth=by("public"), response=Page[OrganisationOut])
def list_organisations(
    request: ApiRequest, window: InPages, chosen: Query[OrganisationFilters]
) -> HttpResponse:
    """Those in a place and of a kind; with `q` the best of a search, on one page."""
    if chosen.q.strip():
        found = plain.organisations_called(chosen.q, window.limit)
        return read(request, {"items": found, "next": None})
    rows = plain.organisations(area=chosen.area, kind=chosen.kind)
    part = part_of(rows, window, ("id",), about(request))
    return read(request, page(request, part, plain.organisation_told))


@router.get("/organisations/{uuid:organisation}", auth=by("public"), response=OrganisationOut)
def get_organisation(request: ApiRequest, organisation: UUID) -> HttpResponse:
    return read(request, plain.organisation(organisation))


@router.get(
    "/organisations/{uuid:organisation}/parts", auth=by("public"), response=OrganisationPartsOut
)
def get_organisation_parts(request: ApiRequest, organisation: UUID) -> HttpResponse:
    """Its spellings, departments, grades, and what registers call it."""
    return read(request, plain.parts_of(organisation))


@router.post("/organisations", auth=by("office"), response={201: OrganisationOut})
def enter_organisation(request: ApiRequest, told: OrganisationIn) -> HttpResponse:
    form = filled(OrganisationForm, told)
    row = actions.enter_organisation(
        kind=form.cleaned_data["kind"], names=form.names(), area=form.cleaned_data["area"],
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.organisation(row.pk), f"/api/v1/organisations/{row.pk}")


@router.patch("/organisations/{uuid:organisation}", auth=by("office"), response=OrganisationOut)
def change_organisation(
    request: ApiRequest, organisation: UUID, told: OrganisationPatch
) -> HttpResponse:
    """Change what it is and where it lies: only the fields that are sent."""
    sent = told.model_fields_set - {"source"}
    before = plain.organisation(organisation)
    form = filled(PlacedForm, told, **({} if "kind" in sent else {"kind": before["kind"]}))
    with unless_changed(request, lambda: plain.organisation(organisation)):
        actions.change_organisation(
            organisation=organisation, told={c: form.cleaned_data[c] for c in sent},
            source=form.told_by(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
    return done(plain.organisation(organisation))


@router.put("/organisations/{uuid:organisation}/names", auth=by("office"), response=OrganisationOut)
def name_organisation(request: ApiRequest, organisation: UUID, told: NamesIn) -> HttpResponse:
    with unless_changed(request, lambda: plain.organisation(organisation)):
        actions.name_organisation(
            organisation=organisation, names=told.names.told(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.organisation(organisation))


@router.post(
    "/organisations/{uuid:organisation}/aliases",
    auth=by("office"),
    response=MADE,
)
def add_alias(request: ApiRequest, organisation: UUID, told: AliasIn) -> HttpResponse:
    """Add another spelling, by which search finds it."""
    form = filled(AliasForm, told)
    actions.add_alias(
        organisation=organisation, **form.cleaned_data, by=request.viewer, at=timezone.now()
    )
    return made(plain.parts_of(organisation))


@router.post(
    "/organisations/{uuid:organisation}/grades",
    auth=by("office"),
    response=MADE,
)
def grade_organisation(request: ApiRequest, organisation: UUID, told: GradeIn) -> HttpResponse:
    form = filled(GradeForm, told)
    actions.grade_organisation(
        organisation=organisation, grade=form.cleaned_data["grade"],
        attained_on=form.cleaned_data["attained_on"], source=form.told_by(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.parts_of(organisation))


@router.post(
    "/organisations/{uuid:organisation}/departments",
    auth=by("office"),
    response=MADE,
)
def open_department(request: ApiRequest, organisation: UUID, told: DepartmentIn) -> HttpResponse:
    form = filled(DepartmentForm, told)
    actions.open_department(
        organisation=organisation, kind=form.cleaned_data["kind"], names=form.names(),
        started_on=form.cleaned_data["started_on"], by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.parts_of(organisation))


@router.post(
    "/organisations/{uuid:organisation}/merge", auth=by("office"), response=OrganisationOut
)
def merge_organisations(request: ApiRequest, organisation: UUID, told: IntoIn) -> HttpResponse:
    """Let it go on as another. Nothing is rewritten; `part` takes it back."""
    access.organisation_for(organisation)
    winner = meant("into", access.organisation_for, told.into)
    with unless_changed(request, lambda: plain.organisation(organisation)):
        actions.merge_organisations(
            loser=organisation, winner=winner.pk if winner else told.into, by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.organisation(organisation))


@router.post("/organisations/{uuid:organisation}/part", auth=by("office"), response=OrganisationOut)
def part_organisations(request: ApiRequest, organisation: UUID) -> HttpResponse:
    """Take a merge back: both stand again."""
    actions.unmerge_organisation(loser=organisation, by=request.viewer, at=timezone.now())
    return done(plain.organisation(organisation))


@router.post(
    "/organisations/{uuid:organisation}/apart", auth=by("office"), response=OrganisationOut
)
def tell_apart(request: ApiRequest, organisation: UUID, told: OtherIn) -> HttpResponse:
    """Say that two which look alike are two."""
    access.organisation_for(organisation)
    meant("other", access.organisation_for, told.other)
    actions.tell_apart(one=organisation, other=told.other, by=request.viewer, at=timezone.now())
    return done(plain.organisation(organisation))


@router.get("/likely-doubles", auth=by("office", "auditor"), response=Page[DoubleOut])
def list_doubles(
    request: ApiRequest, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> HttpResponse:
    """Pairs that look alike and wait for a decision, the likeliest first."""
    return read(request, {"items": plain.doubles(limit), "next": None})
