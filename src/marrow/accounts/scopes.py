"""What a role can be limited to: each kind of scope knows how its things are found and called."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from marrow.core.viewer import AREA, ORGANISATION
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import hits
from marrow.directory.search import ORGANISATION as ORGANISATIONS

Named = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """`find` gives what is called as typed, `names` what the things of these ids are called."""

    find: Callable[[str], Named]
    names: Callable[[Collection[UUID]], Named]


SCOPES: dict[str, Scope] = {}


def limit_to(code: str, scope: Scope) -> None:
    """Let roles be limited to things of this kind."""
    SCOPES[code] = scope


def _area(typed: str) -> Named:
    return {a.pk: str(a) for a in Area.objects.filter(code__iexact=typed)}


def _organisation(typed: str) -> Named:
    """By its id, or by its name as search finds it; the same name alone where one has it."""
    try:
        return _called(Organisation, [UUID(typed)])
    except ValueError:
        found = {h.id: h.name for h in hits(typed, kind=ORGANISATIONS, limit=6)}
    same = {pk: name for pk, name in found.items() if name.casefold() == typed.casefold()}
    return same or found


def _called(model: type[Area] | type[Organisation], ids: Collection[UUID]) -> Named:
    return {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids)}


limit_to(AREA, Scope(_area, lambda ids: _called(Area, ids)))
limit_to(ORGANISATION, Scope(_organisation, lambda ids: _called(Organisation, ids)))
