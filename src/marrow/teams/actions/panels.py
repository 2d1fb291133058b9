"""A panel meets and judges; a training is held, and who was there is marked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_planned
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import listing
from marrow.missions.models import Mission
from marrow.missions.rules.journeys import YEAR
from marrow.people.actions.wording import prove_no_patient
from marrow.teams import access
from marrow.teams.actions.checklists import settle
from marrow.teams.actions.stages import GUARDS
from marrow.teams.models import (
    Assignment,
    Attendance,
    ChecklistItem,
    Judgement,
    ListedItem,
    Panel,
    PanelMember,
    Step,
    TrainingSession,
)
from marrow.teams.rules.stages import AT_HOME

CALL = Act("call_panel", gettext_lazy("Called a selection panel"))
JUDGE = Act("judge", gettext_lazy("Judged somebody for a seat"))
PLAN = Act("plan_training", gettext_lazy("Planned a training"))
MARK = Act("mark_attendance", gettext_lazy("Marked who was at a training"))
FULL = 100  # the highest score
JUDGED = re.compile(rf"panel (?P<day>[\d-]+): (?P<decision>[A-Z]+)(?:, (?P<score>\d+)/{FULL})?")
OVER = (
    Assignment.State.WITHDRAWN, Assignment.State.RELEASED, Assignment.State.REPLACED,
    Assignment.State.WENT_HOME, Assignment.State.REFUSED,
)  # fmt: skip
State = Attendance.State
NEAR = 5  # years from today, back and ahead, in which a panel or a training lies


def call_panel(
    *, mission: UUID, meets_on: dt.date, members: Sequence[tuple[str, str]], by: Viewer,
    at: dt.datetime, place: str = "",
) -> Panel:  # fmt: skip
    """Call a panel: from now on nobody is selected for this mission whom none has judged."""
    row = access.mission_to_form(by, mission)
    named = sitting_on(members)
    near(meets_on, at)
    panel = Panel(id=uuid4(), mission=row, meets_on=meets_on, place=place.strip())
    sitting = [PanelMember(id=uuid4(), panel=panel, name=name, post=post) for name, post in named]
    with journal(CALL, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(panel)
        page.save_all(sitting)
    return panel


def sitting_on(members: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who sits on a panel, each once: (name, as what)."""
    told = [(name.strip()[:120], post.strip()[:120]) for name, post in members if name.strip()]
    if not told:
        raise Refused(_("Name who sits on the panel."))
    return list(dict.fromkeys(told))


def near(day: dt.date, at: dt.datetime) -> None:
    prove_planned(day, at=at, years=NEAR, since=months_after(at.date(), -NEAR * YEAR))


def judge(
    *, panel: UUID, assignment: UUID, decision: str, by: Viewer, at: dt.datetime,
    score: int | None = None, remark: str = "",
) -> Judgement:  # fmt: skip
    """Keep what a panel says of somebody; told again it takes the place of what it said."""
    sitting = access.panel_to_keep(by, panel)
    row = access.assignment_to_form(by, assignment)
    if row.seat.mission_id != sitting.mission_id:
        raise Unseen(_("There is nobody like that for this seat."))
    if sitting.meets_on > at.date():
        raise Refused(_("The panel meets on %(day)s.") % {"day": sitting.meets_on})
    if row.state in (*Assignment.HELD, *OVER):
        raise Refused(_("This is decided already."))
    if score is not None and not 0 <= score <= FULL:
        raise Refused(_("A score lies between 0 and 100."))
    prove_no_patient(remark)
    said = Judgement.objects.filter(panel=sitting, assignment=row).first()
    said = said or Judgement(id=uuid4(), panel=sitting, assignment=row)
    said.score, said.remark, said.decision = score, remark.strip()[:400], decision
    said.decided_on = at.date()
    with journal(JUDGE, by=by, at=at, scope=f"mission:{sitting.mission_id}") as page:
        page.save(said)
    return said


def judged(row: Assignment) -> str:
    """What the last panel said of somebody, for the note of their selection; '' without a panel.
    It is a code: `as_judged` puts it into words.

    Refuses whom no panel has judged, or the last did not recommend.
    """
    if not Panel.objects.filter(mission=row.seat.mission_id).exists():
        return ""
    said = Judgement.objects.filter(assignment=row).order_by("-panel__meets_on").first()
    if said is None:
        raise Refused(_("The panel has not judged them yet."))
    if said.decision == Judgement.Decision.NOT:
        raise Refused(_("The panel of %(day)s did not recommend them.") % {"day": said.decided_on})
    told = f"panel {said.panel.meets_on}: {said.decision}"
    return told if said.score is None else f"{told}, {said.score}/{FULL}"


