"""Which seats of plans are filled: somebody stands there who comes. The one definition for every
page, file and figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marrow.plan.models import Happening, PlannedSeat, Scenario
from marrow.teams.models import Assignment


def comes() -> Q:
    """Of a planned seat: somebody stands there who neither drops out in that plan, nor can leave
    only after the team does, nor was turned down for the seat or withdrew since."""
    out = Happening.objects.filter(
        Happening.keeps_from(OuterRef("team__from_on")), scenario=OuterRef("team__scenario"),
        person=OuterRef("placing__person"),
    )  # fmt: skip
    down = Assignment.objects.filter(
        seat=OuterRef("seat"), person=OuterRef("placing__person"),
        state__in=Assignment.TURNED_DOWN,
    )  # fmt: skip
    return Q(~Exists(out), ~Exists(down), placing__isnull=False)


def filled_seats() -> QuerySet[PlannedSeat]:
    """The seats of all plans that are filled."""
    return PlannedSeat.objects.filter(comes())


def filled_of_team() -> Coalesce:
    """Of a planned team, how many of its seats are filled, within the query of the teams."""
    of_team = filled_seats().filter(team=OuterRef("pk")).order_by().values("team")
    counted = of_team.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def filled_of(plans: Iterable[Scenario]) -> Counter[UUID]:
    """By plan, how many of its seats are filled."""
    rows = filled_seats().filter(team__scenario__in=[row.pk for row in plans])
    return Counter(rows.order_by().values_list("team__scenario", flat=True))
