"""Entering and changing items; loading the shipped catalogue keeps what an office changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue import access
from marrow.catalogue.models import Item, Requirement
from marrow.catalogue.queries.items import told_on
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.catalogue.search import of_item
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue

ENTER = Act("enter_item", gettext_lazy("Entered an item of the catalogue"))
CHANGE = Act("change_item", gettext_lazy("Changed an item of the catalogue"))
LOAD = Act("load_catalogue", gettext_lazy("Loaded the catalogue that Marrow brings"))
NEED = Act("add_requirement", gettext_lazy("Said what an item needs"))
DROP = Act("drop_requirement", gettext_lazy("Said that an item no longer needs this"))
CHANGEABLE = ("kind", "specialty", "severity", "level", "names", "aliases", "codes", "retired_on")
SHIPPED = ("kind", "specialty", "severity", "level", "names", "aliases", "codes", "search")
#: in `own`, beside columns: an office said what the item needs
NEEDS = "requirements"
SYSTEMS = ("ICD10", "ICD9CM3", "ICD11", "OTHER")
LONGEST_CODE = 20


def enter_item(*, names: Names, by: Viewer, at: dt.datetime, key: str = "", **told: Any) -> Item:
    """Enter an item; `told` are columns of CHANGEABLE. Its key comes from its English name."""
    access.may_keep_items(by)
    key = slugify(key or in_tongue(names, "en"))[:60] or f"item-{uuid4().hex[:10]}"
    if Item.objects.filter(key=key).exists():
        raise Refused(_("The catalogue has an item of this name already."))
    row = Item(id=uuid4(), key=key, own=[*SHIPPED, NEEDS])
    _set(row, {"names": names, **told})
    with journal(ENTER, by=by, at=at) as page:
        page.save(row)
    return row


def change_item(*, item: str, by: Viewer, at: dt.datetime, **told: Any) -> Item:
    """Change what is known of an item; what was changed is the office's from then on."""
    access.may_keep_items(by)
    row = access.item_for(item)
    was = row.specialty
    _set(row, told)
    _keep_specialty(row, was, at)
    row.own = sorted({*row.own, *told})
    with journal(CHANGE, by=by, at=at) as page:
        page.save(row)
    return row


def _keep_specialty(row: Item, was: str, at: dt.datetime) -> None:
    """Another specialty holds from today; the days before keep theirs."""
    if row.specialty != was and told_on(row.pk) != at.date():
        row.specialty_before = [*(row.specialty_before or []), [was, at.date().isoformat()]]


def _set(row: Item, told: Mapping[str, Any]) -> None:
    for column, value in told.items():
        if column not in CHANGEABLE:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(row, column, value)
    if not any(row.names.values()):
        raise Refused(_("Give the name in at least one language."))
    if row.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    for column, choices in (("kind", Item.Kind), ("severity", Item.Severity)):
        if getattr(row, column) not in choices.values:
            raise Refused(_("Say what kind of item it is, and how severe."))
    if row.level and row.level not in Item.Level.values:
        raise Refused(_("There is no such level of care."))
    _prove_codes(row.codes)
    row.search = of_item(row)


def _prove_codes(codes: Mapping[str, Sequence[str]]) -> None:
    for system, told in codes.items():
        if system not in SYSTEMS:
            raise Refused(_("Codes are of one of these systems: %s.") % ", ".join(SYSTEMS))
        for code in told:
            if not code or len(code) > LONGEST_CODE:
                raise Refused(_("This is no code: %s.") % code[:40])


def add_requirement(*, item: str, need: Requirement, by: Viewer, at: dt.datetime) -> Requirement:
    """Say that an item needs staff, equipment or supplies; said again, the new number counts. It
    holds from today; what is said on the day on which the item came, always."""
    access.may_keep_items(by)
    row = access.item_for(item)
    need.item = row
    if need.kind == Requirement.Kind.STAFF:
        if need.role not in Requirement.Role.values:
            raise Refused(_("Say which staff it needs."))
        if need.specialty and need.specialty not in SPECIALTIES:
            raise Refused(_("Choose a specialty from the list."))
    elif not any(need.names.values()):
        raise Refused(_("Give the name in at least one language."))
    known = row.requirements.filter(
        kind=need.kind,
        role=need.role,
        specialty=need.specialty,
        resource=need.resource,
        until_on=None,
    ).first()
    with journal(NEED, by=by, at=at) as page:
        told = _renew(page, known, need, at) if known else _begin(page, need, at)
        _keep_needs(page, row)
    return told


