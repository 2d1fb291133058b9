"""Turns the history's data into rows, facts and doubts; ids come from keys, so twice is once."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.directory.actions import enter_organisation, grade_organisation, open_department
from marrow.directory.models import Area, Organisation
from marrow.missions.actions.batches import batch_names
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.models import (
    Agreement,
    Consortium,
    ConsortiumLink,
    Event,
    Interruption,
    Partnership,
    PolicyGoal,
    Programme,
    Series,
    Speaker,
    Tasking,
)
from marrow.sources.actions import keep_document
from marrow.sources.actions.facts import quoted
from marrow.sources.models import Document, Fact, Finding, Quote

DATA = Path(__file__).parent
FILES = ("documents.toml", "organisations.toml", "beijing.toml", "nation.toml")
READ_ON = dt.date(2026, 11, 24)
HOME = "beijing-teams"
BEIJING_SENT = "目前已累计向12个国家和地区派出56批援外医疗队"
KINDS: dict[str, type[Record]] = {
    m.__name__.lower(): m
    for m in (
        Programme, PolicyGoal, Tasking, Agreement, Partnership, Consortium, ConsortiumLink, Event,
        Speaker, Series, Interruption, Mission, Honour, Fallen, Donation,
    )
}  # fmt: skip
KEYED = ("programme", "mission", "donation")
Told = dict[str, Any]


def data() -> dict[str, list[Told]]:
    """Every table of the data files, by name, in the order of the files."""
    found: dict[str, list[Told]] = {}
    for name in FILES:
        for table, rows in tomllib.loads((DATA / name).read_text(encoding="utf-8")).items():
            found.setdefault(table, []).extend(rows)
    return found


@dataclass(slots=True)
class History:
    """What is gathered before it is written: rows by key, facts with quotes, doubts."""

    by: Viewer
    at: dt.datetime
    documents: dict[str, Document] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)  # rows of many kinds, by key
    told: list[tuple[Fact, Quote]] = field(default_factory=list)
    doubts: list[tuple[Finding, list[Quote]]] = field(default_factory=list)

    def load(self) -> None:
        """Read the data; organisations and documents are kept as they are met."""
        found = data()
        founded = [r for r in found["record"] if r["kind"] == "programme"]
        others = [r for r in found["record"] if r["kind"] != "programme"]
        for keep, rows in (
            (self._document, found["document"]),
            (self._organisation, found["organisation"]),
            (self._of_area, found["area"]),
            (self._record, founded),
            (self._series, found["series"]),
            (self._batch, found["batch"]),
            (self._record, others),
            (self._streak, found["streak"]),
            (self._pairs, found["pairs"]),
        ):
            for told in rows:
                keep(told)

    def _document(self, told: Told) -> None:
        words = {k: v for k, v in told.items() if k != "key"}
        self.documents[told["key"]] = keep_document(
            key=f"five-documents:{told['key']}", kind=Document.Kind.NEWS, read_on=READ_ON,
            by=self.by, at=self.at, **words,
        )  # fmt: skip

    def _area(self, code: str) -> Area:
        return Area.objects.get(code=code)

    def _organisation(self, told: Told) -> None:
        row = enter_organisation(
            kind=told["kind"], names=told["names"], key=told["key"], by=self.by, at=self.at,
            area=self._area(told["area"]) if told["area"] else None,
        )  # fmt: skip
        self.rows[f"organisation:{told['key']}"] = row
        self._about(row, told)
        if grade := told.get("grade"):
            held = grade_organisation(
                organisation=row.pk, grade=grade["grade"], attained_on="", by=self.by, at=self.at
            )
            self.tell(held, {"f": "grade", "v": grade["grade"], **grade})
        for part in told.get("departments", []):
            made = open_department(
                organisation=row.pk, kind=part["kind"], names=part["names"], by=self.by, at=self.at
            )
            self.rows[f"department:{told['key']}:{part['names']['en']}"] = made
            self.tell(made, {"f": "names", "v": part["names"]["en"], **part})

    def _of_area(self, told: Told) -> None:
        self._about(self._area(told["code"]), told)

    def _about(self, row: Record, told: Told) -> None:
        for fact in told.get("facts", []):
            self.tell(row, fact)
        for doubt in told.get("doubts", []):
            self._doubt(row, doubt)

    def tell(self, row: Record, told: Told) -> None:
        """One fact: f field, v value, n number, p precision, i incomplete, s standing, d, q."""
        quote = quoted(self.documents[told["d"]], told["q"], told.get("place", ""))
        value = str(told["v"])
        fact = Fact(
            id=same_id("fact", row.pk, told["f"], value, quote.pk),
            about_model=row._meta.label_lower, about=row.pk, field=told["f"], value=value,
            number=Decimal(told["n"]) if "n" in told else None, precision=told.get("p", ""),
            incomplete=told.get("i", False), standing=told.get("s", "SHOWN"),
            period=told.get("period", ""), as_of=told.get("asof", ""),
            scope=told.get("scope", ""), derived=told.get("derived", ""),
        )  # fmt: skip
        self.told.append((fact, quote))

    def _doubt(self, row: Record, told: Told) -> None:
        quotes = [quoted(self.documents[d], text, "") for d, text in told["quotes"]]
        params = {k: told[k] for k in ("kept", "other", "value", "field") if k in told}
        key = str(same_id("doubt", row.pk, told["code"], told["field"]))
        finding = Finding(
            id=same_id("finding", key), key=key, code=told["code"],
            about_model=row._meta.label_lower, about=row.pk, field=told["field"], params=params,
            quotes=[str(q.pk) for q in quotes], raised_at=self.at,
        )  # fmt: skip
        self.doubts.append((finding, quotes))

    def find(self, link: str) -> Any:
        """The row of a link: `area:GN`, or the key of a row that was made before."""
        kind, _, key = link.partition(":")
        if kind == "area":
            return self._area(key)
        return self.rows[link]

    def _record(self, told: Told) -> None:
        kind, key = told["kind"], told["key"]
        values = dict(told.get("values", {}))
        for column in ("names", "body", "place", "office"):
            if column in told:
                values[column] = told[column]
        if kind in KEYED:
            values["key"] = key
        for column, link in told.get("links", {}).items():
            values[column] = self.find(link)
        row = KINDS[kind](id=same_id(kind, key), **values)
        self.rows[f"{kind}:{key}"] = row
        self._about(row, told)
        for site in told.get("sites", []):
            self._site(row, site)

    def _site(self, mission: Any, told: Told) -> None:
        row = Site(
            id=same_id("site", mission.pk, told["area"]), mission=mission,
            area=self._area(told["area"]),
        )  # fmt: skip
        self.rows[f"site:{row.pk}"] = row
        self.tell(row, {"f": "site", "v": told["area"], **told})

    def _series(self, told: Told) -> None:
        recipient = self.find(told["recipient"])
        code = recipient.code if isinstance(recipient, Area) else "UN"
        programme = self.rows[f"programme:{HOME}"]
        key = f"{HOME}:{code}:"
        series = Series(
            id=same_id("series", key), key=key, programme=programme, names=_names(recipient),
            recipient_area=recipient if isinstance(recipient, Area) else None,
            recipient=recipient if isinstance(recipient, Organisation) else None,
            since=told.get("since", ""),
        )  # fmt: skip
        self.rows[f"series:{key}"] = series
        counted = {"f": "batches", "v": told["batches"], "n": told["batches"], "s": "CLAIM"}
        self.tell(series, {**counted, "d": "s1", "q": told["quote"]})
        self._about(series, told)
        for number in range(1, told["batches"] + 1):
            self._numbered(series, code, number, told)

    def _numbered(self, series: Series, code: str, number: int, told: Told) -> None:
        """One of the batches that the table counts; nothing else of it is known from that."""
        key = f"{series.key}:{number}"
        values = {"kind": "RESIDENT_BATCH", **told.get("mission", {})}
        row = Mission(
            id=same_id("mission", key), key=key, programme=series.programme, series=series,
            number=number, names=batch_names(series, number), sender=series.programme.sender,
            **values,
        )  # fmt: skip
        self.rows[f"mission:{key}"] = row
        derived = f"BY_TABLE|count={told['batches']}"
        count = {"f": "number", "v": number, "d": "s1", "q": told["quote"], "derived": derived}
        self.tell(row, count)
        self.tell(row, {"f": "sender", "v": "CN-BJ", "d": "s1", "q": BEIJING_SENT})
        for fact in told.get("facts_each", []):
            self.tell(row, fact)

    def _batch(self, told: Told) -> None:
        row = self.rows[f"mission:{HOME}:{told['of']}::{told['number']}"]
        for column, value in told["values"].items():
            setattr(row, column, value)
        self._about(row, told)
        for unit in told.get("units", []):
            organisation = self.rows[f"organisation:{unit['organisation']}"]
            sent = SendingUnit(
                id=same_id("unit", row.pk, organisation.pk), mission=row,
                organisation=organisation, persons=unit.get("persons"),
            )  # fmt: skip
            self.rows[f"unit:{sent.pk}"] = sent
            self.tell(sent, {"f": "organisation", "v": unit["organisation"], **unit})

    def _streak(self, told: Told) -> None:
        for number in range(told["first"], told["first"] + told["count"]):
            mission = f"mission:{HOME}:{told['of']}::{number}"
            derived = f"IN_A_ROW|count={told['count']}|first={told['first']}"
            facts = [{**fact, "derived": derived} for fact in told["facts"]]
            key = f"{told['key']}:{number}"
            one = {**told, "kind": "honour", "key": key, "facts": facts}
            self._record({**one, "links": {"mission": mission}})

    def _pairs(self, told: Told) -> None:
        for link in told["senders"]:
            sender = "sender_area" if link.startswith("area:") else "sender"
            links = {
                "programme": f"programme:{told['programme']}",
                "recipient_area": told["recipient_area"],
                sender: link,
            }
            key = f"{told['programme']}:{link}>{told['recipient_area']}"
            self._record({
                "kind": "partnership", "key": key,
                "values": {"mode": told["mode"]}, "links": links, "facts": [told["fact"]],
            })  # fmt: skip

    def commitments(self) -> list[Record]:
        return list(self._of("programmes"))

    def missions(self) -> list[Record]:
        return list(self._of("missions"))

    def _of(self, room: str) -> Iterator[Record]:
        return (row for row in self.rows.values() if row._meta.app_label == room)


def _names(recipient: Record) -> dict[str, str]:
    told: dict[str, str] = recipient.names  # type: ignore[attr-defined]
    said = {t: told.get(t) or told.get("en", "") for t in ("en", "zh", "fr")}
    return {
        "en": f"Beijing’s teams to {said['en']}",
        "zh": f"北京援{said['zh']}医疗队",
        "fr": f"Équipes de Pékin · {said['fr']}",
    }
