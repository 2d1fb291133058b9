"""A step is proposed with its evidence, signed by those who must, and then holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.actions.showing import prove_cases
from marrow.capacity.models import Evidence, Step, StepSignature
from marrow.capacity.queries.steps import fall_after, held_for, level_by, lifts_when_gone
from marrow.capacity.rules.ladder import LEVELS, lacks_of_step
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.directory.queries import counted_as_one_with
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_nobody_treated

PROPOSE = Act("propose_step", gettext_lazy("Proposed a step on the ladder"), undo=NEVER)
SIGN = Act("sign_step", gettext_lazy("Signed a step on the ladder"), undo=NEVER)
DECLINE = Act("decline_step", gettext_lazy("Did not confirm a step on the ladder"), undo=NEVER)
DROP = Act("drop_step", gettext_lazy("Dropped a step that waited"), undo=NEVER)
VOID = Act("void_step", gettext_lazy("Took a signed step back"), undo=NEVER)
VOID_EVIDENCE = Act("void_evidence", gettext_lazy("Took evidence of a step back"))
State = Step.State
#: what else follows when a signed step is taken back, within the same act; rooms add their own
AFTER_VOID: list[Callable[[Page, Step, dt.datetime], None]] = []


def propose_step(
    *, organisation: UUID, step: Step, evidence: Sequence[Evidence] = (), by: Viewer,
    at: dt.datetime,
) -> Step:  # fmt: skip
    """Propose that a hospital stands on another level since a day; `step` has item, level, day,
    department, reason and mission. A step that one signature carries is signed in the same breath
    by who may.
    """
    step.organisation = access.hospital_to_propose_for(by, organisation)
    _prove(step, evidence, at)
    if step.department and step.department.organisation_id != step.organisation.pk:
        raise Refused(_("This department belongs to another hospital."))
    step.mission = step.mission or _team(step, evidence, by)
    held = held_for(organisation, step.item_id)
    step.before = level_by(held, step.on)
    if step.before == step.level:
        raise Refused(_("It stands on this level already on that day."))
    _later_still_rises(step, held)
    prove_nobody_treated(step.reason)
    step.reason, step.state = step.reason.strip()[:300], State.PROPOSED
    _complete(step, evidence)
    step.proposed_by, step.proposed_at = _who(by), at
    with _alone(), journal(PROPOSE, by=by, at=at, scope=_scope(step)) as page:
        _nothing_waits(step)
        if step.before != level_by(_held_in_turn(step), step.on):
            raise Overtaken(
                _("Somebody was faster: it stands on another level by now. Look at it again, and"
                  " propose anew what is still so.")
            )  # fmt: skip
        page.save(step)
        for one in evidence:
            one.step = step
            page.save(one)
        if step.level <= (step.before or 0):
            _first_signature(page, step, by, at)
    return step


def _later_still_rises(step: Step, held: Sequence[Step]) -> None:
    """A step before later ones makes of none of them a fall that nobody gave a reason for."""
    if later := fall_after(step, held):
        raise Refused(
            _("Since %(day)s it is signed to stand on “%(level)s”: after this step that would be a"
              " fall without a reason. Choose a later day, or take that step back first.")
            % {"day": later.on, "level": later.get_level_display()}
        )  # fmt: skip


def _nothing_waits(step: Step) -> None:
    same = {"organisation": step.organisation_id, "item": step.item_id, "state": State.PROPOSED}
    if found := Step.objects.filter(**same).first():
        raise Overtaken(
            _("A step of this item waits for signatures: “%s”. Sign it or drop it first, then"
              " propose anew.") % found.get_level_display()
        )  # fmt: skip


def _complete(step: Step, evidence: Sequence[Evidence]) -> None:
    """What no signature can mend is asked for at once, not left waiting."""
    found = sum(one.cases for one in evidence)
    lacks = lacks_of_step(step.before, step.level, (), evidence=found, reason=step.reason)
    if "EVIDENCE" in lacks:
        raise Refused(_("A step up needs what shows it: choose records, or say which cases."))
    if "REASON" in lacks:
        raise Refused(_("A step down needs its reason."))


def _team(step: Step, evidence: Sequence[Evidence], by: Viewer) -> Mission | None:
    """With which team a step is reached: the one whose records show it, or in which one serves; of
    these one that was there on its day."""
    told = (one.deed.mission for one in evidence if one.deed and one.deed.mission)
    there = (team for team in told if access.was_there(team, step.on))
    return next(there, None) or access.team_of(by, step.organisation_id, step.on)


def _prove(step: Step, evidence: Sequence[Evidence], at: dt.datetime) -> None:
    if step.level not in LEVELS:
        raise Refused(_("Choose a level from 0 to 5."))
    if step.on > at.date():
        raise Refused(_("This day is still to come."))
    prove_cases(step.organisation_id, step.item_id, evidence, at)
    if any(step.on < one.until_on for one in evidence):
        raise Refused(_("A step does not begin before the cases that show it were done."))


def _first_signature(page: Page, row: Step, by: Viewer, at: dt.datetime) -> None:
    """Who proposes a step that one signature carries signs it in the same breath."""
    sides = access.sides_of(by, row.organisation_id)
    side = next((s for s in (StepSignature.Side.HEAD, StepSignature.Side.OFFICE) if s in sides), "")
    if side:
        _sign(page, row, side, by, at, _counting(row))


def sign_step(
    *, step: UUID, side: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Step:
    """Sign for one's own side; the last signature that is needed makes the step hold."""
    row = _waiting(step, side, by, at)
    if side == StepSignature.Side.OFFICE and row.level > (row.before or 0):
        raise Refused(_("On a step up an office’s signature counts for nothing: see who must."))
    with _alone(), journal(SIGN, by=by, at=at, scope=_scope(row), origin=origin) as page:
        _sign(page, row, side, by, at, _may_still_hold(row))
    return row


