"""What a role can be limited to: each kind of scope knows how its things are found and called."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from marrow.core.viewer import AREA, ORGANISATION
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import known_as
from marrow.directory.search import ORGANISATION as ORGANISATIONS

Named = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """`find` gives what is called as typed, `names` what the things of these ids are called.

    `covers` are the ids that a role may be limited to and still reach this thing: itself, and the
    areas that it lies in.
    """

    find: Callable[[str], Named]
    names: Callable[[Collection[UUID]], Named]
    covers: Callable[[UUID], set[UUID]] = lambda thing: {thing}


SCOPES: dict[str, Scope] = {}


def limit_to(code: str, scope: Scope) -> None:
    """Let roles be limited to things of this kind."""
    SCOPES[code] = scope


def _area(typed: str) -> Named:
    return {a.pk: str(a) for a in Area.objects.filter(code__iexact=typed)}


def _organisation(typed: str) -> Named:
    """By its id, or by its name in any language: what is only near to it gets no right."""
    try:
        return _called(Organisation, [UUID(typed)])
    except ValueError:
        return {h.id: h.name for h in known_as(typed, ORGANISATIONS)}


def _called(model: type[Area] | type[Organisation], ids: Collection[UUID]) -> Named:
    return {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids)}


def _around_area(thing: UUID) -> set[UUID]:
    area = Area.objects.filter(pk=thing).first()
    codes = [code for code in area.path.split("/") if code] if area else []
    return {thing, *Area.objects.filter(code__in=codes).values_list("pk", flat=True)}


def _around_organisation(thing: UUID) -> set[UUID]:
    row = Organisation.objects.filter(pk=thing).first()
    return {thing} | (_around_area(row.area_id) if row and row.area_id else set())


limit_to(AREA, Scope(_area, lambda ids: _called(Area, ids), _around_area))
limit_to(
    ORGANISATION,
    Scope(_organisation, lambda ids: _called(Organisation, ids), _around_organisation),
)
