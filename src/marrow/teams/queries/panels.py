"""What the panel's page and the training's page ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.people.queries import service_record
from marrow.teams import access
from marrow.teams.models import Assignment, Attendance, Judgement, Panel, TrainingSession

COMING = ("APPLIED", "INVITED", "AGREED", "SELECTED", "SERVING", "SERVED")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody for a seat, and what this panel said of them (None: not judged)."""

    assignment: Assignment
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class PanelShown:
    panel: Panel
    members: list[str]
    applicants: list[Applicant]


def panels_of(mission: Mission) -> list[PanelShown]:
    rows = list(Panel.objects.filter(mission=mission).prefetch_related("members", "judgements"))
    coming = Assignment.objects.filter(seat__mission=mission, state__in=COMING)
    people = list(
        coming.select_related("person__unit", "seat").order_by(
            "seat__role", "seat__specialty", "person__search", "pk"
        )
    )
    return [_shown(row, people) for row in rows]


def _shown(panel: Panel, people: list[Assignment]) -> PanelShown:
    said = {j.assignment_id: j for j in panel.judgements.all()}
    members = [f"{m} ({m.said('post')})" if m.post else str(m) for m in panel.members.all()]
    found = [Applicant(one, said.get(one.pk)) for one in people]
    return PanelShown(panel, members, found)


def kept_back(mission: Mission) -> set[UUID]:
    """Those of a mission with a panel whom it has not judged, or whom the last did not recommend:
    nobody selects them."""
    said = Judgement.objects.filter(assignment=OuterRef("pk")).order_by("-panel__meets_on")
    agreed = Assignment.objects.filter(
        Exists(Panel.objects.filter(mission=mission)), seat__mission=mission, state="AGREED"
    )
    last = agreed.annotate(last=Subquery(said.values("decision")[:1])).values_list("pk", "last")
    return {pk for pk, told in last if told in (None, Judgement.Decision.NOT)}


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session with who was there, of those whom this viewer sees; '' is not marked."""

    session: TrainingSession
    marks: list[tuple[Assignment, str]]
    present: int
    unmarked: int


def trainings_of(viewer: Viewer, mission: Mission) -> list[SessionShown]:
    rows = TrainingSession.objects.filter(mission=mission)
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    held = held.filter(access.seen_on_checklist(viewer, mission))
    people = list(held.select_related("person").order_by("person__search", "pk"))
    told: dict[tuple[UUID, UUID], Attendance] = {
        (a.session_id, a.assignment_id): a
        for a in Attendance.objects.filter(session__mission=mission)
    }
    found = []
    for session in rows:
        marks = [(one, told.get((session.pk, one.pk))) for one in people]
        found.append(
            SessionShown(
                session, [(one, str(a.get_state_display()) if a else "") for one, a in marks],
                sum(a is not None and a.state == "PRESENT" for _one, a in marks),
                sum(a is None for _one, a in marks),
            )
        )  # fmt: skip
    return found


def seated(mission: Mission) -> list[Assignment]:
    """Those who are in the seats, by name."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    return list(held.select_related("person").order_by("person__search", "pk"))


def marked(session: TrainingSession) -> dict[UUID, str]:
    return dict(Attendance.objects.filter(session=session).values_list("assignment", "state"))


def curriculum(person: Person) -> dict[str, object]:
    """What a panel reads of somebody: their record without what is only owed to them."""
    record = service_record(person)
    return {key: record[key] for key in ("credentials", "spoken", "distinctions", "career")}
