"""The catalogue through the API: items and what they need, lists and their versions."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.catalogue import actions, plain
from marrow.catalogue.forms import ItemForm, ListForm, RenameListForm, RequirementForm, VersionForm
from marrow.catalogue.queries import Sought
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Names, NamesOut, Page, Place, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["catalogue"])
OtherWord = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00\r\n]*$")]
ItemCode = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00\r\n,]*$")]


class ItemOut(Schema):
    """An item; `level` is the level of area that should treat it, `codes` are by system."""

    id: UUID
    key: str
    kind: str
    specialty: str
    severity: str
    level: str
    names: NamesOut
    aliases: list[str]
    codes: dict[str, list[str]]
    retired_on: dt.date | None


class NeedOut(Schema):
    """What an item needs. `count` null is not told; `resource` is empty for staff."""

    kind: str
    role: str
    specialty: str
    resource: str
    names: NamesOut
    count: int | None


class WholeItemOut(ItemOut):
    requirements: list[NeedOut]


class ListOut(Schema):
    id: UUID
    key: str
    names: NamesOut
    kind: str
    severity: str
    area: str
    programme: str | None
    invented: bool


class VersionOut(Schema):
    number: int
    valid_from: dt.date
    note: str


class WholeListOut(ListOut):
    versions: list[VersionOut]


class WholeVersionOut(VersionOut):
    """`items` are keys, in the order of the list."""

    items: list[str]


class ItemFilters(Schema):
    q: Annotated[str, text(80)] = ""
    specialty: Annotated[str, text(24)] = ""
    kind: Code = ""
    severity: Code = ""


class ListFilters(Schema):
    area: Place = ""


class ItemIn(Body):
    names: Names
    kind: Code
    specialty: Annotated[str, text(24)]
    severity: Code
    level: Code = ""
    icd10: list[ItemCode] = []
    icd9cm3: list[ItemCode] = []
    aliases: list[OtherWord] = []


class ItemNeedIn(Body):
    """Staff (`role`, `specialty`) or a thing by its `names`; `count` left out is not known."""

    kind: Code
    names: Names = Names()
    role: Code = ""
    specialty: Annotated[str, text(24)] = ""
    count: Annotated[int, Field(ge=1, le=999)] | None = None


class NewListIn(Body):
    """`programme` is its key, `area` the code of a place."""

    names: Names
    kind: Code
    area: Place
    programme: Annotated[str, text(60)] = ""
    severity: Code = ""


class ListNamesIn(Body):
    names: Names


class VersionIn(Body):
    """`items` are keys, codes or names, in the order of the list."""

    valid_from: dt.date
    items: Annotated[list[OtherWord], Field(min_length=1, max_length=5000)]
    note: Annotated[str, text(300)] = ""


@router.get("/catalogue/items", auth=by("signed-in"), response=Page[ItemOut])
def list_items(request: ApiRequest, window: InPages, chosen: Query[ItemFilters]) -> HttpResponse:
    """Items that are offered; `q` is a name in any language, pinyin, or a code."""
    sought = Sought(chosen.q, chosen.specialty, chosen.kind, chosen.severity)
    part = part_of(plain.items(sought), window, plain.ORDER, about(request))
    return read(request, page(request, part, plain.item_told))


@router.get("/catalogue/items/{key}", auth=by("signed-in"), response=WholeItemOut)
def get_item(request: ApiRequest, key: str) -> HttpResponse:
    return read(request, plain.item(key))


@router.post("/catalogue/items", auth=by("office"), response={201: WholeItemOut})
def enter_catalogue_item(request: ApiRequest, told: ItemIn) -> HttpResponse:
    """Enter an item; its key comes from its English name."""
    form = filled(ItemForm, _flat(told), icd10=_line(told.icd10), icd9cm3=_line(told.icd9cm3),
                  aliases="\n".join(told.aliases))  # fmt: skip
    row = actions.enter_item(
        names=form.names(), by=request.viewer, at=timezone.now(), **form.told()
    )
    return made(plain.item(row.key), f"/api/v1/catalogue/items/{row.key}")


class _Flat(Body):
    """Without lists, which the form takes as text."""

    names: Names
    kind: str
    specialty: str
    severity: str
    level: str = ""


def _flat(told: ItemIn) -> _Flat:
    return _Flat(**told.model_dump(include=set(_Flat.model_fields)))


def _line(codes: list[str]) -> str:
    return ",".join(codes)


@router.patch("/catalogue/items/{key}", auth=by("office"), response=WholeItemOut)
def change_catalogue_item(request: ApiRequest, key: str, told: ItemIn) -> HttpResponse:
    """Change an item: only the fields that are sent. What was changed is the office's own."""
    form = filled(ItemForm, _flat(told), icd10=_line(told.icd10), icd9cm3=_line(told.icd9cm3),
                  aliases="\n".join(told.aliases))  # fmt: skip
    sent = told.model_fields_set
    changes = {c: v for c, v in {**form.told(), "names": form.names()}.items() if c in sent}
    if {"icd10", "icd9cm3"} & sent:
        new = {"ICD10": told.icd10} if "icd10" in sent else {}
        new |= {"ICD9CM3": told.icd9cm3} if "icd9cm3" in sent else {}
        codes = {**plain.item(key)["codes"], **new}
        changes["codes"] = {system: some for system, some in codes.items() if some}
    with unless_changed(request, lambda: plain.item(key)):
        actions.change_item(item=key, by=request.viewer, at=timezone.now(), **changes)
    return done(plain.item(key))


