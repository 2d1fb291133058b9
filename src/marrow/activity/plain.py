"""What was done as plain values, as the API tells it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from marrow.activity.models import Deed, Indicator, Report
from marrow.activity.queries import figures, reports
from marrow.activity.queries.figures import Of
from marrow.catalogue.access import item_for
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation

Told = dict[str, Any]


def figures_told(of: Of, year: int, basis: str) -> Told:
    """Each kind with its months; a month that nobody told of is null."""
    lines = figures.lines_of(of, year, basis)
    return {
        "year": year, "basis": basis,
        "kinds": [
            {
                "kind": line.code, "total": line.total,
                "months": [
                    {
                        "month": f"{month:%Y-%m}", "value": cell.value, "counted": cell.counted,
                        "single": cell.single, "differs": cell.differs,
                    }
                    for month, cell in line.cells
                ],
            }
            for line in lines
        ],
    }  # fmt: skip


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
            "specialty": cell.specialty, "group": cell.group, "value": cell.value,
        }
        for cell in row.counts.select_related("indicator").order_by("indicator__words", "pk")
    ]  # fmt: skip
    return {**report_told(row), "cells": cells}


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.all()


def indicator_told(row: Indicator) -> Told:
    return {"id": row.pk, "words": row.words, "kind": row.kind}
