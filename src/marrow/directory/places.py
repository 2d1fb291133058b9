"""Finding a place by what a file calls it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.refusals import Refused
from marrow.directory.models import Alias, Area
from marrow.directory.rules import folded

GB_DIGITS = 6
COUNTRIES = (Area.Kind.COUNTRY, Area.Kind.FORMER_STATE)


def areas_by_code() -> dict[str, Area]:
    """Code → place: as it is, Chinese places also by the six digits of GB/T 2260 alone."""
    found = {area.code: area for area in Area.objects.all()}
    for code, area in list(found.items()):
        digits = code.removeprefix("CN-")
        if len(digits) == GB_DIGITS and digits.isdecimal():
            found[digits] = area
            province = area.path.split("/CN/")[-1].split("/")[0]
            found.setdefault(f"{digits[:2]}0000", found[province])
    return found


def area_of(code: str, by_code: dict[str, Area]) -> Area | None:
    """The place of a code; one that is not here lies in its city, else in its province."""
    plain = code.strip().upper()
    if plain in by_code or not (len(plain) == GB_DIGITS and plain.isdecimal()):
        return by_code.get(plain)
    return by_code.get(f"{plain[:4]}00") or by_code.get(f"{plain[:2]}0000")


def countries_by_name() -> dict[str, Area]:
    """Folded code, ISO code or name in any tongue → country; Refused while there is none."""
    found: dict[str, Area] = {}
    for area in Area.objects.filter(kind__in=COUNTRIES):
        for text in (area.code, area.iso3, *area.names.values()):
            found.setdefault(folded(text), area)
    for alias in Alias.objects.select_related("area").filter(area__kind__in=COUNTRIES):
        if alias.area:
            found.setdefault(folded(alias.text), alias.area)
    found.pop("", None)
    if not found:
        raise Refused(_("No places are here yet. Load them first: marrow places."))
    return found
