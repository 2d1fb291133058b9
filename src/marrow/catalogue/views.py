"""The catalogue: items with search, an item's page, lists in versions, and the forms of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.catalogue import access, actions, queries
from marrow.catalogue.fields import as_typed
from marrow.catalogue.forms import (
    ChangeItemForm,
    ItemForm,
    ListForm,
    RenameListForm,
    RequirementForm,
    VersionForm,
    initial_of,
)
from marrow.catalogue.queries import Sought
from marrow.catalogue.queries import items as asked
from marrow.catalogue.queries.lists import version_rows
from marrow.core.words import in_tongue
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest, asked_number

KEEPERS = ("office", "admin")


def _sought(request: MarrowRequest) -> Sought:
    told = request.GET
    return Sought(
        told.get("q", "")[:80], told.get("specialty", "")[:24], told.get("kind", "")[:10],
        told.get("severity", "")[:10],
    )  # fmt: skip


def _to_item(key: str) -> str:
    return reverse("catalogue:item", args=[key])


def _to_list(key: str) -> str:
    return reverse("catalogue:list", args=[key])


@require_safe
@gate("signed-in")
def index(request: MarrowRequest) -> HttpResponse:
    """The catalogue, narrowed as one types: a name in any language, pinyin, a code."""
    sought, here = _sought(request), asked_number(request)
    found, count = queries.item_page(sought, here)
    page = {
        "items": [(item, asked.level_name(item)) for item in found], "count": count,
        "sought": sought, "here": here, "more": here * asked.PAGE < count,
        "specialties": queries.specialty_choices(), **asked.choices(),
        "codes": queries.code_hits(sought.typed), "code_lists": asked.code_lists(),
        "may_keep": access.keeps_items(request.viewer),
    }  # fmt: skip
    part = "#items" if request.htmx else ""
    return render(request, "catalogue/index.html" + part, page)


@require_safe
@gate("signed-in")
def table(request: MarrowRequest, ending: str) -> HttpResponseBase:
    header = [
        _("Key"), _("Kind"), _("Specialty"), _("Severity of the item"),
        _("Should be treated in the"),
        _("Name in English"), _("Name in Chinese"), _("Name in French"), _("Codes of the item"),
    ]  # fmt: skip
    return table_file(ending, "catalogue", header, asked.item_rows(_sought(request)))


@require_safe
@gate("signed-in")
def pick(request: MarrowRequest) -> HttpResponse:
    """Proposals while an item is typed; what stands on the lists of the area `near` comes first."""
    typed = request.GET.get(request.GET.get("field", ""), "")[:80]
    near = request.GET.get("near", "")
    found = queries.proposed(typed, near, timezone.localdate())
    return render(request, "ui/options.html", {"options": [as_typed(row) for row in found]})


@require_safe
@gate("signed-in")
def item(request: MarrowRequest, catalogued: str) -> HttpResponse:
    """What an item is, who should treat it, what that needs, and on which lists it stands."""
    row = access.item_for(catalogued)
    page = {
        "item": row, "level": asked.level_name(row), "codes": asked.codes_of(row),
        "needs": asked.needs_of_item(row), "needed_before": asked.needed_before(row),
        "listed": asked.listed(row), "may_keep": access.keeps_items(request.viewer),
        "panels": panels(request, "catalogue.item", row),
    }  # fmt: skip
    return render(request, "catalogue/item.html", page)


@require_http_methods(["GET", "POST"])
@gate(*KEEPERS)
def enter(request: MarrowRequest) -> HttpResponse:
    form = ItemForm(request.POST or None, initial=_begun(request))

    def act() -> HttpResponse:
        row = actions.enter_item(
            names=form.names(), by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, _to_item(row.key))

    back = reverse("catalogue:index")
    return keep(request, form, act, Shown(_("Enter an item"), back, _("Catalogue")))


def _begun(request: MarrowRequest) -> dict[str, Any]:
    """What a looked-up code fills in."""
    return {"icd10": request.GET.get("code", "")[:20], "name_en": request.GET.get("name", "")[:200]}


@require_http_methods(["GET", "POST"])
@gate(*KEEPERS)
def change(request: MarrowRequest, catalogued: str) -> HttpResponse:
    row = access.item_for(catalogued)
    form = ChangeItemForm(request.POST or None, initial=initial_of(row))

    def act() -> HttpResponse:
        actions.change_item(item=row.key, by=request.viewer, at=timezone.now(), **form.changes(row))
        return kept(request, _to_item(row.key))

    return keep(request, form, act, Shown(_("Change the item"), _to_item(row.key), str(row)))


@require_http_methods(["GET", "POST"])
@gate(*KEEPERS)
def need(request: MarrowRequest, catalogued: str) -> HttpResponse:
    """Say what an item needs: staff, equipment, supplies."""
    row = access.item_for(catalogued)
    form = RequirementForm(request.POST or None)

    def act() -> HttpResponse:
        actions.add_requirement(
            item=row.key, need=form.need(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _to_item(row.key))

    return keep(request, form, act, Shown(_("Say what it needs"), _to_item(row.key), str(row)))


@require_POST
@gate(*KEEPERS)
def drop(request: MarrowRequest, needed: UUID) -> HttpResponse:
    row = actions.drop_requirement(requirement=needed, by=request.viewer, at=timezone.now())
    return kept(request, _to_item(row.key))


@require_safe
@gate("signed-in")
def lists(request: MarrowRequest) -> HttpResponse:
    found, published = queries.all_lists(timezone.localdate()), queries.claims()
    page = {
        "lists": [(one, queries.claims_of(one.row, published)) for one in found],
        "alone": queries.claims_alone([one.row for one in found], published),
        "may_open": request.viewer.holds("office"),
    }  # fmt: skip
    return render(request, "catalogue/lists.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def open_list(request: MarrowRequest) -> HttpResponse:
    form = ListForm(request.POST or None)

    def act() -> HttpResponse:
        told = form.cleaned_data
        row = actions.open_list(
            names=form.names(), kind=told["kind"], area=told["area"], programme=told["programme"],
            severity=told["severity"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to_list(row.key))

    back = reverse("catalogue:lists")
    return keep(request, form, act, Shown(_("Open a list"), back, _("Lists of the catalogue")))


@require_safe
@gate("signed-in")
def list_page(request: MarrowRequest, listing: str) -> HttpResponse:
    """A list as it holds today; the next version where none holds yet."""
    row = access.list_for(listing)
    version = queries.version_at(row, timezone.localdate()) or row.versions.last()
    return _shown(request, listing, version.number if version else None)


@require_safe
@gate("signed-in")
def version(request: MarrowRequest, listing: str, number: int) -> HttpResponse:
    """One version of a list, and what changed since another (`?since=1`)."""
    return _shown(request, listing, number)


def _shown(request: MarrowRequest, listing: str, number: int | None) -> HttpResponse:
    row = access.list_for(listing)
    page: dict[str, Any] = {
        "list": row, "claims": queries.claims_of(row, queries.claims()),
        "today": timezone.localdate(),
        "may_keep": access.keeps_lists_of(request.viewer, row.area, row.programme),
    }  # fmt: skip
    if number is not None:
        found = access.version_for(row, number)
        since = request.GET.get("since", "")
        told = since.isdecimal() and len(since) < 6
        other = access.version_for(row, int(since)) if told else None
        page["shown"] = queries.version_page(found, other)
        page["by_specialty"] = asked.by_specialty(page["shown"].items)
    return render(request, "catalogue/list.html", page)


@require_safe
@gate("signed-in")
def version_table(
    request: MarrowRequest, listing: str, number: int, ending: str
) -> HttpResponseBase:
    """A version as a file; an import reads these columns again."""
    found = access.version_for(access.list_for(listing), number)
    header = [
        _("Place in the order"), _("List of items"), _("Valid from"), _("Code of the item"),
        _("Name of the item"), _("Severity of the item"), _("Specialty"),
        _("Should be treated in the"), _("Codes of the item"),
    ]  # fmt: skip
    return table_file(ending, f"{listing}-{number}", header, version_rows(found))


@require_http_methods(["GET", "POST"])
@gate("office")
def publish(request: MarrowRequest, listing: str) -> HttpResponse:
    """Publish the next version; the form begins with what the list holds."""
    row = access.list_to_keep(request.viewer, listing)
    last = row.versions.first()
    begun = [f"{one.key} {one}" for one in queries.items_of(last)] if last else []
    form = VersionForm(
        request.POST or None,
        initial={"valid_from": timezone.localdate(), "members": "\n".join(begun)},
    )

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.publish_version(
            key=row.key, items=told["members"], valid_from=told["valid_from"], note=told["note"],
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to_list(row.key))

    return keep(request, form, act, Shown(_("Publish a version"), _to_list(row.key), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def rename(request: MarrowRequest, listing: str) -> HttpResponse:
    row = access.list_to_keep(request.viewer, listing)
    form = RenameListForm(
        request.POST or None,
        initial={f"name_{t}": row.names.get(t, "") for t in ("en", "zh", "fr")},
    )

    def act() -> HttpResponse:
        actions.change_list(key=row.key, names=form.called(), by=request.viewer, at=timezone.now())
        return kept(request, _to_list(row.key))

    shown = Shown(_("Change what the list is called"), _to_list(row.key), in_tongue(row.names))
    return keep(request, form, act, shown)
