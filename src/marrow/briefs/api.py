"""What teams tell, through the API: months' briefs, the daily report, operating lists."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from marrow.briefs import access, actions, plain
from marrow.briefs.forms import CheckForm, OperatedForm, ScreenedForm
from marrow.briefs.queries import daily, operating
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Month, Page, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["briefs"])
LISTERS = ("member", "leader", "office")
READERS = (*LISTERS, "recipient", "head", "auditor")


class BriefFigureOut(Schema):
    """A figure of a month, as text; null is unknown. `single`: what single records say where a
    month's report stands and they differ; `reached`: how many people they tell of, and
    `untold` how many of them tell no number and are in no sum; null is none of them, or a brief
    that was sent before it was counted."""

    code: str
    value: str | None
    before: str | None
    single: str | None
    reached: str | None = None
    untold: str | None = None


class BriefLineOut(Schema):
    """`texts` are the leader's words by language."""

    id: UUID
    mission: UUID
    month: str
    state: str
    texts: dict[str, str]
    begun_at: dt.datetime
    sent_at: dt.datetime | None


class BriefOut(BriefLineOut):
    """`pictures` are photographs of activity, in the order in which they are shown."""

    figures: list[BriefFigureOut]
    pictures: list[UUID]


class BriefTexts(Body):
    zh_hans: Annotated[str, text(6000)] = ""
    fr: Annotated[str, text(6000)] = ""
    en: Annotated[str, text(6000)] = ""


class BriefIn(Body):
    month: Month
    texts: BriefTexts
    pictures: list[UUID] = []


class SheetItemOut(Schema):
    """An item of the WHO's minimum data set by its number; null is blank."""

    item: str
    under5: int | None
    from5: int | None
    total: int | None


class DailySheetOut(Schema):
    mission: UUID
    organisation: UUID | None
    day: dt.date
    consultations: int | None
    items: list[SheetItemOut]


class ListedOut(Schema):
    """A line of an operating list: a number, never a name. `operation` is a deed of activity."""

    id: UUID
    mission: UUID
    organisation: UUID
    number: int
    screened_on: dt.date
    verdict: str
    item: UUID | None
    sex: str
    age: str
    operation: UUID | None
    day1_on: dt.date | None
    day1_outcome: str
    week6_on: dt.date | None
    week6_outcome: str
    void_reason: str


class ScreenedIn(Body):
    organisation: UUID
    screened_on: dt.date
    verdict: Code
    item: Annotated[str, text(400)] = ""
    sex: Annotated[str, text(1)] = ""
    age: Annotated[str, text(6)] = ""


class OperatedIn(Body):
    """A deed that stands already, or the day of a new one."""

    deed: UUID | None = None
    held_on: dt.date | None = None
    with_whom: Annotated[str, text(120)] = ""


class CheckedIn(Body):
    on: dt.date
    outcome: Code


@router.get("/missions/{uuid:mission}/briefs", auth=by("signed-in"), response=Page[BriefLineOut])
def list_briefs(request: ApiRequest, mission: UUID, window: InPages) -> HttpResponse:
    """A team's briefs, the newest first; drafts for those who write them."""
    team = access.team_for(request.viewer, mission)
    rows = plain.briefs(request.viewer, team)
    part = part_of(rows, window, ("-month", "id"), about(request))
    return read(request, page(request, part, plain.brief_told))


@router.get("/briefs/{uuid:brief}", auth=by("signed-in"), response=BriefOut)
def get_brief(request: ApiRequest, brief: UUID) -> HttpResponse:
    return read(request, plain.brief(access.brief_for(request.viewer, brief)))


@router.post(
    "/missions/{uuid:mission}/briefs", auth=by("leader", "office"), response={201: BriefOut}
)
def write_brief(request: ApiRequest, mission: UUID, told: BriefIn) -> HttpResponse:
    """Write a month's brief, or write it anew before it is sent."""
    texts = {code.replace("_", "-"): words for code, words in told.texts.model_dump().items()}
    row = actions.write_brief(
        mission=mission, month=told.month, texts=texts, pictures=told.pictures, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.brief(row), f"/api/v1/briefs/{row.pk}")


@router.post("/briefs/{uuid:brief}/send", auth=by("leader", "office"), response=BriefOut)
def send_brief(request: ApiRequest, brief: UUID) -> HttpResponse:
    """Send it: its figures are those of now, and nothing of it changes any more."""
    row = actions.send_brief(brief=brief, by=request.viewer, at=timezone.now())
    return done(plain.brief(row))


@router.get("/missions/{uuid:mission}/daily", auth=by("signed-in"), response=DailySheetOut)
def get_daily_sheet(request: ApiRequest, mission: UUID, day: dt.date) -> HttpResponse:
    """A day of a team as the WHO's minimum data set, out of its records."""
    team = access.team_for(request.viewer, mission)
    return read(request, plain.sheet(daily.sheet_of(team, None, day)))


@router.get("/missions/{uuid:mission}/screened", auth=by(*READERS), response=Page[ListedOut])
def list_screened(request: ApiRequest, mission: UUID, window: InPages) -> HttpResponse:
    """A mission's operating list by number; voided lines say why."""
    team = access.list_for(request.viewer, mission)
    part = part_of(plain.lines(team), window, ("number",), about(request))
    return read(request, page(request, part, plain.line_told))


@router.post("/missions/{uuid:mission}/screened", auth=by(*LISTERS), response={201: ListedOut})
def put_on_list(request: ApiRequest, mission: UUID, told: ScreenedIn) -> HttpResponse:
    """List somebody who was looked at; the next number is given."""
    team = access.mission_to_list(request.viewer, mission)
    form = filled(lambda data: ScreenedForm(data, places=operating.places_of(team)), told)
    row = actions.put_on_list(
        mission=team.pk, organisation=form.cleaned_data["organisation"], screened=form.screened(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.line_told(row))


@router.post("/screened/{uuid:screened}/operation", auth=by(*LISTERS), response=ListedOut)
def operate_on(request: ApiRequest, screened: UUID, told: OperatedIn) -> HttpResponse:
    """Tell of its operation: a record that stands already, or a new one."""
    line = access.screened_to_list(request.viewer, screened)
    recorded = operating.recorded_for(line)
    form = filled(lambda data: OperatedForm(data, recorded=recorded), told)
    row = actions.operate_on(
        screened=line.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return done(plain.line_told(row))


@router.post(
    "/screened/{uuid:screened}/checks/{check}", auth=by(*LISTERS, "recipient", "head"),
    response=ListedOut,
)  # fmt: skip
def tell_check(request: ApiRequest, screened: UUID, check: str, told: CheckedIn) -> HttpResponse:
    """How somebody was on DAY_1 or in WEEK_6."""
    access.screened_to_check(request.viewer, screened)
    form = filled(CheckForm, told)
    row = actions.tell_check(
        screened=screened, check=check, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return done(plain.line_told(row))


@router.post("/screened/{uuid:screened}/void", auth=by(*LISTERS), response=ListedOut)
def void_screened(request: ApiRequest, screened: UUID, told: Why) -> HttpResponse:
    """Void a line that was listed by mistake; the record of its operation stays."""
    row = actions.void_screened(
        screened=screened, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.line_told(row))
