"""Checklists: the programme keeps its list, each who is selected gets theirs, and it is ticked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.days import prove_happened
from marrow.core.jobs import enqueue
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_patient
from marrow.people.models import Credential
from marrow.sources.actions import close_work, open_work
from marrow.sources.models import WorkItem
from marrow.teams import access
from marrow.teams.actions.stages import GUARDS
from marrow.teams.models import Assignment, ChecklistItem, ListedItem, Step
from marrow.teams.rules.checklists import MOST_DAYS, Listed, due_on
from marrow.teams.rules.stages import AT_HOME

LIST = Act("keep_list", gettext_lazy("Kept the programme’s list before a departure"))
GIVE = Act("give_lists", gettext_lazy("Gave the selected their checklists"))
TICK = Act("tick", gettext_lazy("Ticked off a checklist"))
REOPEN = Act("reopen_item", gettext_lazy("Opened an item of a checklist again"))
WAIVE = Act("waive", gettext_lazy("Let an item of a checklist be"))
LATE = Act("tell_overdue", gettext_lazy("Told what is overdue on a checklist"), undo=NEVER)
OLDEST = 12 * 30  # months that something done for a departure may be old: a vaccination is for life
OVERDUE = "teams.overdue"  # the job


def keep_list(
    *, programme: str, steps: Sequence[Listed], by: Viewer, at: dt.datetime
) -> list[ListedItem]:
    """Keep what a programme asks before a departure; it counts for who is selected from now on."""
    row = access.programme_to_form(by, programme)
    known = {i.step: i for i in ListedItem.objects.filter(programme=row)}
    wanted = {s.step: s for s in steps}
    if any(s.days_before > MOST_DAYS for s in steps):
        raise Refused(_("At most %(days)s days before the departure.") % {"days": MOST_DAYS})
    kept = []
    for step in Step.values:
        told, item = wanted.get(step), known.get(step)
        if item is None and told is None:
            continue
        item = item or ListedItem(id=same_id("listed", row.pk, step), programme=row, step=step)
        item.asked = told is not None
        if told:
            item.owner, item.days_before, item.required = (
                told.owner, told.days_before, told.required,
            )  # fmt: skip
        kept.append(item)
    with journal(LIST, by=by, at=at, scope=f"programme:{row.pk}") as page:
        page.save_all(kept)
    return kept


def list_for(assignment: Assignment) -> list[ChecklistItem]:
    """The checklist that somebody gets on selection; none where the team left already."""
    mission = assignment.seat.mission
    if mission.status not in AT_HOME:
        return []
    held = set(ChecklistItem.objects.filter(assignment=assignment).values_list("step", flat=True))
    asked = ListedItem.objects.filter(programme=mission.programme_id, asked=True)
    leaves = assignment.seat.from_on
    return [
        ChecklistItem(
            id=uuid4(), assignment=assignment, step=one.step, owner=one.owner,
            required=one.required, due_on=due_on(leaves, one.days_before),
        )
        for one in asked
        if one.step not in held
    ]  # fmt: skip


def put_down(page: Page, mission: UUID, items: Iterable[ChecklistItem], at: dt.datetime) -> None:
    """Keep items within the act that makes them, and wind a clock for each day that is due."""
    items = list(items)
    page.save_all(items)
    for day in {i.due_on for i in items if i.due_on}:
        after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
        enqueue(OVERDUE, key=f"{mission}:{day}", at=at, not_before=after, mission=str(mission))


def give_lists(*, mission: UUID, by: Viewer, at: dt.datetime) -> int:
    """Give those who were selected already what the programme's list asks of them."""
    row = access.mission_to_form(by, mission)
    chosen = Assignment.objects.filter(seat__mission=row, state=Assignment.State.SELECTED)
    items = [i for one in chosen.select_related("seat__mission") for i in list_for(one)]
    with journal(GIVE, by=by, at=at, scope=f"mission:{row.pk}") as page:
        put_down(page, row.pk, items, at)
    return len(items)


def tick(
    *, item: UUID, on: dt.date, by: Viewer, at: dt.datetime, note: str = "",
    evidence: UUID | None = None,
) -> ChecklistItem:  # fmt: skip
    """Say that an item is done, on which day, and by which paper where there is one."""
    row = access.item_to_tick(by, item)
    if row.done_on or row.waived_on:
        raise Refused(_("This is no longer open. Open it again first."))
    prove_no_patient(note)
    prove_happened(on, at=at, since=months_after(at.date(), -OLDEST))
    paper = _paper(row, evidence) if evidence else None
    row.done_on, row.note, row.evidence = on, note.strip()[:200], paper
    return _kept(TICK, row, by, at)


def _paper(row: ChecklistItem, evidence: UUID) -> Credential:
    paper = Credential.objects.filter(pk=evidence, person=row.assignment.person_id).first()
    if paper is None:
        raise Refused(_("This paper is not one of this person."))
    return paper


