"""What programmes hand in: roles can be limited to one of them."""

from __future__ import annotations

from uuid import UUID

from marrow.accounts.scopes import Scope, limit_to
from marrow.core.viewer import PROGRAMME
from marrow.programmes.access import covering
from marrow.programmes.models import Programme


def _around(thing: UUID) -> set[UUID]:
    row = Programme.objects.select_related("sender").filter(pk=thing).first()
    return {thing, *covering(row)} if row else {thing}


limit_to(
    PROGRAMME,
    Scope(
        lambda typed: {p.pk: str(p) for p in Programme.objects.filter(key__iexact=typed)},
        lambda ids: {p.pk: str(p) for p in Programme.objects.filter(pk__in=ids)},
        _around,
    ),
)
