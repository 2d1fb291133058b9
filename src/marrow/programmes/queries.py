"""Programmes and series for choosing in forms."""

from __future__ import annotations

from django.db.models import QuerySet

from marrow.core.words import TONGUES, Names, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes.models import Programme, Series


def series_names(programme: Programme, recipient: Area | Organisation) -> Names:
    """What a new series is called: the programme and its recipient, in three tongues."""

    def said(tongue: str) -> tuple[str, str]:
        return in_tongue(programme.names, tongue), in_tongue(recipient.names, tongue)

    return {tongue: " · ".join(said(tongue)) for tongue in TONGUES}


def series_of(programme: Programme) -> QuerySet[Series]:
    return Series.objects.filter(programme=programme).select_related("recipient_area")
