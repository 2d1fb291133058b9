"""Lists of what an area should contain: opened once, then published version after version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue import access
from marrow.catalogue.models import Item, List, ListMember, ListVersion
from marrow.catalogue.rules.versions import NOT_LATER, SAME, Held, fault_of_next, twice
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.directory.models import Area
from marrow.programmes.models import Programme

OPEN = Act("open_list", gettext_lazy("Opened a list of the catalogue"))
CHANGE = Act("change_list", gettext_lazy("Changed what a list is called"))
PUBLISH = Act("publish_version", gettext_lazy("Published a version of a list"))
MOST = 5000
YEARS_AHEAD = dt.timedelta(days=5 * 366)  # further ahead a day is mistyped


def open_list(  # noqa: PLR0913  a list is all of these
    *,
    names: Names,
    kind: str,
    area: Area,
    by: Viewer,
    at: dt.datetime,
    programme: Programme | None = None,
    severity: str = "",
    key: str = "",
    invented: bool = False,
) -> List:
    """Open a list of an area; it holds nothing until a version is published."""
    access.may_keep_lists_of(by, area, programme)
    if not any(names.values()):
        raise Refused(_("Give the name in at least one language."))
    if kind not in List.Kind.values or severity not in ("", *Item.Severity.values):
        raise Refused(_("Say what kind of list it is."))
    key = slugify(key or in_tongue(names, "en"))[:60] or f"list-{uuid4().hex[:10]}"
    if List.objects.filter(key=key).exists():
        raise Refused(_("There is a list of this name already: publish its next version."))
    row = List(
        id=uuid4(), key=key, names=names, kind=kind, area=area, programme=programme,
        severity=severity, invented=invented,
    )  # fmt: skip
    with journal(OPEN, by=by, at=at) as page:
        page.save(row)
    return row


def change_list(*, key: str, names: Names, by: Viewer, at: dt.datetime) -> List:
    """Call a list otherwise; what it held and holds stays."""
    row = access.list_to_keep(by, key)
    if not any(names.values()):
        raise Refused(_("Give the name in at least one language."))
    row.names = names
    with journal(CHANGE, by=by, at=at) as page:
        page.save(row)
    return row


def publish_version(
    *,
    key: str,
    items: Sequence[Item],
    valid_from: dt.date,
    by: Viewer,
    at: dt.datetime,
    note: str = "",
    document: UUID | None = None,
) -> ListVersion:
    """Publish what a list holds from a day on. The version before stays as it was."""
    row = access.list_to_keep(by, key)
    _prove(items)
    with journal(PUBLISH, by=by, at=at) as page:
        List.objects.select_for_update().get(pk=row.pk)  # one after the other: numbers have no gap
        version = _next(row, items, valid_from, at.date())
        version.note, version.document = note[:300], document
        page.save(version)
        page.save_all(
            ListMember(id=uuid4(), version=version, item=item, position=place)
            for place, item in enumerate(items, 1)
        )
    return version


def held_by(version: ListVersion) -> Held:
    """Since when a version holds, and what."""
    return version.valid_from, list(version.members.values_list("item", flat=True))


def _next(row: List, items: Sequence[Item], valid_from: dt.date, today: dt.date) -> ListVersion:
    """The version that comes now; refused where it says nothing new."""
    if valid_from > today + YEARS_AHEAD:
        raise Refused(_("A version begins at most five years from now."))
    last = row.versions.order_by("-number").first()
    fault = fault_of_next(held_by(last) if last else None, valid_from, [i.pk for i in items])
    if last and fault == NOT_LATER and last.valid_from > today:
        raise Refused(
            _("The last version begins only on %s. If that is wrong, take it back in its history"
              " first.") % last.valid_from
        )  # fmt: skip
    if last and fault == NOT_LATER:
        raise Refused(
            _("A new version begins after the last one, which holds since %s.") % last.valid_from
        )
    if fault == SAME:
        raise Refused(_("This is what the list holds already."))
    number = last.number + 1 if last else 1
    return ListVersion(id=uuid4(), list=row, number=number, valid_from=valid_from)


def _prove(items: Sequence[Item]) -> None:
    if not items:
        raise Refused(_("A version holds at least one item."))
    if len(items) > MOST:
        raise Refused(_("A list holds at most %s items.") % MOST)
    if again := twice(items):
        raise Refused(_("This stands twice: %s.") % "; ".join(map(str, again[:5])))
