"""What agreement work hands in: its records' pages and locks, a panel on a programme's page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.agreements import access, queries
from marrow.agreements.models import (
    First,
    Gain,
    HealthCheck,
    Lesson,
    Mark,
    OfficeMember,
    PlanPeriod,
    Requirement,
    Reuse,
    Target,
    TaskLine,
    TaskSheet,
    Tenet,
)
from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import hold_words, prove_nobody_treated
from marrow.programmes.access import of_its_office
from marrow.programmes.models import Programme
from marrow.ui.panels import hand_in
from marrow.ui.rail import STORY, WORK, Entry, add
from marrow.ui.requests import MarrowRequest

hold_words(prove_nobody_treated, First, Gain, Lesson, Reuse)
name_columns(
    {
        "agreement_id": _("agreement"), "aim": _("how much shall be reached"),
        "answer": pgettext_lazy("column", "answer"), "by_on": _("by when"), "duty": _("for what"),
        "given_at": pgettext_lazy("a health check", "given"),
        "given_by": pgettext_lazy("a health check", "given by"), "goal_id": _("policy goal"),
        "health_check_id": _("health check"), "learned_on": _("learned"),
        "lesson_id": _("lesson or model"), "measure": _("measure"),
        "measured_in": _("counted in"), "nth": _("number in the list"),
        "partnership_id": _("partnership"), "period_id": _("plan period"),
        "point": _("point of a health check"), "reached": _("reached so far"),
        "requirement_id": _("what a plan or policy asks"), "sentence": _("sentence"),
        "sheet_id": _("task sheet"), "side": _("side"),
        "until": pgettext_lazy("in office", "until"), "year": pgettext_lazy("column", "year"),
    }
)  # fmt: skip
add(
    Entry(
        41,
        _("Agreement work"),
        "agreements:mine",
        ("office", "recipient", "head", "auditor"),
        group=WORK,
    )
)
add(Entry(77, _("Lessons and models"), "agreements:lessons", ("public",), group=STORY))


def _programme(path: str, row: Any) -> Programme:
    for name in path.split("__"):
        row = getattr(row, name)
    found: Programme = row
    return found


def _seen(path: str, viewer: Viewer, row: Record) -> bool:
    return access.sees(viewer, _programme(path, row))


def _page(path: str, row: Record) -> str:
    return reverse("agreements:work", args=[_programme(path, row).key])


for model, word, path in (
    (PlanPeriod, _("plan period"), "programme"),
    (Requirement, _("what a plan or policy asks"), "programme"),
    (Target, _("target"), "programme"),
    (OfficeMember, _("member of the office’s own team"), "programme"),
):
    tell(
        Subject(
            model, word, partial(_page, path), partial(_seen, path), mine=of_its_office(path),
            related=(f"{path}__sender",),
        )
    )  # fmt: skip


def _told_to_all(row: Any) -> str:
    return reverse("agreements:service", args=[row.programme.key])


for told, word in (
    (Gain, _("benefit of a partnership")),
    (First, _("first of one side")),
    (Tenet, pgettext_lazy("of a service", "value")),
):
    tell(
        Subject(
            told, word, _told_to_all, mine=of_its_office("programme"),
            related=("programme__sender",),
        )
    )  # fmt: skip
tell(
    Subject(
        TaskSheet, _("task sheet"), lambda row: reverse("agreements:sheet", args=[row.pk]),
        partial(_seen, "programme"), mine=of_its_office("programme"),
        related=("programme__sender", "agreement"),
    )
)  # fmt: skip
tell(
    Subject(
        TaskLine, pgettext_lazy("of a task sheet", "task"),
        lambda row: reverse("agreements:sheet", args=[row.sheet_id]),  # type: ignore[attr-defined]
        partial(_seen, "sheet__programme"), mine=of_its_office("sheet__programme"),
        related=("sheet__programme__sender",),
    )
)  # fmt: skip


def _reads(viewer: Viewer, row: Any) -> bool:
    lesson: Lesson = row if isinstance(row, Lesson) else row.lesson
    return lesson.public or access.lessons_for(viewer).filter(pk=lesson.pk).exists()


for taught, word in ((Lesson, _("lesson or model")), (Reuse, _("lesson that was taken over"))):
    tell(
        Subject(
            taught, word,
            lambda row: reverse("agreements:lesson", args=[getattr(row, "lesson_id", row.pk)]),
            _reads, mine=of_its_office("programme"), related=("programme__sender",),
        )
    )  # fmt: skip


def _open_to(viewer: Viewer, row: Any) -> bool:
    """A side's own, and of the other's what is shown once both have given theirs."""
    check: HealthCheck = row if isinstance(row, HealthCheck) else row.health_check
    sides = access.sides_of(viewer, check.partnership, *access.HOSTS)
    if not sides and not viewer.holds("auditor"):
        return False
    given = queries.gave(check.partnership, check.year)
    return check.side in sides or len(given) == len(HealthCheck.Side)


def _health(row: Any) -> str:
    check: HealthCheck = row if isinstance(row, HealthCheck) else row.health_check
    return reverse("agreements:health", args=[check.partnership_id])


def _no_office(_viewer: Viewer) -> Q:
    """What a side said of a partnership, nobody changes."""
    return Q(pk__in=[])


for said, word, path in (
    (HealthCheck, _("health check"), ""),
    (Mark, _("mark of a health check"), "health_check__"),
):
    tell(
        Subject(
            said, word,
            _health,
            _open_to, mine=_no_office,
            related=(f"{path}partnership__programme__sender", f"{path}partnership__recipient"),
        )
    )  # fmt: skip


def _panel(request: MarrowRequest, programme: Programme) -> dict[str, Any]:
    """The way to what everybody may read, and to the rest: what is there is asked by one query."""
    there = queries.tells_everybody(programme)
    sees = request.viewer.signed_in and access.sees(request.viewer, programme)
    return {"there": there, "sees": sees, "programme": programme} if there or sees else {}


hand_in("archive.programme", "agreements/programme_panel.html", _panel)
