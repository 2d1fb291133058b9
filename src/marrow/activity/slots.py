"""What activity hands in: the page of a count."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.activity.models import Visits
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell


def _page(row: Record) -> str:
    return reverse("activity:mission", args=[row.mission_id])  # type: ignore[attr-defined]


tell(Subject(Visits, _("visits"), _page, lambda viewer, _row: viewer.signed_in))
