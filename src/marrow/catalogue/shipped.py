"""The catalogue that Marrow brings: items in three languages, with codes and needs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marrow.catalogue.models import Item, Requirement
from marrow.catalogue.rules.needs import Need, needs_of
from marrow.catalogue.search import of_item
from marrow.core.book import same_id
from marrow.core.words import names

DATA = Path(__file__).parent / "data"


def items() -> Iterator[tuple[Item, list[Requirement]]]:
    """Each item as it is shipped, and what it needs."""
    things = {row["code"]: row for row in table("things.tsv")}
    sets = {row["name"]: row["needs"] for row in table("sets.tsv")}
    for row in table("items.tsv"):
        item = _item(row)
        yield item, [_requirement(item, n, things) for n in needs_of(row["needs"], sets)]


def _item(row: dict[str, str]) -> Item:
    told = {"ICD10": row["icd10"], "ICD9CM3": row["icd9cm3"]}
    codes = {system: text.split(",") for system, text in told.items() if text}
    item = Item(
        id=same_id("catalogue-item", row["key"]), key=row["key"], kind=row["kind"],
        specialty=row["specialty"], severity=row["severity"], level=row["level"],
        names=names(row["en"], row["zh"], row["fr"]), codes=codes,
        aliases=[word for word in row["aliases"].split(";") if word],
    )  # fmt: skip
    item.search = of_item(item)
    return item


def _requirement(item: Item, need: Need, things: dict[str, dict[str, str]]) -> Requirement:
    told: dict[str, Any] = {"kind": "STAFF", "role": need.role, "specialty": need.specialty}
    if need.thing:
        thing = things[need.thing]
        called = names(thing["en"], thing["zh"], thing["fr"])
        told = {"kind": thing["kind"], "resource": need.thing, "names": called}
    pk = same_id("catalogue-requirement", item.key, need.role, need.specialty, need.thing)
    return Requirement(id=pk, item=item, count=need.count, **told)


def table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", restval="", quoting=csv.QUOTE_NONE)
