"""What the catalogue hands in: the rail's entry, the pages of its records, words of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue import access
from marrow.catalogue.models import CodeList, Item, List, ListMember, ListVersion, Requirement
from marrow.core.journal.column_words import name_columns
from marrow.core.models import Operation, Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.ui.rail import CARE, Entry, add

name_columns(
    {
        "aliases": _("other words for it"), "codes": _("codes"), "item_id": _("item"),
        "level": _("level"), "list_id": _("list of items"), "own": _("kept by an office"),
        "position": _("place in the order"), "retired_on": _("no longer offered since"),
        "severity": _("how grave"), "system": _("system of codes"),
        "resource": _("equipment or supplies"),
        "specialty_before": _("specialties before"),
        "valid_from": _("valid from"), "version_id": _("version of a list"),
    }
)  # fmt: skip
READERS = ("office", "recipient", "head", "auditor", "admin")
add(Entry(47, _("Catalogue"), "catalogue:index", READERS, group=CARE))


def _of_item(row: Any) -> str:
    return reverse("catalogue:item", args=[row.key if isinstance(row, Item) else row.item.key])


def _of_list(row: Any) -> str:
    if isinstance(row, List):
        return reverse("catalogue:list", args=[row.key])
    version = row if isinstance(row, ListVersion) else row.version
    return reverse("catalogue:version", args=[version.list.key, version.number])


def _of_codes(_row: Record) -> str:
    return reverse("catalogue:index")


def _signed_in(viewer: Viewer, _row: Record) -> bool:
    return viewer.signed_in


def _keeps(viewer: Viewer, _row: Record) -> bool:
    return access.keeps_items(viewer)


def _mine(path: str) -> Callable[[Viewer], Q]:
    return lambda viewer: access.lists_of_office(viewer, path)


for model, word, address in (
    (Item, _("item of the catalogue"), _of_item),
    (Requirement, _("what an item needs"), _of_item),
    (CodeList, _("list of codes"), _of_codes),
):
    along = ("item",) if model is Requirement else ()
    tell(Subject(model, word, address, _signed_in, _keeps, related=along))


def _versions(listing: UUID) -> list[tuple[str, UUID]]:
    """Its versions, as the journal tells of them: those too that were taken back."""
    label = ListVersion._meta.label_lower
    told = Operation.objects.filter(
        model=label, kind=Operation.CREATE, changes__contains=str(listing)
    )
    return [(label, pk) for pk in told.values_list("record", flat=True)]


tell(Subject(List, pgettext_lazy("catalogue", "list"), _of_list, _signed_in, mine=_mine(""),
             parts=_versions))  # fmt: skip
tell(
    Subject(
        ListVersion, _("version of a list"), _of_list, _signed_in, related=("list",),
        mine=_mine("list__"),
    )
)  # fmt: skip
tell(
    Subject(
        ListMember, _("item on a list"), _of_list, _signed_in, related=("item", "version__list"),
        mine=_mine("version__list__"),
    )
)  # fmt: skip