def reopen_item(*, item: UUID, by: Viewer, at: dt.datetime) -> ChecklistItem:
    """Open an item again that was ticked off or let be by mistake."""
    row = access.item_to_tick(by, item)
    if row.waived_on:
        access.may_waive(by, row)
    row.done_on = row.waived_on = row.evidence = None
    row.reason = ""
    return _kept(REOPEN, row, by, at)


def waive(*, item: UUID, reason: str, by: Viewer, at: dt.datetime) -> ChecklistItem:
    """The office lets an item be for one person, and says why."""
    row = access.item_for(by, item)
    access.may_waive(by, row)
    if row.done_on or row.waived_on:
        raise Refused(_("This is no longer open. Open it again first."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.waived_on, row.reason = at.date(), reason.strip()[:300]
    return _kept(WAIVE, row, by, at)


def _kept(act: Act, row: ChecklistItem, by: Viewer, at: dt.datetime) -> ChecklistItem:
    with journal(act, by=by, at=at, scope=f"mission:{row.assignment.seat.mission_id}") as page:
        page.save(row)
        settle(page, row, by, at)
    return row


def settle(page: Page, row: ChecklistItem, by: Viewer, at: dt.datetime) -> None:
    """What waited for an item ends with it, and waits again when it is opened again."""
    work = WorkItem.objects.filter(key=_work_key(row)).first()
    over = bool(row.done_on or row.waived_on)
    if work and over != bool(work.done_at):
        work.done_at, work.done_by = (at, by.person) if over else (None, None)
        page.save(work)


def let_go(page: Page, people: Iterable[Assignment], by: Viewer, at: dt.datetime) -> None:
    """What was overdue of somebody who does not leave waits for nobody any more."""
    rows = ChecklistItem.objects.filter(assignment__in=list(people), done_on=None, waived_on=None)
    close_work(page, [_work_key(item) for item in rows], by=by, at=at)


def tell_overdue(*, mission: UUID, by: Viewer, at: dt.datetime) -> int:
    """What is overdue becomes work for its owner, once each; the clock says it, nobody else."""
    late = open_items(mission).filter(due_on__lt=at.date())
    with journal(LATE, by=by, at=at, scope=f"mission:{mission}") as page:
        return open_work(page, [_work(item, at) for item in late])


def move_lists(
    page: Page, mission: UUID, days: dt.timedelta, at: dt.datetime, seat: UUID | None = None
) -> None:
    """What is still open (of one seat, where it is named) is due as long before the new departure
    as it was before the old one."""
    rows = open_items(mission).exclude(due_on=None)
    items = list(rows.filter(assignment__seat=seat) if seat else rows)
    due = {item.pk: item.due_on + days for item in items if item.due_on}
    for item in items:
        item.due_on = due[item.pk]
    put_down(page, mission, items, at)
    waiting = WorkItem.objects.filter(key__in=[_work_key(item) for item in items], done_at=None)
    for work in waiting:
        work.due_on = due[work.about]
        page.save(work)


def open_items(mission: UUID) -> QuerySet[ChecklistItem]:
    """What is still open for those who are in the seats of a mission."""
    rows = ChecklistItem.objects.filter(
        assignment__seat__mission=mission, assignment__state__in=Assignment.HELD, done_on=None,
        waived_on=None,
    )  # fmt: skip
    return rows.select_related("assignment__person", "assignment__seat")


def _work(item: ChecklistItem, at: dt.datetime) -> WorkItem:
    leads = item.assignment.seat.role in access.LEADERS
    themselves = "leader" if leads else "member"
    if item.assignment.person.account is None:  # nobody would read it
        themselves = "office"
    roles = {"OFFICE": "office", "UNIT": "unit", "PERSON": themselves}
    return WorkItem(
        id=same_id("overdue", item.pk), key=_work_key(item), code="CHECKLIST_OVERDUE",
        about_model="teams.checklistitem", about=item.pk, role=roles[item.owner],
        due_on=item.due_on, opened_at=at,
    )  # fmt: skip


def _work_key(item: ChecklistItem) -> str:
    return f"checklist:{item.pk}"


def lists_are_done(mission: Mission) -> list[str]:
    """Nobody leaves while something that must be done is open: named by person."""
    waiting: dict[str, list[str]] = {}
    for item in open_items(mission.pk).filter(required=True).order_by("due_on", "step"):
        waiting.setdefault(str(item.assignment.person), []).append(str(item.get_step_display()))
    return [
        _("%(person)s still has open: %(steps)s.") % {"person": who, "steps": ", ".join(steps)}
        for who, steps in sorted(waiting.items())
    ]


GUARDS.setdefault(Mission.Status.IN_TRANSIT, []).append(lists_are_done)
