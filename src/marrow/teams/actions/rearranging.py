"""A panel or a training that was arranged is arranged anew: another day, place, people, topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.teams import access
from marrow.teams.actions.panels import OVER, near, open_for_who_missed, sitting_on
from marrow.teams.actions.training_ticks import CHANGE_TRAINING, move_ticks, tick_who_has_all
from marrow.teams.models import (
    Assignment,
    Attendance,
    Judgement,
    Panel,
    PanelMember,
    TrainingSession,
)

CHANGE_PANEL = Act("change_panel", gettext_lazy("Changed a selection panel"))


def change_panel(
    *, panel: UUID, by: Viewer, at: dt.datetime, meets_on: dt.date | None = None,
    place: str | None = None, members: Sequence[tuple[str, str]] | None = None,
) -> Panel:  # fmt: skip
    """Another day, place or other people for a panel; None leaves what is there. One that has
    judged met by then: its day does not move past what it said, and who sat on it stays; somebody
    may be added."""
    row = access.panel_to_keep(by, panel)
    sat = {(m.name, m.post): m for m in row.members.all()}
    named = list(sat) if members is None else sitting_on(members)
    gone = [m for key, m in sat.items() if key not in named]
    judged = row.judgements.order_by("decided_on").first()
    if meets_on:
        near(meets_on, at)
        row.meets_on = meets_on
    if judged and row.meets_on > judged.decided_on:
        raise Refused(
            _("The panel judged on %(day)s: it met by then.") % {"day": judged.decided_on}
        )
    if judged and gone:
        raise Refused(_("The panel has judged: who sat on it stays. Others may be added."))
    if place is not None:
        row.say("place", place.strip()[:200])
    with journal(CHANGE_PANEL, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
        for member in gone:
            page.remove(member)
        page.save_all(
            PanelMember(id=uuid4(), panel=row, name=name, post=post)
            for name, post in named
            if (name, post) not in sat
        )
    return access.panel_to_keep(by, panel)


def change_training(
    *, session: UUID, by: Viewer, at: dt.datetime, held_on: dt.date | None = None,
    topic: str | None = None, required: bool | None = None,
) -> TrainingSession:  # fmt: skip
    """Another day or topic for a training, or that it is required now or no more; None leaves what
    is there. Who missed one that is required from now on has their training open again; who missed
    only one that is required no more has it ticked off. Where somebody was marked the training was
    held: it does not move into the future, and what was done by it moves with it."""
    row = access.session_to_mark(by, session)
    was, asked_before = row.held_on, row.required
    if held_on:
        near(held_on, at)
        row.held_on = held_on
    if row.held_on > at.date() and row.attendances.exists():
        raise Refused(_("Who was there is marked: it was held, and not on a day to come."))
    if topic is not None:
        if not topic.strip():
            raise Refused(_("Say what it is about."))
        prove_no_patient(topic)
        row.say("topic", topic.strip()[:200])
    if required is not None:
        row.required = required
    with journal(CHANGE_TRAINING, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
        if row.held_on != was:
            move_ticks(page, row, was)
        if row.required and not asked_before:
            open_for_who_missed(page, row, by, at)
        if asked_before and not row.required:
            tick_who_has_all(page, row.mission, by, at)
    return row


def panel_as_it_judged(lines: list[Operation]) -> str:
    """Why another day or other people of a panel are not taken back: it judged so."""
    for line in lines:
        changed = changed_by(line)
        if "meets_on" in changed:
            panel = line.record
        elif told := next(filter(None, changed.get("panel_id", ())), None):
            panel = UUID(told)
        else:
            continue
        if _told_since(line, Judgement.objects.filter(panel=panel)):
            return _("The panel has judged since: its day and who sat on it stay as they are.")
    return ""


def judgement_of_who_is_chosen(lines: list[Operation]) -> str:
    """Why what a panel said of somebody is not taken back: it was decided since, as for a form."""
    said = Judgement.objects.filter(pk__in=[line.record for line in lines])
    told = {one for line in lines for one in changed_by(line).get("assignment_id", ())}
    judged = {*said.values_list("assignment", flat=True), *map(UUID, filter(None, told))}
    rows = Assignment.objects.filter(pk__in=judged, state__in=(*Assignment.HELD, *OVER))
    if (row := rows.select_related("person").first()) is None:
        return ""
    if row.state in Assignment.HELD:
        return _("%(person)s was selected on what the panel said: that stays as it stands.") % {
            "person": row.person
        }
    return _("This is decided already.")


def training_as_it_was_held(lines: list[Operation]) -> str:
    """Why another day of a training, or that it is required, is not taken back: it was held so."""
    for line in lines:
        if {"held_on", "required"} & changed_by(line).keys() and _told_since(
            line, Attendance.objects.filter(session=line.record)
        ):
            return _(
                "Who was there has been marked since: this is not taken back. Change the training"
                " where it is told wrongly."
            )
    return ""


def _told_since(line: Operation, rows: QuerySet[Any]) -> bool:
    """Whether any of these rows was told, or told otherwise, after this line."""
    later = Operation.objects.filter(model=rows.model._meta.label_lower, id__gt=line.id)
    return later.filter(record__in=rows.values("pk")).exists()


HELD_AS_IT_STANDS.setdefault(Panel._meta.label_lower, []).append(panel_as_it_judged)
HELD_AS_IT_STANDS.setdefault(PanelMember._meta.label_lower, []).append(panel_as_it_judged)
HELD_AS_IT_STANDS.setdefault(Judgement._meta.label_lower, []).append(judgement_of_who_is_chosen)
HELD_AS_IT_STANDS.setdefault(TrainingSession._meta.label_lower, []).append(training_as_it_was_held)
