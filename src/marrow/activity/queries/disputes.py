"""Numbers of a month that phones told differently: those of open lines, beside what stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from marrow.activity.models import Report
from marrow.core.book import same_id
from marrow.core.journal import Origin
from marrow.sync.disputes import in_dispute

Told = Decimal | None  # None: the phone took the number out


def month_id(organisation: UUID, mission: UUID, month: dt.date) -> UUID:
    """The same place, team and month is the same record on every phone."""
    return same_id("month", organisation, mission, f"{month:%Y-%m}")


def told_otherwise(report: Report, beside: Origin | None = None) -> dict[str, list[Told]]:
    """By kind what open lines say of those of this month's numbers on which they differ, each phone
    its last word; but for what was told before and with the line `beside` that is being taken or
    settled. Whoever writes the number, an office has yet to choose."""
    if report.mission_id is None or report.department_id is not None:
        return {}
    month = month_id(report.organisation_id, report.mission_id, report.month)
    found: dict[str, dict[UUID, Told]] = defaultdict(dict)
    for phone, line in in_dispute("count", report.mission_id, beside):
        if line.record == month:
            for kind, value in line.data["cells"].items():
                if line.parted is None or kind in line.parted:
                    found[kind][phone] = None if value is None else Decimal(value)
    return {kind: list(by_phone.values()) for kind, by_phone in found.items()}


def still_disputed(
    told: Mapping[str, Iterable[Told]], values: Mapping[str, Told]
) -> frozenset[str]:
    """Of these numbers those that some open line tells otherwise."""
    return frozenset(
        kind for kind, value in values.items() if any(one != value for one in told.get(kind, ()))
    )
