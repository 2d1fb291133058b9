"""Programmes and series for choosing in forms, and the words of a service."""

from __future__ import annotations

from django.db.models import QuerySet

from marrow.core.remembering import remembered
from marrow.core.words import TONGUES, Names, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes.models import Partnership, Programme, Series
from marrow.sources.models import Fact


def series_names(programme: Programme, recipient: Area | Organisation) -> Names:
    """What a new series is called: the programme and its recipient, in three tongues."""

    def said(tongue: str) -> tuple[str, str]:
        return in_tongue(programme.names, tongue), in_tongue(recipient.names, tongue)

    return {tongue: " · ".join(said(tongue)) for tongue in TONGUES}


def series_of(programme: Programme) -> QuerySet[Series]:
    return Series.objects.filter(programme=programme).select_related("recipient_area")


@remembered
def partnerships(programme: Programme) -> list[Partnership]:
    """All of a programme, with both sides; several parts of one page tell of them."""
    rows = Partnership.objects.filter(programme=programme).select_related(
        "sender__area", "sender_area", "recipient__area", "recipient_area"
    )
    return list(rows.order_by("pk"))


def motto_of(programme: Programme) -> Fact | None:
    """The words of the service, where a source tells them of the programme."""
    rows = Fact.objects.filter(about=programme.pk, field="motto", standing=Fact.Standing.SHOWN)
    return rows.select_related("quote__document").order_by("pk").first()


def mottos() -> list[Fact]:
    """Every motto that a source tells, once."""
    rows = Fact.objects.filter(
        field="motto", about_model="programmes.programme", standing=Fact.Standing.SHOWN
    )
    return list({fact.value: fact for fact in rows.order_by("-pk")}.values())
