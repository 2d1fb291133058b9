"""Life on post through the API: words and silence, incidents, objectives, staying, regards."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from marrow.posts import access, actions, forms, plain
from marrow.teams.access import forms as forms_team
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, NamesOut, Page, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, Part, about, page, part_of

router = Router(tags=["on post"])
READERS = ("office", "leader", "member", "recipient", "head", "auditor")
Tongue = Annotated[str, text(8, 1)]


class NewsOut(Schema):
    """How a team is: the worst of its people. No news is UNKNOWN, never SAFE."""

    mission: UUID
    names: NamesOut
    stage: str
    news: str
    heard_at: dt.datetime | None
    silent: int


class PersonNewsOut(Schema):
    person: UUID
    state: str
    hours: int | None
    said_at: dt.datetime | None
    note: str


class WatchOut(Schema):
    """After how many hours of silence who is told."""

    leader_after: int
    office_after: int
    last_after: int
    contact: str
    telephone: str
    started_at: dt.datetime
    stopped_at: dt.datetime | None


class RegardOut(Schema):
    id: UUID
    mission: UUID | None
    occasion: str
    text: str
    language: str
    signed: str
    sent_at: dt.datetime


class InsideOut(Schema):
    people: list[PersonNewsOut]
    watch: WatchOut | None
    regards: list[RegardOut]


class ObjectiveOut(Schema):
    """The other side's score is null until one's own is given."""

    id: UUID
    mission: UUID
    site: UUID | None
    text: str
    language: str
    target: str
    team_agreed_at: dt.datetime | None
    host_agreed_at: dt.datetime | None
    team_score: int | None
    team_words: str
    host_score: int | None
    host_words: str
    dropped_on: dt.date | None
    reason: str


class MilestoneOut(Schema):
    id: UUID
    mission: UUID
    site: UUID | None
    what: str
    due_on: dt.date
    reached_on: dt.date | None


class ExtensionOut(Schema):
    id: UUID
    on: dt.date
    planned_end_on: dt.date
    emergency: bool
    reason: str


class PostOut(NewsOut):
    """A team on post; `inside` is null for its hosts."""

    objectives: list[ObjectiveOut]
    milestones: list[MilestoneOut]
    extensions: list[ExtensionOut]
    inside: InsideOut | None


class CheckInOut(Schema):
    id: UUID
    mission: UUID
    person: UUID
    said_at: dt.datetime
    state: str
    site: UUID | None
    note: str
    whole_team: bool
    by_office: bool


class IncidentOut(Schema):
    id: UUID
    mission: UUID
    kind: str
    severity: str
    happened_on: dt.date
    site: UUID | None
    what: str
    done: str
    state: str
    outcome: str
    closed_on: dt.date | None


class CheckInIn(Body):
    """`whole_team` is the leader's word for all; `person` is whom an office heard."""

    state: Literal["SAFE", "NEEDS_HELP"]
    site: UUID | None = None
    note: Annotated[str, text(200)] = ""
    whole_team: bool = False
    person: UUID | None = None


class WatchIn(Body):
    """`telephone` holds at most three numbers as they are dialled, a comma between two."""

    leader_after: Annotated[int, Field(ge=1, le=240)]
    office_after: Annotated[int, Field(ge=2, le=360)]
    last_after: Annotated[int, Field(ge=3, le=480)]
    contact: Annotated[str, text(200)] = ""
    telephone: Annotated[str, text(100)] = ""


class IncidentIn(Body):
    """Never the name of a patient."""

    kind: Code
    severity: Code
    happened_on: dt.date
    what: Annotated[str, text(1000, 1)]
    done: Annotated[str, text(1000)] = ""
    site: UUID | None = None


class IncidentEndIn(Body):
    outcome: Annotated[str, text(1000, 1)]
    done: Annotated[str, text(1000)] = ""


class ObjectiveIn(Body):
    text: Annotated[str, text(600, 1)]
    language: Tongue
    target: Annotated[str, text(120)] = ""
    site: UUID | None = None


class ScoreIn(Body):
    score: Annotated[int, Field(ge=0, le=4)]
    words: Annotated[str, text(300, 1)]


class MilestoneIn(Body):
    what: Annotated[str, text(300, 1)]
    due_on: dt.date
    site: UUID | None = None


class ReachedIn(Body):
    on: dt.date


class ExtensionIn(Body):
    """`staying`: the assignments of those who stay."""

    on: dt.date
    planned_end_on: dt.date
    reason: Annotated[str, text(300, 1)]
    staying: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    emergency: bool = False


