"""What the directory hands in: the rail's entry, and the pages of its records."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.directory.access import areas_at
from marrow.directory.models import (
    Alias,
    Area,
    Department,
    Grade,
    Identifier,
    NotTheSame,
    Organisation,
)
from marrow.directory.queries import area_names
from marrow.sources.values import name_values
from marrow.ui.rail import Entry, add

name_values(("sender", "sender_id", "site", "recipient"), area_names)
add(Entry(50, _("Hospitals and places"), "directory:directory", ("public",)))


def _organisation(row: Record) -> str:
    return reverse("directory:organisation", args=[getattr(row, "organisation_id", None) or row.pk])


def _area(row: Any) -> str:
    return reverse("directory:area", args=[row.code])


def _alias(row: Alias) -> str:
    if row.area is None:
        return _organisation(row)
    return reverse("directory:area", args=[row.area.code])


tell(Subject(Area, _("place"), _area, load=areas_at))
tell(Subject(Organisation, _("organisation"), _organisation))
tell(Subject(Identifier, _("identifier"), _organisation))
tell(Subject(Alias, _("spelling"), _alias, related=("area",)))  # type: ignore[arg-type]
tell(Subject(Department, _("department"), _organisation))
tell(Subject(Grade, _("grade"), _organisation))
tell(
    Subject(
        NotTheSame,
        _("told apart"),
        lambda n: reverse("directory:organisation", args=[n.one_id]),  # type: ignore[attr-defined]
        lambda viewer, _n: viewer.holds("office", "auditor"),
    )
)
