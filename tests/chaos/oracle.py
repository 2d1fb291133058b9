"""Invariant I: what phones showed as saved stands here, each line once, its bytes equal, chains
whole; nothing else does; every phone of a scope has read every record; tables are their journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from marrow.activity.models import Count, Deed, Report, Visits
from marrow.core.journal.comparing import differences_of
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.posts.models import CheckIn
from marrow.sync.models import Receipt
from marrow.sync.queries import broken_chains
from tests.chaos.devices import Device

MODELS: tuple[Any, ...] = (Visits, Deed)
TAKEN = (Receipt.Outcome.NEW, Receipt.Outcome.MERGED)


def faults(devices: Iterable[Device], others: Iterable[bytes] = ()) -> list[str]:
    """Everything that breaks the invariant. `others` are lines that no phone here kept: those of a
    copy, or of an installation before."""
    told = {d.inst: [line.decode() for line in d.lines] for d in devices}
    return compare(held(), told, [d.records for d in devices], [line.decode() for line in others])


def held() -> dict[str, Any]:
    """What the server holds, and what is wrong in it by itself; as JSON holds it."""
    rows = Receipt.objects.order_by("installation", "q")
    receipts = [
        [str(row.installation_id), row.q, bytes(row.line).decode(errors="replace"), row.outcome]
        for row in rows
    ]
    origins = Operation.objects.exclude(origin=None).order_by("pk")
    told = origins.values_list("origin", "origin_q", "model", "record", "kind")
    return {
        "receipts": receipts,
        "origins": [[str(a), q, m, str(r), k] for a, q, m, r, k in told],
        "records": {
            str(pk): {"void": why, "count": n}
            for model in MODELS
            for pk, why, n in model.objects.values_list("pk", "void_reason", "count")
        },
        "faults": [*verify().broken, *_of_tables(), *broken_chains()],
    }


def _of_tables() -> list[str]:
    """Where a table that phones write is not what its journal makes."""
    return [
        str(found) for model in (*MODELS, Count, Report, CheckIn) for found in differences_of(model)
    ]


def compare(
    here: dict[str, Any], told: dict[str, list[str]], read: list[dict[str, Any]], others: list[str]
) -> list[str]:
    found = list(here["faults"])
    by_phone: dict[str, list[str]] = {}
    for inst, q, line, _outcome in here["receipts"]:
        lines = by_phone.setdefault(inst, [])
        lines.append(line)
        if q != len(lines):
            found.append(f"{inst} {q}: a gap or a double")
    for inst, lines in told.items():
        if by_phone.get(inst, []) != lines:
            found.append(f"{inst}: {len(lines)} saved, {len(by_phone.get(inst, []))} here")
    for inst, lines in by_phone.items():
        if inst not in told and any(line not in others for line in lines):
            found.append(f"{inst}: lines that nobody saved")
    found += _once(here)
    for records in read:
        for pk, row in here["records"].items():
            mine = records.get(pk)
            if not mine or mine.get("count") != row["count"] or mine.get("void", "") != row["void"]:
                found.append(f"{pk}: {mine} on a phone, {row} here")
    return found


def _once(here: dict[str, Any]) -> list[str]:
    """What was taken has changed something, and created its record once."""
    found = []
    wrote = {(inst, q) for inst, q, _model, _record, _kind in here["origins"]}
    created = Counter((m, r) for _i, _q, m, r, kind in here["origins"] if kind == "create")
    for record, times in created.items():
        if times > 1:
            found.append(f"{record}: created {times} times")
    for inst, q, line, outcome in here["receipts"]:
        if outcome in TAKEN and (inst, q) not in wrote:
            found.append(f"{inst} {q}: taken, and nothing is written: {json.loads(line)['t']}")
        if outcome not in (*TAKEN, Receipt.Outcome.CONFLICT) and (inst, q) in wrote:
            found.append(f"{inst} {q}: {outcome}, and something is written")
    return found
