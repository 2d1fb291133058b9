"""The directory's part of the demonstration: the world's places, and an invented country with a
county and its hospitals.

That one lies nowhere: no coordinates, no dot on the map of the real world; every name says that it is
invented.
"""

from __future__ import annotations

import datetime as dt

from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import Names, names
from marrow.directory.actions import enter_organisation, load_areas, tell_apart
from marrow.directory.gazetteer import load_world
from marrow.directory.models import Area

COUNTRY, COUNTY = "XT", "XT-C"
#: where the invented hospitals lie that send people: what such teams cost is told of no real place
SENDERS = "CN-X"
#: how long ago it was entered, so that what was known then can be asked
BEGAN = dt.timedelta(days=4015)
AREAS = (
    (COUNTRY, "COUNTRY", "", names("Testland (invented)", "试验国（虚构）", "Pays d’essai (fictif)")),
    ("XT-N", "REGION", COUNTRY, names("North Testland (invented)", "试验国北区（虚构）", "Nord d’essai (fictif)")),
    ("XT-S", "REGION", COUNTRY, names("South Testland (invented)", "试验国南区（虚构）", "Sud d’essai (fictif)")),
    (COUNTY, "COUNTY", COUNTRY, names("Test County (invented)", "试验县（虚构）", "Comté d’essai (fictif)")),
)  # fmt: skip
#: how many of which sort lie where; the first bears no number
HOSPITALS = (
    ("national", COUNTRY, "HOSPITAL", 1, names("National Hospital", "国立医院", "Hôpital national")),
    ("north", "XT-N", "HOSPITAL", 3, names("Northern Hospital", "北区医院", "Hôpital du Nord")),
    ("south", "XT-S", "HOSPITAL", 3, names("Southern Hospital", "南区医院", "Hôpital du Sud")),
    ("north-health", "XT-N", "PRIMARY", 5, names("Northern Health Centre", "北区卫生中心", "Centre de santé du Nord")),
    ("south-health", "XT-S", "PRIMARY", 5, names("Southern Health Centre", "南区卫生中心", "Centre de santé du Sud")),
    ("county", COUNTY, "HOSPITAL", 1, names("County Hospital", "县医院", "Hôpital du comté")),
    ("township", COUNTY, "PRIMARY", 7, names("Township Health Centre", "乡镇卫生院", "Centre de santé communal")),
)  # fmt: skip


def key_of(sort: str, number: int = 1) -> str:
    return f"demonstration-{sort}-{number}"


def fill(by: Viewer, at: dt.datetime) -> None:
    """Load the world's places, then the invented country; a second call adds nothing."""
    load_world(by, at)
    if Area.objects.filter(code=COUNTRY).exists():
        return
    made, began = invented_places(), at - BEGAN
    load_areas(areas=[*made.values(), place_of_senders()], aliases=[], by=by, at=began)
    for sort, area, kind, count, called in HOSPITALS:
        for number in range(1, count + 1):
            enter_organisation(
                kind=kind, key=key_of(sort, number), names=_named(called, number, count),
                area=made[area], by=by, at=began, invented=True,
            )  # fmt: skip
    second, third = (same_id("organisation", key_of("north", number)) for number in (2, 3))
    tell_apart(one=second, other=third, by=by, at=began)


def place_of_senders() -> Area:
    """The invented place, within a real country, of the invented hospitals that send people."""
    china = Area.objects.get(code="CN")
    return Area(
        id=same_id("area", SENDERS), code=SENDERS, kind="REGION", parent=china,
        path=f"{china.path}{SENDERS}/",
        names=names("Test Province (invented)", "试验省（虚构）", "Province d’essai (fictive)"),
    )  # fmt: skip


def invented_places() -> dict[str, Area]:
    """Code → place of the invented country, parents first."""
    made: dict[str, Area] = {}
    for code, kind, above, called in AREAS:
        parent = made.get(above)
        path = f"{parent.path if parent else '/'}{code}/"
        made[code] = Area(
            id=same_id("area", code), code=code, kind=kind, names=called, parent=parent, path=path
        )
    return made


def _named(called: Names, number: int, count: int) -> Names:
    said = f" {number}" if count > 1 else ""
    zh = str(number) if count > 1 else ""
    return names(
        f"Test {called['en']}{said} (invented)", f"试验国{called['zh']}{zh}（虚构）",
        f"{called['fr']} d’essai{said} (fictif)",
    )  # fmt: skip
