"""What was done, through the API: visits by day, single records, months' reports, figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.activity import access, actions, plain, queries
from marrow.activity.rules.kinds import MOST_REACHED
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Month, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["activity"])
READERS = ("member", "leader", "recipient", "head", "office", "auditor")
WRITERS = ("member", "leader", "recipient", "head", "office")


class VisitsOut(Schema):
    """Visits, not patients. One that is void says why, and counts no more."""

    id: UUID
    mission: UUID
    held_on: dt.date
    count: int
    void_reason: str


class VisitsIn(Body):
    held_on: dt.date
    count: Annotated[int, Field(ge=1, le=5000)]
    note: Annotated[str, text(2000)] = ""


class VoidIn(Body):
    reason: Annotated[str, text(200, 1)]


class MonthOut(Schema):
    """`counted` is told by months' reports, `single` one by one; they are never added."""

    month: str
    value: Decimal | None
    counted: Decimal | None
    single: Decimal | None
    differs: Decimal | None


class KindOut(Schema):
    kind: str
    total: Decimal | None
    months: list[MonthOut]


class FiguresOut(Schema):
    """What is null is unknown, never nought. `months_reported` of the `months_expected` were handed
    in and did not come back, over all units that report."""

    year: int
    basis: str
    months_expected: int
    months_reported: int
    kinds: list[KindOut]


class YearAsked(Schema):
    year: Annotated[int, Field(ge=1963, le=2100)]
    basis: Literal["REPORTED", "ADJUSTED"] = "REPORTED"


InYear = Annotated[YearAsked, Query()]


class DeedOut(Schema):
    """One thing done; without a mission it is the hospital's own."""

    id: UUID
    organisation: UUID | None
    department: UUID | None
    mission: UUID | None
    held_on: dt.date
    kind: str
    count: int
    people_reached: int | None
    specialty: str
    item: UUID | None
    with_whom: str
    group: str
    sex: str
    age: str
    outcome: str
    void_reason: str


class DeedIn(Body):
    """`item` is of the catalogue, its key or its id; `with_whom` is a colleague, never a patient.
    `people_reached` is told of lectures, demonstrations, free clinics and public-health work."""

    kind: Code
    held_on: dt.date
    count: Annotated[int, Field(ge=1, le=5000)] = 1
    people_reached: Annotated[int, Field(ge=0, le=MOST_REACHED)] | None = None
    mission: UUID | None = None
    specialty: Annotated[str, text(24)] = ""
    item: Annotated[str, text(60)] | None = None
    with_whom: Annotated[str, text(120)] = ""
    group: Code = ""
    sex: Literal["", "F", "M"] = ""
    age: Code = ""
    outcome: Code = ""


class MonthlyReportOut(Schema):
    id: UUID
    organisation: UUID
    department: UUID | None
    mission: UUID | None
    month: str
    version: int
    state: str
    stands: bool
    reason: str


class CellOut(Schema):
    words: str
    kind: str
    basis: str
    specialty: str
    group: str
    value: Decimal
    contested: bool  # two phones differ: in no figure until an office chooses


class WholeMonthlyReportOut(MonthlyReportOut):
    cells: list[CellOut]


class MonthlyReportIn(Body):
    """`values` by kind; null takes a cell out. What is not named stays as it is."""

    month: Month
    mission: UUID | None = None
    values: Annotated[dict[str, Decimal | None], Field(max_length=40)]


class IndicatorOut(Schema):
    """A source's words. `asked_kind` waits for a second person; null: nothing is asked."""

    id: UUID
    words: str
    kind: str
    asked_kind: str | None


class KindIn(Body):
    kind: Code


class PassIn(Body):
    step: Literal["review", "approve"]


class PassedOut(Schema):
    passed: int


class MonthlyReasonIn(Body):
    reason: Annotated[str, text(300, 1)]


@router.get(
    "/missions/{uuid:mission}/visits",
    auth=by("member", "leader", "office"),
    response=Page[VisitsOut],
)
def list_visits(request: ApiRequest, window: InPages, mission: UUID) -> HttpResponse:
    """Every count of a mission, void ones too, the newest day first."""
    rows = queries.visits_of(access.mission_to_record(request.viewer, mission))
    part = part_of(rows, window, ("-held_on", "-id"), about(request))
    return read(request, page(request, part, queries.visits_told))


