"""Programmes and series for choosing in forms."""

from __future__ import annotations

from django.db.models import QuerySet

from marrow.core.viewer import Viewer
from marrow.programmes import access
from marrow.programmes.models import Programme, Series


def programmes_in_scope(viewer: Viewer) -> list[Programme]:
    """Programmes that this viewer's office may change."""
    rows = Programme.objects.select_related("sender").order_by("key")
    return [p for p in rows if viewer.holds_for("office", things=access.covering(p))]


def series_of(programme: Programme) -> QuerySet[Series]:
    return Series.objects.filter(programme=programme).select_related("recipient_area")
