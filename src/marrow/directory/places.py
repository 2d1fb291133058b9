"""Finding a place by what a file calls it."""

from __future__ import annotations

from marrow.directory.models import Alias, Area
from marrow.directory.rules import folded

COUNTRIES = (Area.Kind.COUNTRY, Area.Kind.FORMER_STATE)


def countries_by_name() -> dict[str, Area]:
    """Folded code, ISO code or name in any tongue → country."""
    found: dict[str, Area] = {}
    for area in Area.objects.filter(kind__in=COUNTRIES):
        for text in (area.code, area.iso3, *area.names.values()):
            found.setdefault(folded(text), area)
    for alias in Alias.objects.select_related("area").filter(area__kind__in=COUNTRIES):
        if alias.area:
            found.setdefault(folded(alias.text), alias.area)
    found.pop("", None)
    return found