def as_judged(note: str) -> str:
    """The note of a selection in the reader's language; any other note as it stands."""
    found = JUDGED.fullmatch(note)
    if found is None or found["decision"] not in Judgement.Decision.values:
        return note
    told = {
        "day": found["day"], "decision": Judgement.Decision(found["decision"]).label,
        "score": found["score"],
    }  # fmt: skip
    if found["score"] is None:
        return _("the panel of %(day)s: %(decision)s") % told
    return _("the panel of %(day)s: %(decision)s, %(score)s of 100") % told


def plan_training(
    *, mission: UUID, held_on: dt.date, topic: str, required: bool, by: Viewer, at: dt.datetime
) -> TrainingSession:
    """Plan a day of training. One that is required opens the training of those in the seats again
    where it was ticked off: they have not been at all of it any more."""
    row = access.mission_to_form(by, mission)
    if not topic.strip():
        raise Refused(_("Say what it is about."))
    prove_no_patient(topic)
    near(held_on, at)
    session = TrainingSession(
        id=uuid4(), mission=row, held_on=held_on, topic=topic.strip()[:200], required=required
    )
    with journal(PLAN, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(session)
        if required:
            open_for_who_missed(page, session, by, at)
    return session


def open_for_who_missed(page: Page, session: TrainingSession, by: Viewer, at: dt.datetime) -> None:
    """The training of those who have not been at all that is required now is open again."""
    for item in _trained(session.mission):
        if missed(item.assignment, session.mission):
            item.done_on = item.evidence = None
            page.save(item)
            settle(page, item, by, at)


def _trained(mission: Mission) -> Iterable[ChecklistItem]:
    """The training that is ticked off of those in the seats of a team that is still at home."""
    if mission.status not in AT_HOME:
        return ()
    rows = ChecklistItem.objects.filter(
        assignment__seat__mission=mission, assignment__state__in=Assignment.HELD,
        step=Step.TRAINING, waived_on=None,
    )  # fmt: skip
    return rows.exclude(done_on=None).select_related("assignment")


def mark_attendance(
    *, session: UUID, states: Mapping[UUID, str], by: Viewer, at: dt.datetime
) -> int:
    """Mark who was there; who has been at all that is required has their training ticked off."""
    row = access.session_to_mark(by, session)
    if row.held_on > at.date():
        raise Refused(_("The day lies in the future."))
    known = {a.assignment_id: a for a in Attendance.objects.filter(session=row)}
    people = Assignment.objects.filter(seat__mission=row.mission, pk__in=states)
    people = people.filter(state__in=Assignment.HELD).select_related("person")
    with journal(MARK, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        for one in people:
            mark = known.get(one.pk) or Attendance(id=uuid4(), session=row, assignment=one)
            mark.state = states[one.pk]
            page.save(mark)
            _tick_training(page, one, row, by, at)
    return len(people)


def _tick_training(
    page: Page, who: Assignment, session: TrainingSession, by: Viewer, at: dt.datetime
) -> None:
    item = ChecklistItem.objects.filter(assignment=who, step=Step.TRAINING, waived_on=None).first()
    if item is None:
        return
    done = not missed(who, session.mission)
    if done and not item.done_on:
        item.done_on = session.held_on
    elif not done and item.done_on:
        item.done_on = None
    page.save(item)
    settle(page, item, by, at)


def missed(who: Assignment, mission: Mission) -> list[TrainingSession]:
    """The sessions that are required and at which somebody was not, as far as is known."""
    needed = TrainingSession.objects.filter(mission=mission, required=True)
    there = Attendance.objects.filter(assignment=who, state__in=(State.PRESENT, State.EXCUSED))
    return list(needed.exclude(attendances__in=there))


def training_is_done(mission: Mission) -> list[str]:
    """Nobody leaves who missed a required session, where the programme's list asks for training."""
    rule = ListedItem.objects.filter(
        programme=mission.programme_id, step=Step.TRAINING, asked=True, required=True
    )
    if not rule.exists() or not mission.trainings.filter(required=True).exists():
        return []
    let = ChecklistItem.objects.filter(step=Step.TRAINING).exclude(waived_on=None)
    chosen = Assignment.objects.filter(seat__mission=mission, state=Assignment.State.SELECTED)
    chosen = chosen.exclude(checklist__in=let).select_related("person").order_by("person__search")
    return [
        _("%(person)s missed: %(sessions)s.")
        % {"person": who.person, "sessions": listing().join(map(str, lacking))}
        for who in chosen
        if (lacking := missed(who, mission))
    ]


GUARDS.setdefault(Mission.Status.IN_TRANSIT, []).append(training_is_done)
