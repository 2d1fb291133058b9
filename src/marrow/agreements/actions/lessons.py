"""Lessons and models: written by who learned them, taken over by others with a link back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.plans import Told, prove_mission_of, scope_of
from marrow.agreements.models import Lesson, Reuse
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated

WRITE = Act("write_lesson", gettext_lazy("Wrote down a lesson or model"))
TAKE = Act("take_over", gettext_lazy("Took a lesson or model over"))


def write_lesson(  # noqa: PLR0913  a lesson is all of these
    *, programme: str, kind: str, title: str, text: str, language: str, by: Viewer,
    at: dt.datetime, mission: UUID | None = None, learned_on: str = "", public: bool = False,
) -> Lesson:  # fmt: skip
    """Write down what was learned, or a model, and on which mission where it was one."""
    owner = access.work_to_keep(by, programme)
    row = Lesson(
        id=uuid4(), programme=owner, mission_id=mission, kind=kind, title=title, text=text,
        language=language, learned_on=learned_on, public=public,
    )  # fmt: skip
    prove_lesson(row)
    with journal(WRITE, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
    return row


def prove_lesson(row: Lesson) -> Told:
    row.title, row.text = row.title.strip()[:200], row.text.strip()
    if row.kind not in Lesson.Kind.values or not row.title or not row.text:
        raise Refused(_("Give it a title, and say what was learned."))
    if row.public or not _stands_so(row):  # what names somebody may still be taken from strangers
        prove_nobody_treated(row.title, row.text)
    prove_mission_of(row.programme, row.mission_id)
    return {}


def _stands_so(row: Lesson) -> bool:
    return Lesson.objects.filter(pk=row.pk, title=row.title, text=row.text).exists()


def take_over(
    *, lesson: UUID, programme: str, since: str, by: Viewer, at: dt.datetime, note: str = ""
) -> Reuse:
    """Say that a programme of one's own took a lesson or model over, since when and how."""
    row = access.lesson_for(by, lesson)
    taker = access.work_to_keep(by, programme)
    if taker.pk == row.programme_id:
        raise Refused(_("It was learned in this programme: another one takes it over."))
    if Reuse.objects.filter(lesson=row, programme=taker).exists():
        raise Refused(_("This programme took it over already."))
    made = Reuse(id=uuid4(), lesson=row, programme=taker, since=since, note=note)
    prove_reuse(made)
    with journal(TAKE, by=by, at=at, scope=scope_of(taker)) as page:
        page.save(made)
    return made


def prove_reuse(row: Reuse) -> Told:
    row.note = row.note.strip()[:300]
    prove_nobody_treated(row.note)
    return {}
