"""What was done as plain values, as the API tells it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from marrow.activity.models import Deed, Indicator, Report
from marrow.activity.queries import figures, reports
from marrow.activity.queries.figures import Of
from marrow.activity.rules.numbers import plain
from marrow.catalogue.access import item_for
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission

Told = dict[str, Any]


def hospital_told(row: Organisation, year: int, basis: str, today: dt.date) -> Told:
    """A hospital's own figures, and how many of its months are reported."""
    units = reports.units_of(year, today, row)
    return figures_told(Of(row.pk), year, basis) | _completeness(units)


def team_told(row: Mission, year: int, basis: str, today: dt.date) -> Told:
    """A team's figures, and how many of its months are reported."""
    units = reports.units_of(year, today, mission=row)
    return figures_told(Of(mission=row.pk), year, basis) | _completeness(units)


def _completeness(units: list[reports.UnitYear]) -> Told:
    return {
        "months_expected": sum(unit.expected for unit in units),
        "months_reported": sum(unit.reported for unit in units),
    }


def figures_told(of: Of, year: int, basis: str) -> Told:
    """Each kind with its months; a month that nobody told of is null."""
    lines = figures.lines_of(of, year, basis)
    return {
        "year": year, "basis": basis,
        "kinds": [
            {
                "kind": line.code, "total": _number(line.total),
                "months": [
                    {
                        "month": f"{month:%Y-%m}", "value": _number(cell.value),
                        "counted": _number(cell.counted), "single": _number(cell.single),
                        "differs": _number(cell.differs),
                    }
                    for month, cell in line.cells
                ],
            }
            for line in lines
        ],
    }  # fmt: skip


def _number(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)


def deeds(organisation: Organisation) -> QuerySet[Deed]:
    return Deed.objects.filter(organisation=organisation)


def deed_of(told: Told) -> Deed:
    """A record with these values, for the action that keeps it."""
    item = told.pop("item", None)
    return Deed(id=uuid4(), item=item_for(item) if item else None, **told)


def deed_told(row: Deed) -> Told:
    told = {
        c: getattr(row, c)
        for c in (
            "held_on", "kind", "count", "people_reached", "specialty", "with_whom", "group", "sex",
            "age", "outcome", "void_reason",
        )
    }  # fmt: skip
    places = {"organisation": row.organisation_id, "department": row.department_id}
    return {"id": row.pk, "mission": row.mission_id, "item": row.item_id, **places, **told}


def monthly(viewer: Viewer, organisation: Organisation) -> QuerySet[Report]:
    return reports.reports_of(viewer).filter(organisation=organisation)


def report_told(row: Report) -> Told:
    """A report without its cells."""
    return {
        "id": row.pk, "organisation": row.organisation_id, "department": row.department_id,
        "mission": row.mission_id, "month": f"{row.month:%Y-%m}", "version": row.version,
        "state": row.state, "stands": row.stands, "reason": row.reason,
    }  # fmt: skip


def whole_report_told(row: Report) -> Told:
    cells = [
        {
            "words": cell.indicator.words, "kind": cell.indicator.kind, "basis": cell.basis,
            "specialty": cell.specialty, "group": cell.group, "value": plain(cell.value),
            "contested": cell.contested,
        }
        for cell in row.counts.select_related("indicator").order_by("indicator__words", "pk")
    ]  # fmt: skip
    return {**report_told(row), "cells": cells}


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.all()


def indicator_told(row: Indicator) -> Told:
    asked = None if row.asked_by is None else row.asked_kind
    return {"id": row.pk, "words": row.words, "kind": row.kind, "asked_kind": asked}
