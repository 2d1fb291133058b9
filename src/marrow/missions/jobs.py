"""What missions take in: files of team records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.queries import area_names
from marrow.missions.access import may_take_records
from marrow.missions.actions import record_teams
from marrow.missions.models import Mission
from marrow.missions.rules.records import Assembly, Reading, assemble, read
from marrow.missions.rules.records.sentences import SHORT
from marrow.sources.intake.kinds import Column, Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Numbered
from marrow.sources.models import Document

SHOWN = 12
LABELS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("What the record tells"),
    "recipient_iso2": gettext_lazy("Recipient, ISO code"),
    "recipient_condensed": gettext_lazy("Recipient, name"),
    "project_id": gettext_lazy("The record's own number"),
    "year": gettext_lazy("Year"),
    "status": gettext_lazy("Status"),
    "start_actual": gettext_lazy("Started"),
    "end_actual": gettext_lazy("Ended"),
    "start_planned": gettext_lazy("Planned start"),
    "end_planned": gettext_lazy("Planned end"),
    "recipient_oecd_name": gettext_lazy("Recipient, OECD name"),
    "all_recipients": gettext_lazy("All recipients"),
    "flow": gettext_lazy("Kind of flow"),
    "implementing_agency": gettext_lazy("Carried out by"),
    "location_details": gettext_lazy("Places"),
}
KIND_WORDS = {
    **dict(Mission.Kind.choices),
    "DONATION": gettext_lazy("donation"), "TRAINING": gettext_lazy("training"),
    "TWINNING": gettext_lazy("twinning"), "LOAN": gettext_lazy("loan"),
    "NOT_A_MISSION": gettext_lazy("no mission"),
}  # fmt: skip
NEEDED = {"title", "description"}


def take(taking: Taking) -> dict[str, int]:
    return record_teams(
        rows=taking.rows(), document=taking.document, by=taking.by, at=taking.at,
        progress=taking.progress,
    )  # fmt: skip


def _read(rows: Iterable[Numbered]) -> tuple[list[Reading], Assembly]:
    readings = [read(cells, number) for number, cells in rows]
    return readings, assemble(readings)


def _doubts(readings: list[Reading], assembly: Assembly) -> Counter[str]:
    found = Counter(d.code for r in readings for d in r.doubts)
    found.update(d.code for s in assembly.series for d in s.doubts)
    found.update(d.code for s in assembly.series for b in s.batches for d in b.doubts)
    return found


def preview(rows: Iterable[Numbered], _by: Viewer | None = None) -> Preview:
    """What the rows would become: batches by series, the rest by kind, the doubts by code."""
    readings, assembly = _read(rows)
    batches = sum(len(s.batches) for s in assembly.series)
    counts = {"rows": len(readings), "batches": batches, "series": len(assembly.series)}
    first = readings[:SHOWN]
    called = area_names([c for r in first for c in (r.recipient, _value(r, "sender"))])
    sample = [
        {
            _("Row"): str(r.row),
            _("Title"): r.title,
            _("Recipient"): called.get(r.recipient, r.recipient),
            _("Kind"): str(KIND_WORDS[r.kind]),
            _("Number"): _value(r, "ordinal"),
            _("Persons"): _value(r, "size"),
            _("Sent by"): called.get(_value(r, "sender"), _value(r, "sender")),
            _("Left or arrived"): _value(r, "departed_on") or _value(r, "arrived_on"),
        }
        for r in first
    ]
    return Preview(counts, sample, dict(_doubts(readings, assembly).most_common()))


def _value(reading: Reading, field: str) -> str:
    told = reading.first(field)
    return told.value if told else ""


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    """Counts by kind, series and finding; nothing is written."""
    readings, assembly = _read(rows)
    return {
        "rows": len(readings),
        "kinds": dict(Counter(r.kind for r in readings).most_common()),
        "numbered_teams": sum(len(b.readings) for s in assembly.series for b in s.batches),
        "batches": sum(len(s.batches) for s in assembly.series),
        "series": [
            {
                "recipient": s.recipient,
                "track": s.track,
                "sender": s.sender,
                "batches": [b.number for b in s.batches],
            }
            for s in assembly.series
        ],
        "findings": dict(_doubts(readings, assembly).most_common()),
    }


TEAMS = Kind(
    code="teams",
    may=may_take_records,
    label=gettext_lazy("Records of medical teams"),
    document_kind=Document.Kind.DATASET,
    columns=tuple(Column(code, label, (), needed=code in NEEDED) for code, label in LABELS.items()),
    preview=preview,
    take=take,
    dry_run=dry_run,
    problems=SHORT,
    counts={
        "rows": names("rows", "行", "lignes"),
        "series": names("series", "系列", "séries"),
        "batches": names("numbered batches", "编号批次", "équipes numérotées"),
        "trips": names("other missions", "其他任务", "autres missions"),
        "donations": names("donations", "捐赠", "dons"),
        "no_missions": names("records that are no mission", "非任务记录", "fiches sans mission"),
        "retold": names("told again in other words", "以不同文字再次述及", "redites autrement"),
        "known": names("rows known already", "已有的行", "lignes déjà connues"),
        "records": names("records kept", "保存的记录", "fiches gardées"),
        "facts": names("facts with their words", "带原文的事实", "faits avec leurs mots"),
        "findings": names("findings to decide", "待判定的疑点", "doutes à trancher"),
    },
)
bring_in(TEAMS)
