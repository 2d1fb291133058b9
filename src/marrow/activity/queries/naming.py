"""Words of sources: what each is here, and the reviewed and approved months that rest on it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import QuerySet
from django.utils.translation import ngettext

from marrow.accounts.queries import names_of
from marrow.activity import access
from marrow.activity.models import Count, Indicator, Report
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.levels import PASSED
from marrow.core.viewer import Viewer
from marrow.core.words import listing

WHERE = 3  # months that a sentence names


@dataclass(frozen=True, slots=True)
class Named:
    """Words with how many cells count by them, and how many reviewed or approved months rest on
    them; `asker` asked that they mean something else, `mine` where that is the viewer."""

    indicator: Indicator
    cells: int
    months: int
    asker: str = ""
    mine: bool = False


def indicators(viewer: Viewer) -> list[Named]:
    """The words of sources that this viewer names, those first that nobody has given a kind."""
    cells = Count.objects.order_by().values_list("indicator")
    sizes = dict(cells.annotate(n=Number("pk")))
    passed = cells.filter(report__stands=True, report__state__in=PASSED)
    months = dict(passed.annotate(n=Number("report", distinct=True)))
    found = access.indicators_named(viewer).exclude(words__in=KINDS).order_by("kind", "words")
    rows = list(found[:300])
    names = names_of(row.asked_by for row in rows if row.asked_by)
    return [
        Named(
            row, sizes.get(row.pk, 0), months.get(row.pk, 0),
            names.get(row.asked_by, "?") if row.asked_by else "", row.asked_by == viewer.person,
        )
        for row in rows
    ]  # fmt: skip


def to_confirm(viewer: Viewer) -> QuerySet[Indicator]:
    """Words of which somebody else asked that they mean something, and this viewer may say so."""
    asked = access.indicators_named(viewer).exclude(asked_by=None)
    return asked.exclude(asked_by=viewer.person).order_by("words")


def resting_on(indicator: UUID) -> QuerySet[Report]:
    """The months that were reviewed or approved, stand, and count by these words."""
    cells = Count.objects.filter(indicator=indicator)
    rows = Report.objects.filter(pk__in=cells.values("report"), stands=True, state__in=PASSED)
    return rows.order_by("organisation", "month", "pk")


def told_of_months(row: Indicator) -> str:
    """How many reviewed and approved months rest on these words, and where; '' where none does."""
    rows = resting_on(row.pk)
    if not (count := rows.count()):
        return ""
    first = [f"{r.organisation} {r}" for r in rows.select_related("organisation")[:WHERE]]
    where = listing().join([*first, "…"] if count > WHERE else first)
    told = ngettext(
        "%(count)s month that was reviewed or approved rests on “%(words)s”: %(where)s.",
        "%(count)s months that were reviewed or approved rest on “%(words)s”: %(where)s.", count,
    )  # fmt: skip
    return told % {"count": count, "words": row.words, "where": where}