def _begin(page: Page, need: Requirement, at: dt.datetime) -> Requirement:
    need.from_on = None if told_on(need.item_id) == at.date() else at.date()
    page.save(need)
    return need


def _renew(page: Page, known: Requirement, need: Requirement, at: dt.datetime) -> Requirement:
    """Another number is another need, from today; what was said today is put right as it is."""
    if known.count != need.count and told_on(known.pk) != at.date():
        _end(page, known, at)
        return _begin(page, need, at)
    known.count, known.names = need.count, need.names
    page.save(known)
    return known


def _end(page: Page, need: Requirement, at: dt.datetime) -> None:
    """No longer from today: the days before keep it. What was said today never was."""
    if told_on(need.pk) == at.date():
        page.remove(need)
        return
    need.until_on = at.date()
    page.save(need)


def drop_requirement(*, requirement: UUID, by: Viewer, at: dt.datetime) -> Item:
    """An item no longer needs this from today; what holds for the days before stays."""
    access.may_keep_items(by)
    need = access.requirement_for(requirement)
    if need.until_on:
        raise Overtaken(_("The item no longer needs this already."))
    with journal(DROP, by=by, at=at) as page:
        _end(page, need, at)
        _keep_needs(page, need.item)
    return need.item


def _keep_needs(page: Page, row: Item) -> None:
    row.own = sorted({*row.own, NEEDS})
    page.save(row)


def load_items(
    *, told: Iterable[tuple[Item, list[Requirement]]], by: Viewer, at: dt.datetime
) -> dict[str, int]:
    """Load shipped items in one act: new ones come, others are bettered where no office changed.

    Returns how many were new, bettered and the same. A second call changes nothing.
    """
    access.may_keep_items(by)
    known = {row.key: row for row in Item.objects.all()}
    needs: dict[UUID, list[Requirement]] = defaultdict(list)
    for need in Requirement.objects.filter(until_on=None):
        needs[need.item_id].append(need)
    counts = {"new": 0, "bettered": 0, "same": 0}
    with journal(LOAD, by=by, at=at) as page:
        fresh: list[Item | Requirement] = []
        for item, wanted in told:
            if (row := known.get(item.key)) is None:
                fresh += [item, *wanted]
                counts["new"] += 1
                continue
            moved = _bettered(page, row, item, at)
            moved |= _needs_bettered(page, row, needs[row.pk], wanted, at)
            counts["bettered" if moved else "same"] += 1
        page.save_all(fresh)
    return counts


def _bettered(page: Page, row: Item, shipped: Item, at: dt.datetime) -> bool:
    before = {c: getattr(row, c) for c in SHIPPED}
    for column in SHIPPED:
        if column not in row.own:
            setattr(row, column, getattr(shipped, column))
    _keep_specialty(row, before["specialty"], at)
    row.search = of_item(row)
    page.save(row)
    return before != {c: getattr(row, c) for c in SHIPPED}


def _needs_bettered(
    page: Page, row: Item, have: Sequence[Requirement], wanted: Sequence[Requirement],
    at: dt.datetime,
) -> bool:  # fmt: skip
    if NEEDS in row.own:
        return False
    fresh = {_what(need): need for need in wanted}
    moved = False
    for need in have:
        shipped = fresh.pop(_what(need), None)
        if shipped is None:
            _end(page, need, at)
            moved = True
        elif (need.count, need.names) != (shipped.count, shipped.names):
            _renew(page, need, _copy(shipped, row), at)
            moved = True
    for need in fresh.values():
        _begin(page, _copy(need, row), at)
    return moved or bool(fresh)


def _what(need: Requirement) -> tuple[str, ...]:
    return need.kind, need.role, need.specialty, need.resource


def _copy(need: Requirement, row: Item) -> Requirement:
    """A shipped need under an id of its own: one that ended may stand under the shipped one."""
    told = dict(zip(("kind", "role", "specialty", "resource"), _what(need), strict=True))
    return Requirement(id=uuid4(), item=row, names=need.names, count=need.count, **told)
