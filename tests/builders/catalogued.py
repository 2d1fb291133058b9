"""Items, what they need, lists: an_item(), a_need(), a_list(), a_version()."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marrow.catalogue.actions import add_requirement, enter_item, open_list, publish_version
from marrow.catalogue.models import Item, List, ListVersion, Requirement
from marrow.core.words import names
from marrow.directory.models import Area
from tests.builders import NOW, OFFICE


def an_item(name: str = "Test condition", **told: Any) -> Item:
    more = {
        "kind": "CONDITION", "specialty": "INTERNAL", "severity": "MODERATE", **told,
    }  # fmt: skip
    called = more.pop("names", names(name))
    return enter_item(names=called, by=OFFICE, at=NOW, **more)


def a_need(item: Item, count: int | None = 2) -> Requirement:
    need = Requirement(kind="STAFF", role="NURSE", specialty="NURSING", count=count)
    return add_requirement(item=item.key, need=need, by=OFFICE, at=NOW)


def a_list(name: str = "Test list", area: str = "GN", **told: Any) -> List:
    return open_list(
        names=names(name), kind=told.pop("kind", "OTHER"), area=Area.objects.get(code=area),
        by=OFFICE, at=NOW, **told,
    )  # fmt: skip


def a_version(
    key: str, items: Sequence[Item], since: dt.date = dt.date(2026, 1, 1), **told: Any
) -> ListVersion:
    return publish_version(key=key, items=items, valid_from=since, by=OFFICE, at=NOW, **told)