def _may_still_hold(row: Step) -> int:
    """Nothing that came since it was proposed stands against it; how many cases show it."""
    held, found = _held_in_turn(row), _counting(row)
    if row.before != level_by(held, row.on):
        raise Overtaken(_("Another step was signed meanwhile. Drop this one and propose anew."))
    _later_still_rises(row, held)
    if not Step.objects.filter(pk=row.pk, state=State.PROPOSED).exists():
        raise Overtaken(_("This step no longer waits for a signature."))
    if "EVIDENCE" in lacks_of_step(row.before, row.level, (), evidence=found, reason=row.reason):
        raise Refused(
            _("What showed this step was taken back: drop it, and propose it anew with cases that"
              " count.")
        )  # fmt: skip
    return found


def _sign(page: Page, row: Step, side: str, by: Viewer, at: dt.datetime, found: int) -> None:
    if side == StepSignature.Side.VISITOR and row.mission is None:
        row.mission = access.team_of(by, row.organisation_id, row.on)
        page.save(row)
    named = {"signer": _who(by), "signer_name": by.name[:200], "signed_at": at}
    page.save(StepSignature(id=uuid4(), step=row, side=side, **named))
    signed = set(row.signatures.values_list("side", flat=True)) | {side}
    if not lacks_of_step(row.before, row.level, signed, evidence=found, reason=row.reason):
        row.state, row.held_at = State.HOLDS, at
        page.save(row)


def _counting(row: Step) -> int:
    """How many cases show it of which nothing was taken back."""
    return sum(e.cases for e in row.evidence.select_related("deed") if e.counts)


def _waiting(step: UUID, side: str, by: Viewer, at: dt.datetime) -> Step:
    """A step that waits for the word of this side, which this account has not given yet."""
    row = access.step_to_sign(by, step, side)
    if row.state != State.PROPOSED:
        raise Overtaken(_("This step no longer waits for a signature."))
    if row.signatures.filter(signer=_who(by)).exists():
        raise Refused(_("You signed this step already: one account signs once."))
    return row


