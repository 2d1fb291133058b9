"""A month's report: begun by its site, its cells written; absent cells stay unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.models import Count, Indicator, Report
from marrow.activity.queries.disputes import still_disputed, told_otherwise
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.levels import OPEN
from marrow.activity.rules.months import fault_of_month, first_of
from marrow.core.book import same_id
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.undoing import AS_IT_STANDS_NOW
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Department

BEGIN = Act("open_monthly_report", gettext_lazy("Began a month’s report"))
FILL = Act("fill_monthly_report", gettext_lazy("Wrote in a month’s report"))
LEAVE = Act(  # a line that was settled opens no more: it would be taken back in words alone
    "leave_contested_cells", gettext_lazy("Left contested cells as they are"), NEVER
)
State = Report.State
MOST = Decimal(10_000_000)


class Closed(Refused):
    """The month was handed in, reviewed or approved: nobody writes in it."""

    code = "closed"


def open_report(
    *,
    organisation: UUID,
    month: dt.date,
    by: Viewer,
    at: dt.datetime,
    department: Department | None = None,
    mission: UUID | None = None,
    origin: Origin | None = None,
) -> Report:
    """Begin the report of a month, or go on with the one that is open."""
    place, team = access.place_to_write(by, organisation, mission)
    if department and department.organisation_id != place.pk:
        raise Refused(_("Choose a department of this hospital."))
    month = first_of(month)
    if fault := fault_of_month(month, at.date()):
        early, late = _("No team was sent before 1963."), _("This month has not come yet.")
        raise Refused(late if fault == "FUTURE" else early)
    fresh = Report(
        organisation=place, department=department, mission=team, month=month, version=1,
        state=State.DRAFT, stands=False,
    )  # fmt: skip
    fresh.id = report_id(fresh)
    if last := latest(fresh):
        if last.state in OPEN:
            return last
        raise Closed(
            _("This month is reported already. Where it is wrong, begin a new version of it.")
        )
    with journal(BEGIN, by=by, at=at, scope=scope_of(fresh), origin=origin) as page:
        page.save(fresh)
    return fresh


def fill_report(
    *, report: UUID, values: Mapping[str, Decimal | None], by: Viewer, at: dt.datetime,
    origin: Origin | None = None, contested: Collection[str] = (), note: str = "",
) -> Report:  # fmt: skip
    """Write the wholes of kinds, by the kind's code; None takes a cell out: it is unknown.

    A cell of `contested` kinds stays as it is and stands in no figure until an office chooses; nor
    does one that is written while an open line of another phone still tells it otherwise. `note` is
    the reason, where somebody gave one.
    """
    row = access.report_to_write(by, report)
    if row.state not in OPEN:
        raise Closed(_("It is handed in. Let it be sent back, or begin a new version."))
    if not access.estimates(by):
        _prove_counted(values.values())
    with journal(FILL, by=by, at=at, scope=scope_of(row), origin=origin, note=note) as page:
        held = _wholes(row)  # locked before the lines are read: one that comes meanwhile waits
        disputed = still_disputed(told_otherwise(row, origin), values)
        for kind, value in values.items():
            _cell(page, row, held.get(kind), kind, value, kind in disputed)
        for kind in contested:
            if cell := held.get(kind):
                cell.contested = True
                page.save(cell)
    return row


def _wholes(row: Report) -> dict[str, Count]:
    """The wholes of a report by their kind, locked until the transaction ends; each time in the
    same order, so that two who lock them never wait for each other."""
    cells = row.counts.filter(basis="REPORTED", specialty="", group="").order_by("pk")
    locked = cells.select_for_update(of=("self",)).select_related("indicator")
    return {cell.indicator.words: cell for cell in locked}


def leave_cells(*, report: UUID, kinds: Collection[str], by: Viewer, at: dt.datetime) -> None:
    """What stands in these contested cells counts again: an office decided so."""
    row = access.report_to_settle(by, report)
    cells = row.counts.filter(indicator__words__in=kinds, contested=True).order_by("pk")
    with journal(LEAVE, by=by, at=at, scope=scope_of(row)) as page:
        for cell in cells:
            cell.contested = False
            page.save(cell)


def contested_now(cell: Count) -> None:
    """Whether phones differ on a number that is put back goes by the lines that are open now."""
    kind, part = cell.indicator.words, cell.specialty or cell.group
    if cell.basis == "REPORTED" and not part:
        told = told_otherwise(cell.report)
        cell.contested = kind in still_disputed(told, {kind: cell.value})


AS_IT_STANDS_NOW[Count._meta.label_lower] = contested_now


def _prove_counted(values: Iterable[Decimal | None]) -> None:
    """Who counts tells whole numbers; only an office's estimate may have a fraction."""
    if any(value is not None and value != value.to_integral_value() for value in values):
        raise Refused(_("A count is a whole number."))


def _cell(
    page: Page, row: Report, held: Count | None, kind: str, value: Decimal | None, contested: bool
) -> None:
    if kind not in KINDS:
        raise Refused(_("There is no such kind of activity."))
    if value is not None and not 0 <= value <= MOST:
        raise Refused(_("A count is 0 or more, and below ten million."))
    if value is None:
        if held:
            page.remove(held)
    elif held:
        held.value, held.contested = value, contested
        page.save(held)
    else:
        page.save(
            Count(
                report=row, indicator=own_indicator(page, kind), basis="REPORTED", value=value,
                id=cell_id(row.pk, kind), contested=contested,
            )
        )  # fmt: skip


def cell_id(report: UUID, kind: str) -> UUID:
    """The whole of a kind in a report is the same record, be it taken out and written again."""
    return same_id("count", report, kind, "REPORTED", "", "")


def own_indicator(page: Page, kind: str) -> Indicator:
    """The indicator of one of our own kinds; made when it is first counted."""
    found = Indicator.objects.filter(words=kind).first()
    if found is None:
        found = Indicator(id=same_id("indicator", kind), words=kind, kind=kind)
        page.save(found)
    return found


def report_id(row: Report) -> UUID:
    """The same place, month and version is the same report, wherever it is written."""
    return same_id("monthly-report", *row.place, row.version)


def latest(row: Report) -> Report | None:
    """The last version of a report's place and month."""
    return versions(row).order_by("-version").first()


def versions(row: Report) -> QuerySet[Report]:
    return Report.objects.filter(
        organisation=row.organisation_id, department=row.department_id, mission=row.mission_id,
        month=row.month,
    )  # fmt: skip


def scope_of(row: Report) -> str:
    return f"mission:{row.mission_id}" if row.mission_id else f"organisation:{row.organisation_id}"
