"""What was said of a team's work, as pages show it."""

from __future__ import annotations

from django.db.models import QuerySet

from marrow.activity.models import Voice
from marrow.missions.models import Mission


def voices_of(mission: Mission) -> QuerySet[Voice]:
    """All that stands, the newest first; voided words are in the history alone."""
    return Voice.objects.filter(mission=mission, void_reason="").order_by("-held_on", "pk")
