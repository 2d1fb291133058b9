"""The catalogue's part of the demonstration: the items, and lists of the invented areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from marrow.catalogue import shipped
from marrow.catalogue.actions import load_items, open_list, publish_version
from marrow.catalogue.models import Item, List
from marrow.catalogue.rules.levels import level_of
from marrow.core.viewer import Viewer
from marrow.core.words import Names, names
from marrow.directory.demo import BEGAN, COUNTY
from marrow.directory.models import Area

SERIOUS = "test-region-serious"
RECOMMENDED = "test-county-recommended"
#: of the team's list: after such an operation somebody sees again
EYES = ("age-related-cataract", "small-incision-cataract-surgery")


@dataclass(frozen=True, slots=True)
class Opened:
    """A list of an invented area: each version holds from a day, and leaves out every n-th item.
    Those of `always` (their keys) stand on every version."""

    key: str
    area: str
    kind: str
    severity: str
    called: Names
    level: str
    most: int
    versions: tuple[tuple[dt.date, int], ...]
    always: tuple[str, ...] = ()


LISTS = (
    Opened(
        SERIOUS, "XT-N", "REGION_SERIOUS", "SERIOUS",
        names("Serious diseases of North Testland (invented)", "试验国北区“大病”清单（虚构）",
              "Maladies graves du Nord d’essai (fictif)"),
        "REGION", 60, ((dt.date(2024, 1, 1), 6), (dt.date(2026, 1, 1), 20)),
    ),
    Opened(
        RECOMMENDED, COUNTY, "COUNTY_RECOMMENDED", "",
        names("Recommended for Test County (invented)", "试验县推荐病种与技术清单（虚构）",
              "Recommandé pour le comté d’essai (fictif)"),
        "COUNTY", 80, ((dt.date(2025, 1, 1), 10),), EYES,
    ),
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    """Load the catalogue, open the lists, publish their versions; a second call adds nothing."""
    load_items(told=shipped.items(), by=by, at=at - BEGAN)
    for opened in LISTS:
        if not List.objects.filter(key=opened.key).exists():
            _open(opened, by)


def _open(opened: Opened, by: Viewer) -> None:
    """Each version is published on the day from which it holds."""
    days = [dt.datetime.combine(since, dt.time(8), dt.UTC) for since, _nth in opened.versions]
    open_list(
        key=opened.key, names=opened.called, kind=opened.kind, severity=opened.severity,
        area=Area.objects.get(code=opened.area), invented=True, by=by, at=days[0],
    )  # fmt: skip
    held = _of_level(opened)
    for (since, nth), then in zip(opened.versions, days, strict=True):
        chosen = [item for place, item in enumerate(held, 1) if place % nth]
        chosen += [item for item in _always(opened) if item not in chosen]
        publish_version(key=opened.key, items=chosen, valid_from=since, by=by, at=then)


def _always(opened: Opened) -> Sequence[Item]:
    return list(Item.objects.filter(key__in=opened.always).order_by("key"))


def _of_level(opened: Opened) -> Sequence[Item]:
    """Conditions and techniques that this level should treat, spread over all specialties."""
    rows = Item.objects.exclude(kind=Item.Kind.SERVICE).order_by("specialty", "key")
    fit = [row for row in rows if level_of(row.severity, row.level) == opened.level]
    step = max(1, len(fit) // opened.most)
    return fit[::step][: opened.most]