@router.post("/catalogue/items/{key}/requirements", auth=by("office"), response={201: WholeItemOut})
def add_item_requirement(request: ApiRequest, key: str, told: ItemNeedIn) -> HttpResponse:
    """Say what an item needs; said again, the new number counts."""
    plain.item(key)
    form = filled(RequirementForm, told)
    actions.add_requirement(item=key, need=form.need(), by=request.viewer, at=timezone.now())
    return made(plain.item(key), f"/api/v1/catalogue/items/{key}")


@router.post(
    "/catalogue/requirements/{uuid:requirement}/drop", auth=by("office"), response=WholeItemOut
)
def drop_item_requirement(request: ApiRequest, requirement: UUID) -> HttpResponse:
    """Say that its item no longer needs this."""
    row = actions.drop_requirement(requirement=requirement, by=request.viewer, at=timezone.now())
    return done(plain.item(row.key))


@router.post("/catalogue/lists", auth=by("office"), response={201: WholeListOut})
def open_catalogue_list(request: ApiRequest, told: NewListIn) -> HttpResponse:
    """Open a list of an area; it holds nothing until a version is published."""
    form = filled(ListForm, told)
    given = form.cleaned_data
    row = actions.open_list(
        names=form.names(), kind=given["kind"], area=given["area"], programme=given["programme"],
        severity=given["severity"], by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.one_list(row.key), f"/api/v1/catalogue/lists/{row.key}")


@router.patch("/catalogue/lists/{key}", auth=by("office"), response=WholeListOut)
def rename_catalogue_list(request: ApiRequest, key: str, told: ListNamesIn) -> HttpResponse:
    form = filled(RenameListForm, told)
    with unless_changed(request, lambda: plain.one_list(key)):
        actions.change_list(key=key, names=form.called(), by=request.viewer, at=timezone.now())
    return done(plain.one_list(key))


@router.post("/catalogue/lists/{key}/versions", auth=by("office"), response={201: WholeVersionOut})
def publish_list_version(request: ApiRequest, key: str, told: VersionIn) -> HttpResponse:
    """Publish what a list holds from a day on; the version before stays."""
    plain.one_list(key)
    lines = _Version(valid_from=told.valid_from, note=told.note)
    form = filled(VersionForm, lines, members="\n".join(told.items))
    row = actions.publish_version(
        key=key, items=form.cleaned_data["members"], valid_from=told.valid_from, note=told.note,
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    address = f"/api/v1/catalogue/lists/{key}/versions/{row.number}"
    return made(plain.version(key, row.number), address)


class _Version(Body):
    """Without its items, which the form takes as text."""

    valid_from: dt.date
    note: str


@router.get("/catalogue/lists", auth=by("signed-in"), response=Page[ListOut])
def list_catalogue_lists(
    request: ApiRequest, window: InPages, chosen: Query[ListFilters]
) -> HttpResponse:
    """Lists of what areas want treated there; `area` is the code of a place."""
    part = part_of(plain.lists(area=chosen.area), window, ("key", "id"), about(request))
    return read(request, page(request, part, plain.list_told))


@router.get("/catalogue/lists/{key}", auth=by("signed-in"), response=WholeListOut)
def get_catalogue_list(request: ApiRequest, key: str) -> HttpResponse:
    return read(request, plain.one_list(key))


@router.get(
    "/catalogue/lists/{key}/versions/{number}", auth=by("signed-in"), response=WholeVersionOut
)
def get_list_version(request: ApiRequest, key: str, number: int) -> HttpResponse:
    return read(request, plain.version(key, number))