def decline_step(
    *, step: UUID, side: str, reason: str, by: Viewer, at: dt.datetime,
    origin: Origin | None = None,
) -> Step:  # fmt: skip
    """Say as one who would sign that it was not so, and why: the step is dropped with that."""
    row = _waiting(step, side, by, at)
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_nobody_treated(reason)
    row.state, row.declined_side = State.DROPPED, side
    _told_by(row, reason, by, at)
    with journal(DECLINE, by=by, at=at, scope=_scope(row), origin=origin) as page:
        page.save(row)
    return row


def drop_step(*, step: UUID, reason: str, by: Viewer, at: dt.datetime) -> Step:
    """Drop a step that still waits, with the reason."""
    return _end(step, State.PROPOSED, State.DROPPED, reason, (by, at))


def void_step(*, step: UUID, reason: str, by: Viewer, at: dt.datetime) -> Step:
    """Take a signed step back that was a mistake; a relapse is a step down, not this."""
    return _end(step, State.HOLDS, State.VOID, reason, (by, at))


def _end(
    step: UUID, before: str, after: str, reason: str, told: tuple[Viewer, dt.datetime]
) -> Step:
    by, at = told
    row = access.step_to_drop(by, step)
    if row.state != before:
        raise Overtaken(_("This step stands otherwise by now. Look at it again."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_nobody_treated(reason)
    row.state = after
    _told_by(row, reason, by, at)
    with journal(DROP if after == State.DROPPED else VOID, by=by, at=at, scope=_scope(row)) as page:
        if after == State.VOID:
            _in_turn(row)
            _falls_or_stays(row)
        page.save(row)
        for follow in AFTER_VOID if after == State.VOID else ():
            follow(page, row, at)
    return row


def _told_by(row: Step, reason: str, by: Viewer, at: dt.datetime) -> None:
    """On whose word it ended, and why."""
    row.ended_why, row.ended_at = reason.strip()[:300], at
    row.ended_by, row.ended_name = _who(by), by.name[:200]


def _falls_or_stays(row: Step) -> None:
    """One hand never lifts a level: neither by taking a step down back, nor a step below which a
    higher one stands."""
    if row.level < (row.before or 0):
        raise Refused(
            _("A step down is not taken back by one signature. Propose a step up instead: it needs"
              " its cases, and two sign.")
        )  # fmt: skip
    if lifts_when_gone(row):
        raise Refused(
            _("A higher step stands before this one: without it the hospital would stand higher by"
              " one signature. Propose a step up instead: it needs its cases, and two sign.")
        )  # fmt: skip


def void_evidence(*, evidence: UUID, reason: str, by: Viewer, at: dt.datetime) -> Evidence:
    """Take back what was told as evidence. A step that it carried stays, and says what it lost: a
    person decides whether it goes too."""
    row = access.evidence_to_void(by, evidence)
    if row.void_reason:
        raise Overtaken(_("It was taken back already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_nobody_treated(reason)
    row.void_reason = reason.strip()[:300]
    with journal(VOID_EVIDENCE, by=by, at=at, scope=_scope(row.step)) as page:
        page.save(row)
    return row


def _in_turn(row: Step) -> None:
    """Within a transaction: who changes steps of a hospital, or of one that counts as one with it,
    waits until another who does so is through. What is read after this still stands at the end."""
    counted = Organisation.objects.filter(pk__in=counted_as_one_with(row.organisation_id))
    list(counted.order_by("pk").values_list("pk").select_for_update(no_key=True))


def _held_in_turn(row: Step) -> list[Step]:
    """What holds for this hospital and item, as it still does at the end."""
    _in_turn(row)
    return held_for(row.organisation_id, row.item_id)


@contextmanager
def _alone() -> Iterator[None]:
    """Of two who propose or sign at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as other:
        raise Overtaken(_("Somebody was faster: look at this item again.")) from other


def _who(by: Viewer) -> UUID:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return by.person


def _scope(row: Step) -> str:
    return f"organisation:{row.organisation_id}"
