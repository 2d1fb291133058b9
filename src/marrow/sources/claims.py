"""Published figures that a doubt is about: what dismissing it withdraws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from marrow.sources.models import Fact, Finding

DOUBTED = "CUMULATIVE_NOT_OWN"


def claims_of(rows: Sequence[Finding]) -> dict[UUID, list[Fact]]:
    """By finding: the claims of the value that it doubts, resting on the same words."""
    mine = [row for row in rows if row.code == DOUBTED]
    quotes = {quote for row in mine for quote in row.quotes}
    if not quotes:
        return {}
    claims = Fact.objects.filter(quote__in=quotes, standing=Fact.Standing.CLAIM)
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for claim in claims:
        for row in mine:
            if str(claim.quote_id) in row.quotes and claim.value == str(row.params.get("value")):
                found[row.pk].append(claim)
    return dict(found)
