"""What everybody is told of open doubts: beside the value, or of a record as a whole."""

from __future__ import annotations

from uuid import UUID

from marrow.archive.queries import FactsByField
from marrow.sources.models import Finding
from marrow.sources.sentences import short

#: doubts about a whole record, which everybody is told of
OF_THE_WHOLE = ("STATUS", "OTHER_COUNTRY", "NO_RECIPIENT", "OUT_OF_ORDER", "NUMBER_JUMPS")


def doubts_of_whole(about: UUID) -> list[str]:
    """In two to four words each, what is open about this mission or series as a whole."""
    rows = Finding.objects.filter(about=about, state=Finding.State.OPEN, code__in=OF_THE_WHOLE)
    codes = set(rows.values_list("code", flat=True))
    return [short(code) for code in sorted(codes)]


def mark_doubted(facts: dict[UUID, FactsByField], doubted: set[tuple[UUID, str]]) -> None:
    """Mark those that an open finding doubts, so that no page shows them as if all were well."""
    for about, field in doubted:
        for fact in facts[about][field] if about in facts and field in facts[about] else ():
            fact.doubted = True  # type: ignore[attr-defined]
