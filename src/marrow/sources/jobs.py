"""Takes a file in, in the background: progress is kept, a cancel is noticed, a crash resumed."""

from __future__ import annotations

import time
from collections import Counter
from uuid import UUID

from django.utils import timezone

from marrow.core.jobs import Lease, Stopped, enqueue, given_up, handles
from marrow.core.refusals import Refused
from marrow.core.viewer import Grant, Viewer
from marrow.sources.actions.intakes import JOB, place_of
from marrow.sources.intake import tables
from marrow.sources.intake.kinds import KINDS, RAGGED, RESUMED, Taking, mapped
from marrow.sources.models import Intake, RowProblem

MOST_PROBLEMS = 5000
TELL_EVERY = 0.5  # seconds


@handles(JOB)
def take_in(lease: Lease) -> None:
    """Run a kind's `take` over a mapped file. Runs again after a crash; known rows add nothing."""
    row = Intake.objects.get(pk=UUID(lease.key))
    if row.state != Intake.State.RUNNING:
        return
    kind = KINDS[row.kind]
    stopped_at = row.position
    row.problems.all().delete()
    taking = _taking(row, lease)
    try:
        row.rows = sum(1 for _row in tables.rows(place_of(row), row.name, lambda _number: None))
        row.save(update_fields=["rows"])
        counts = kind.take(taking)
        taking.over()
    except Refused as refused:
        _end(row, Intake.State.FAILED, {}, str(refused.message))
        return
    _end(row, Intake.State.DONE, counts | ({RESUMED: stopped_at} if stopped_at else {}))
    if kind.after:
        enqueue(kind.after, key=kind.after, at=timezone.now())


@given_up(JOB)
def say_so(lease: Lease) -> None:
    """It failed again and again: the file's page says so, and what is in stays in."""
    row = Intake.objects.get(pk=UUID(lease.key))
    if row.state == Intake.State.RUNNING:
        _end(row, Intake.State.FAILED, row.counts, "GIVEN_UP")


def _end(row: Intake, state: str, counts: dict[str, int], message: str = "") -> None:
    mine = Intake.objects.filter(pk=row.pk, state=Intake.State.RUNNING)
    position = row.rows if state == Intake.State.DONE else row.position
    mine.update(
        state=state, counts=counts, message=message, position=position, ended_at=timezone.now()
    )


def _taking(row: Intake, lease: Lease) -> Taking:
    problems: list[RowProblem] = []
    seen: Counter[str] = Counter()
    kept = 0
    told_at = 0.0

    def told(number: int, code: str) -> None:
        seen[code] += 1
        problems.append(RowProblem(intake=row, row=number, code=code))

    def keep_told() -> None:
        nonlocal kept
        if kept < MOST_PROBLEMS:
            RowProblem.objects.bulk_create(problems[: MOST_PROBLEMS - kept])
        kept += len(problems)
        problems.clear()

    def progress(position: int, counts: dict[str, int]) -> None:
        nonlocal told_at
        keep_told()
        if time.monotonic() - told_at < TELL_EVERY:
            return
        told_at = time.monotonic()
        lease.keep()
        mine = Intake.objects.filter(pk=row.pk, state=Intake.State.RUNNING)
        if not mine.update(position=position, counts=counts, told=dict(seen)):
            raise Stopped(row.name)

    def over() -> None:
        keep_told()
        Intake.objects.filter(pk=row.pk).update(told=dict(seen))

    payload = lease.payload
    grants = tuple(
        Grant(role, scope, UUID(thing) if thing else None)
        for role, scope, thing in payload.get("grants", [])
    )
    return Taking(
        rows=lambda: mapped(
            tables.rows(place_of(row), row.name, lambda number: told(number, RAGGED)), row.mapping
        ),
        document=row.document or row.pk,
        title=row.title,
        by=Viewer(UUID(payload["person"]), "", grants, "import"),
        at=timezone.now(),
        told=told,
        progress=progress,
        over=over,
    )
