"""What teams hand in: their records' pages and locks, service on a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.missions.queries import LIVING
from marrow.people.access import ALSO_PRIVATE, ALSO_SEEN, ALSO_TOLD
from marrow.people.models import Person
from marrow.people.queries import FORMER
from marrow.programmes.access import changes, of_its_office
from marrow.sources.sentences import tell as tell_sentences
from marrow.sources.waiting import NARROWED
from marrow.sync.access import CARED_FOR
from marrow.sync.owners import SERVING
from marrow.teams import access
from marrow.teams.away import last_served_in
from marrow.teams.models import (
    AskedUnit,
    Assignment,
    Attendance,
    Call,
    ChecklistItem,
    Judgement,
    LetterTemplate,
    ListedItem,
    Panel,
    PanelMember,
    Seat,
    StageChange,
    TrainingSession,
)
from marrow.teams.queries import public_calls, rest_of, service_of
from marrow.ui.panels import hand_in
from marrow.ui.rail import Entry, add
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "call_id": _("call"), "closes_on": _("last day"), "decided_on": _("decided on"),
        "decision": _("decision"), "meets_on": _("meets on"), "nobody_on": _("has nobody since"),
        "opens_on": _("opens on"), "panel_id": _("selection panel"), "post": _("as what"),
        "public": _("everybody may read it"), "remark": _("remark"), "score": _("score"),
        "session_id": _("training session"), "topic": _("what it is about"),
        "translations": _("the same in other languages"),
        "applied_on": _("applied"), "asked": pgettext_lazy("of a list", "asked"),
        "assignment_id": _("person for a seat"), "days_before": _("days before the departure"),
        "done_on": _("done"), "ending": _("form of file"), "evidence_id": _("paper that shows it"),
        "owner": pgettext_lazy("of a task", "whose part"), "required": _("must be done"),
        "waived_on": _("let be"), "asked_on": _("asked"), "before": _("stage before"),
        "dropped_on": _("dropped"), "languages": _("languages"), "on": _("day"),
        "seat_id": _("seat"), "selected_on": pgettext_lazy("a person", "selected"),
        "site_id": _("place of work"),
        "stage": _("stage"), "step": _("step"), "unit_answered_on": _("the unit answered"),
        "unit_answered_by": _("who of the unit answered"),
    }
)  # fmt: skip
add(Entry(42, _("Teams"), "teams:mine", ("office", "unit", "leader", "member", "auditor")))
ALSO_SEEN.append(access.of_my_team)
ALSO_PRIVATE.append(access.leads_person)
ALSO_TOLD.append(access.sent_people)
FORMER.append(access.came_home)
CARED_FOR.append(access.accounts_in_teams)
SERVING.append(last_served_in)


def _mission(row: Any) -> Mission:
    found: Mission = row.seat.mission if isinstance(row, Assignment) else row.mission
    return found


def _page(row: Record) -> str:
    return reverse("teams:team", args=[_mission(row).pk])


def _sees(viewer: Viewer, rows: Sequence[Any]) -> set[UUID]:
    """For auditors, the office that forms the team, and who serves in it."""
    of = {row.pk: _mission(row) for row in rows}
    if viewer.holds("auditor"):
        return set(of)
    missions = set(of.values())
    formed = access.formed_by(viewer).filter(pk__in=[mission.pk for mission in missions])
    seen = set(formed.values_list("pk", flat=True))
    seen |= {m.pk for m in missions if m.pk not in seen and access.serves(viewer, m)}
    return {pk for pk, mission in of.items() if mission.pk in seen}


for model, word, path, related in (
    (Seat, _("seat"), "mission", ("mission__programme",)),
    (Assignment, _("person for a seat"), "seat__mission", ("person", "seat__mission")),
    (StageChange, _("stage"), "mission", ("mission",)),
):
    tell(Subject(model, word, _page, sees=_sees, mine=of_mission_office(path), related=related))


def _over(row: Any) -> Mission:
    """The mission of a panel, of a session, or of what hangs on one."""
    found: Mission = (getattr(row, "panel", None) or getattr(row, "session", None) or row).mission
    return found


def _under(page: str, row: Record) -> str:
    return reverse(f"teams:{page}", args=[_over(row).pk])


def _selects(viewer: Viewer, mission: Mission) -> bool:
    return viewer.holds("auditor") or access.forms(viewer, mission)


def _calls(viewer: Viewer, row: Any) -> bool:
    call = row if isinstance(row, Call) else row.call
    mine = access.calls_for(viewer).filter(pk=call.pk).exists()
    return mine or _selects(viewer, call.mission)


for called, word, path in ((Call, _("call"), ""), (AskedUnit, _("unit that is asked"), "call__")):
    tell(
        Subject(
            called, word, lambda row: reverse("teams:call", args=[getattr(row, "call_id", row.pk)]),
            _calls, mine=of_mission_office(f"{path}mission"),
            related=(f"{path}mission__programme__sender",),
        )
    )  # fmt: skip
for told, word, path, page in (
    (Panel, _("selection panel"), "", "panel"),
    (PanelMember, _("member of a panel"), "panel__", "panel"),
    (Judgement, _("judgement of a panel"), "panel__", "panel"),
    (TrainingSession, _("training session"), "", "training"),
    (Attendance, _("attendance"), "session__", "training"),
):
    tell(
        Subject(
            told, word, partial(_under, page), lambda viewer, row: _selects(viewer, _over(row)),
            mine=of_mission_office(f"{path}mission"),
            related=(f"{path}mission__programme__sender",),
        )
    )  # fmt: skip
tell(
    Subject(
        ListedItem, _("step of a list"),
        lambda row: reverse("teams:list", args=[row.programme.key]),  # type: ignore[attr-defined]
        lambda viewer, row: viewer.holds("auditor") or changes(viewer, row.programme),  # type: ignore[attr-defined]
        mine=of_its_office("programme"), related=("programme__sender",),
    )
)  # fmt: skip
tell(
    Subject(
        LetterTemplate, _("template of a letter"),
        lambda row: reverse("teams:templates", args=[row.programme.key]),  # type: ignore[attr-defined]
        lambda viewer, row: viewer.holds("auditor") or changes(viewer, row.programme),  # type: ignore[attr-defined]
        mine=of_its_office("programme"), related=("programme__sender",),
    )
)  # fmt: skip
tell(
    Subject(
        ChecklistItem, _("item of a checklist"), lambda row: reverse("teams:item", args=[row.pk]),
        lambda viewer, row: access.sees_checklist(viewer, row.assignment),  # type: ignore[attr-defined]
        mine=of_mission_office("assignment__seat__mission"),
        related=("assignment__person__unit", "assignment__seat__mission__programme__sender"),
    )
)  # fmt: skip


def _whose(viewer: Viewer) -> Q:
    """Overdue items wait for their owner."""
    mine = ChecklistItem.objects.filter(access.work_on_checklists(viewer))
    return Q(role="office") | Q(about__in=mine.values("pk"))


NARROWED["CHECKLIST_"] = _whose
LIVING.append(Q(seats__isnull=False))
tell_sentences(
    {
        "CHECKLIST_OVERDUE": names(
            "Overdue before a departure: do it, or say until when.",
            "出发前事项已逾期：请办理，或说明何时完成。",
            "En retard avant un départ : faites-le, ou dites pour quand.",
        )
    },
    {
        "CHECKLIST_OVERDUE": names(
            "overdue before a departure", "出发前事项逾期", "en retard avant un départ"
        )
    },
)


def _service(_request: MarrowRequest, person: Person) -> dict[str, Any]:
    return {"service": service_of(person), "rests": rest_of(person, timezone.localdate())}


hand_in("people.person", "teams/service_panel.html", _service)


def _desk(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """A way to the team's desk, for its office and those who serve in it."""
    viewer = request.viewer
    if not viewer.signed_in:
        return {}
    if access.forms(viewer, mission) or access.serves(viewer, mission) or viewer.holds("auditor"):
        return {"mission": mission}
    return {}


hand_in("archive.mission", "teams/desk_link.html", _desk)


def _called(request: MarrowRequest, viewer: Viewer) -> dict[str, Any]:
    """Open calls, for members: they may apply themselves."""
    found = public_calls(timezone.localdate()) if viewer.holds("member") else []
    return {"calls": found} if found else {}


hand_in("desk.today", "teams/calls_panel.html", _called)