class RegardIn(Body):
    """`to_all`: to everybody who serves or ever served in the programme."""

    occasion: Code
    text: Annotated[str, text(2000, 1)]
    language: Tongue
    signed: Annotated[str, text(120, 1)]
    to_all: bool = False


@router.get("/posts", auth=by(*READERS), response=Page[NewsOut])
def list_posts(request: ApiRequest, window: InPages) -> HttpResponse:
    """The teams on post that the caller serves in, looks after or hosts."""
    part = part_of(plain.posts(request.viewer), window, ("key",), about(request))
    told = plain.posts_told(part.rows, timezone.now())
    return read(request, page(request, Part(told, part.after)))


@router.get("/posts/{uuid:mission}", auth=by("signed-in"), response=PostOut)
def get_post(request: ApiRequest, mission: UUID) -> HttpResponse:
    return read(request, plain.post(request.viewer, mission, timezone.now()))


@router.get("/posts/{uuid:mission}/check-ins", auth=by("signed-in"), response=Page[CheckInOut])
def list_check_ins(request: ApiRequest, window: InPages, mission: UUID) -> HttpResponse:
    """Every word of a team, the latest first; not for hosts."""
    rows = plain.words(request.viewer, mission)
    part = part_of(rows, window, ("-said_at", "-id"), about(request))
    return read(request, page(request, part, plain.word_told))


@router.post(
    "/posts/{uuid:mission}/check-ins", auth=by("signed-in"), response={201: CheckInOut}
)  # fmt: skip
def check_in(request: ApiRequest, mission: UUID, told: CheckInIn) -> HttpResponse:
    """Say that one is safe or needs help."""
    row = actions.check_in(mission=mission, by=request.viewer, at=timezone.now(), **told.dict())
    return made(plain.word_told(row))


@router.get("/posts/{uuid:mission}/watch", auth=by("signed-in"), response=WatchOut | None)
def get_watch(request: ApiRequest, mission: UUID) -> HttpResponse:
    """After how many hours of silence who is told; null where nobody waits for news yet."""
    return read(request, plain.watch(request.viewer, mission, timezone.now()))


@router.put("/posts/{uuid:mission}/watch", auth=by("office"), response=WatchOut)
def keep_watch(request: ApiRequest, mission: UUID, told: WatchIn) -> HttpResponse:
    """Set after how many hours of silence who is told."""
    viewer, now = request.viewer, timezone.now()
    access.mission_to_watch(viewer, mission)
    form = filled(forms.WatchForm, told)
    with unless_changed(request, lambda: plain.watch(viewer, mission, now)):
        row = actions.keep_watch(mission=mission, by=viewer, at=now, **form.cleaned_data)
    return done(plain.watch_told(row))


@router.get("/posts/{uuid:mission}/incidents", auth=by("signed-in"), response=Page[IncidentOut])
def list_incidents(request: ApiRequest, window: InPages, mission: UUID) -> HttpResponse:
    """What happened to a team, the latest first; not for hosts."""
    rows = plain.incidents(request.viewer, mission)
    part = part_of(rows, window, ("-happened_on", "-id"), about(request))
    return read(request, page(request, part, plain.incident_told))


@router.get("/incidents/{uuid:incident}", auth=by("signed-in"), response=IncidentOut)
def get_incident(request: ApiRequest, incident: UUID) -> HttpResponse:
    return read(request, plain.incident(request.viewer, incident))


@router.post(
    "/posts/{uuid:mission}/incidents", auth=by("signed-in"), response={201: IncidentOut}
)  # fmt: skip
def report_incident(request: ApiRequest, mission: UUID, told: IncidentIn) -> HttpResponse:
    """Say what happened; what is serious or grave becomes work of the office at once."""
    team = access.mission_to_tell_of(request.viewer, mission)
    form = filled(lambda data: forms.IncidentForm(data, mission=team), told)
    row = actions.report_incident(
        mission=mission, incident=form.incident(), by=request.viewer, at=timezone.now()
    )
    return made(plain.incident_told(row), f"/api/v1/incidents/{row.pk}")


@router.post("/incidents/{uuid:incident}/close", auth=by("signed-in"), response=IncidentOut)
def close_incident(request: ApiRequest, incident: UUID, told: IncidentEndIn) -> HttpResponse:
    """Close an incident with what came of it."""
    access.incident_to_keep(request.viewer, incident)
    row = actions.close_incident(
        incident=incident, by=request.viewer, at=timezone.now(),
        **filled(forms.CloseForm, told).cleaned_data,
    )  # fmt: skip
    return done(plain.incident_told(row))