@router.post(
    "/missions/{uuid:mission}/visits",
    auth=by("member", "leader", "office"),
    response={201: VisitsOut},
)
def count_visits(request: ApiRequest, mission: UUID, told: VisitsIn) -> HttpResponse:
    """Record how many visits a team counted on one day. The note is kept encrypted."""
    row = actions.count_visits(mission=mission, **told.dict(), by=request.viewer, at=timezone.now())
    return made(queries.visits_told(row))


@router.post(
    "/visits/{uuid:visits}/void", auth=by("member", "leader", "office"), response=VisitsOut
)
def void_visits(request: ApiRequest, visits: UUID, told: VoidIn) -> HttpResponse:
    """Say that a count was a mistake, and why."""
    row = actions.void_visits(
        visits=visits, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(queries.visits_told(row))


@router.get("/organisations/{uuid:organisation}/activity", auth=by(*READERS), response=FiguresOut)
def hospital_activity(request: ApiRequest, asked: InYear, organisation: UUID) -> HttpResponse:
    """What a hospital itself tells that it did in a year, by kind and month."""
    row = access.place_for(request.viewer, organisation)
    return read(request, plain.hospital_told(row, asked.year, asked.basis, timezone.localdate()))


@router.get("/missions/{uuid:mission}/activity", auth=by(*READERS), response=FiguresOut)
def mission_activity(request: ApiRequest, asked: InYear, mission: UUID) -> HttpResponse:
    """What a team did in a year, by kind and month."""
    row = access.team_for(request.viewer, mission)
    return read(request, plain.team_told(row, asked.year, asked.basis, timezone.localdate()))


@router.get("/organisations/{uuid:organisation}/deeds", auth=by(*READERS), response=Page[DeedOut])
def list_deeds(request: ApiRequest, window: InPages, organisation: UUID) -> HttpResponse:
    """Single records at a hospital, its own and its teams', the newest day first."""
    rows = plain.deeds(access.place_for(request.viewer, organisation))
    part = part_of(rows, window, ("-held_on", "-id"), about(request))
    return read(request, page(request, part, plain.deed_told))


@router.post("/organisations/{uuid:organisation}/deeds", auth=by(*WRITERS), response={201: DeedOut})
def record_deed(request: ApiRequest, organisation: UUID, told: DeedIn) -> HttpResponse:
    """Record one thing done on one day."""
    values = told.dict()
    mission = values.pop("mission")
    row = actions.record_deed(
        organisation=organisation, mission=mission, deed=plain.deed_of(values),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.deed_told(row))


@router.post("/deeds/{uuid:deed}/void", auth=by(*WRITERS), response=DeedOut)
def void_deed(request: ApiRequest, deed: UUID, told: VoidIn) -> HttpResponse:
    """Say that a record was a mistake, and why."""
    row = actions.void_deed(deed=deed, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.deed_told(row))


@router.get(
    "/organisations/{uuid:organisation}/monthly-reports",
    auth=by(*READERS),
    response=Page[MonthlyReportOut],
)
def list_monthly_reports(request: ApiRequest, window: InPages, organisation: UUID) -> HttpResponse:
    """Months' reports of a hospital in all their versions, the newest month first."""
    rows = plain.monthly(request.viewer, access.place_for(request.viewer, organisation))
    part = part_of(rows, window, ("-month", "-id"), about(request))
    return read(request, page(request, part, plain.report_told))


@router.post(
    "/organisations/{uuid:organisation}/monthly-reports",
    auth=by(*WRITERS),
    response={201: WholeMonthlyReportOut},
)
def write_monthly_report(
    request: ApiRequest, organisation: UUID, told: MonthlyReportIn
) -> HttpResponse:
    """Begin a month's report, or go on with the open one, and write its cells."""
    at = timezone.now()
    row = actions.open_report(
        organisation=organisation, month=told.month, mission=told.mission, by=request.viewer, at=at
    )
    row = actions.fill_report(report=row.pk, values=told.values, by=request.viewer, at=at)
    return made(plain.whole_report_told(row), f"/api/v1/monthly-reports/{row.pk}")


@router.get("/monthly-reports/{uuid:monthly}", auth=by(*READERS), response=WholeMonthlyReportOut)
def get_monthly_report(request: ApiRequest, monthly: UUID) -> HttpResponse:
    return read(request, plain.whole_report_told(access.report_for(request.viewer, monthly)))


@router.post("/monthly-reports/{uuid:monthly}/submit", auth=by(*WRITERS), response=MonthlyReportOut)
def submit_monthly_report(request: ApiRequest, monthly: UUID) -> HttpResponse:
    """Hand it in."""
    row = actions.submit(report=monthly, by=request.viewer, at=timezone.now())
    return done(plain.report_told(row))


@router.post(
    "/monthly-reports/{uuid:monthly}/review",
    auth=by("recipient", "office"),
    response=MonthlyReportOut,
)
def review_monthly_report(request: ApiRequest, monthly: UUID) -> HttpResponse:
    """Say that it is right; never of what the caller handed in."""
    row = actions.review(report=monthly, by=request.viewer, at=timezone.now())
    return done(plain.report_told(row))


@router.post(
    "/monthly-reports/{uuid:monthly}/approve", auth=by("office"), response=MonthlyReportOut
)
def approve_monthly_report(request: ApiRequest, monthly: UUID) -> HttpResponse:
    """Let this version stand."""
    row = actions.approve(report=monthly, by=request.viewer, at=timezone.now())
    return done(plain.report_told(row))


@router.post(
    "/monthly-reports/{uuid:monthly}/send-back",
    auth=by("recipient", "office"),
    response=MonthlyReportOut,
)
def send_back_monthly_report(
    request: ApiRequest, monthly: UUID, told: MonthlyReasonIn
) -> HttpResponse:
    """Give it back to its site, and say why."""
    row = actions.send_back(
        report=monthly, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.report_told(row))


@router.post(
    "/monthly-reports/{uuid:monthly}/new-version",
    auth=by(*WRITERS),
    response={201: WholeMonthlyReportOut},
)
def revise_monthly_report(
    request: ApiRequest, monthly: UUID, told: MonthlyReasonIn
) -> HttpResponse:
    """Begin a new version of an approved report; the approved one stands meanwhile."""
    row = actions.revise(report=monthly, reason=told.reason, by=request.viewer, at=timezone.now())
    return made(plain.whole_report_told(row), f"/api/v1/monthly-reports/{row.pk}")


@router.post(
    "/organisations/{uuid:organisation}/monthly-reports/pass",
    auth=by("recipient", "office"),
    response=PassedOut,
)
def pass_monthly_reports(request: ApiRequest, organisation: UUID, told: PassIn) -> HttpResponse:
    """Review or approve all reports of a hospital that wait for this caller."""
    count = actions.pass_all(
        organisation=organisation, step=told.step, by=request.viewer, at=timezone.now()
    )
    return done({"passed": count})


@router.get("/indicators", auth=by("office", "auditor"), response=Page[IndicatorOut])
def list_indicators(request: ApiRequest, window: InPages) -> HttpResponse:
    """What sources count, in their own words, and which of our kinds each is ("": none yet)."""
    part = part_of(plain.indicators(), window, ("words", "id"), about(request))
    return read(request, page(request, part, plain.indicator_told))


@router.put("/indicators/{uuid:indicator}/kind", auth=by("office"), response=IndicatorOut)
def name_indicator(request: ApiRequest, indicator: UUID, told: KindIn) -> HttpResponse:
    """Say which of our kinds a source's words are; an office says it that serves all who count
    by them, one without limit for anybody.

    Where months that were reviewed or approved rest on them it is asked first (`asked_kind`), and
    holds once a second person says the same. The kind that they have takes back what was asked."""
    row = actions.say_what_it_is(
        indicator=indicator, kind=told.kind, by=request.viewer, at=timezone.now()
    )
    return done(plain.indicator_told(row))