@router.get("/objectives/{uuid:objective}", auth=by("signed-in"), response=ObjectiveOut)
def get_objective(request: ApiRequest, objective: UUID) -> HttpResponse:
    return read(request, plain.objective(request.viewer, objective))


@router.post(
    "/posts/{uuid:mission}/objectives", auth=by("signed-in"), response={201: ObjectiveOut}
)  # fmt: skip
def propose_objective(request: ApiRequest, mission: UUID, told: ObjectiveIn) -> HttpResponse:
    """Propose what shall be reached; the side that proposes agrees with it."""
    team = access.post_for(request.viewer, mission)
    access.may_speak(request.viewer, team)
    form = filled(lambda data: forms.ObjectiveForm(data, mission=team), told)
    row = actions.propose_objective(
        mission=mission, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return made(plain.objective(request.viewer, row.pk), f"/api/v1/objectives/{row.pk}")


@router.post("/objectives/{uuid:objective}/agree", auth=by("signed-in"), response=ObjectiveOut)
def agree_objective(request: ApiRequest, objective: UUID) -> HttpResponse:
    """The other side agrees, from another account than the first."""
    actions.agree_objective(objective=objective, by=request.viewer, at=timezone.now())
    return done(plain.objective(request.viewer, objective))


@router.post("/objectives/{uuid:objective}/score", auth=by("signed-in"), response=ObjectiveOut)
def score_objective(request: ApiRequest, objective: UUID, told: ScoreIn) -> HttpResponse:
    """Say for one's own side how far it was reached, once."""
    actions.score_objective(
        objective=objective, by=request.viewer, at=timezone.now(), **told.dict()
    )
    return done(plain.objective(request.viewer, objective))


@router.post("/objectives/{uuid:objective}/drop", auth=by("signed-in"), response=ObjectiveOut)
def drop_objective(request: ApiRequest, objective: UUID, told: Why) -> HttpResponse:
    """Say that it is pursued no more, and why."""
    actions.drop_objective(
        objective=objective, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.objective(request.viewer, objective))


@router.post(
    "/posts/{uuid:mission}/milestones", auth=by("signed-in"), response={201: MilestoneOut}
)  # fmt: skip
def plan_milestone(request: ApiRequest, mission: UUID, told: MilestoneIn) -> HttpResponse:
    """Plan a step, with the day by which it shall be reached."""
    team = access.mission_to_look_after(request.viewer, mission)
    form = filled(lambda data: forms.MilestoneForm(data, mission=team), told)
    row = actions.plan_milestone(
        mission=mission, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return made(plain.milestone_told(row))


@router.post("/milestones/{uuid:milestone}/reach", auth=by("signed-in"), response=MilestoneOut)
def reach_milestone(request: ApiRequest, milestone: UUID, told: ReachedIn) -> HttpResponse:
    """Say on which day it was reached."""
    row = actions.reach_milestone(
        milestone=milestone, on=told.on, by=request.viewer, at=timezone.now()
    )
    return done(plain.milestone_told(row))


@router.post("/posts/{uuid:mission}/extensions", auth=by("office"), response={201: ExtensionOut})
def extend_mission(request: ApiRequest, mission: UUID, told: ExtensionIn) -> HttpResponse:
    """A new end, why, and who stays."""
    team = access.mission_to_watch(request.viewer, mission)
    today = timezone.localdate()
    form = filled(lambda data: forms.ExtendForm(data, mission=team, today=today), told)
    chosen = {**form.cleaned_data, "staying": [a.pk for a in form.cleaned_data["staying"]]}
    row = actions.extend(mission=mission, by=request.viewer, at=timezone.now(), **chosen)
    return made(plain.extension_told(row))


@router.post(
    "/posts/{uuid:mission}/regards", auth=by("office", "recipient", "head"),
    response={201: RegardOut},
)  # fmt: skip
def send_regards(request: ApiRequest, mission: UUID, told: RegardIn) -> HttpResponse:
    """Write to a team, or to everybody who serves or ever served in its programme."""
    team = access.mission_to_greet(request.viewer, mission)
    label = "to all" if told.to_all or forms_team(request.viewer, team) else ""
    form = filled(lambda data: forms.RegardForm(data, all_label=label), told)
    row = actions.send_regards(
        mission=mission, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return made(plain.regard_told(row))
