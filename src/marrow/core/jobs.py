"""Work that outlives a request: leased to a worker, kept by a heartbeat, tried again, set aside.

A room's `jobs.py` names its handlers with `@handles("kind")`. A job is queued inside the
transaction of the action that wants it, so it exists exactly when the action does. Handlers
may run twice after a crash and must leave the same result.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from marrow.core.models import Job

LEASE = dt.timedelta(seconds=60)
BEAT = 15.0  # seconds between heartbeats: a quarter of the lease
MOST_ATTEMPTS = 5
Handler = Callable[["Lease"], None]
HANDLERS: dict[str, Handler] = {}
GIVEN_UP: dict[str, Handler] = {}


class Stopped(Exception):
    """The job was cancelled, or its lease went to another worker."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job in this worker's hands."""

    job: UUID
    kind: str
    key: str
    payload: dict[str, Any]
    worker: str

    def keep(self) -> None:
        """Extend the lease; raises Stopped when the job is no longer ours."""
        until = timezone.now() + LEASE
        mine = Job.objects.filter(pk=self.job, worker=self.worker, state=Job.RUNNING)
        if not mine.update(leased_until=until):
            raise Stopped(self.kind)


def handles(kind: str) -> Callable[[Handler], Handler]:
    def name(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return name


def given_up(kind: str) -> Callable[[Handler], Handler]:
    """Name what happens when a job of this kind is set aside for good."""

    def name(handler: Handler) -> Handler:
        GIVEN_UP[kind] = handler
        return handler

    return name


def enqueue(
    kind: str, *, key: str, at: dt.datetime, not_before: dt.datetime | None = None, **payload: Any
) -> None:
    """Queue a job inside the running transaction; a waiting one with the same key stands for both.

    One that is running already is done once more when it ends: it may have passed what is new.
    """
    try:
        with transaction.atomic():
            Job.objects.create(
                kind=kind, key=key, payload=payload, queued_at=at, not_before=not_before or at
            )
    except IntegrityError:
        Job.objects.filter(kind=kind, key=key, state=Job.RUNNING).update(again=True)


def waits(kinds: Collection[str], *, at: dt.datetime) -> bool:
    """Whether a job of these kinds is due and in nobody's hands."""
    due = Job.objects.filter(kind__in=kinds, state=Job.QUEUED, not_before__lte=at)
    return due.exists()


def any_open(keys: Collection[str]) -> bool:
    """Whether a job with one of these keys waits or is being done."""
    return Job.objects.filter(key__in=keys, state__in=Job.OPEN).exists()


def cancel(kind: str, *, key: str, at: dt.datetime) -> bool:
    """Stop an open job: its handler notices when it next calls `keep`. False when none is open."""
    open_jobs = Job.objects.filter(kind=kind, key=key, state__in=Job.OPEN)
    return open_jobs.update(state=Job.CANCELLED, ended_at=at) > 0


def take(worker: str, at: dt.datetime) -> Lease | None:
    """Lease the oldest job that is due, or whose worker has fallen silent.

    A job that was tried too often is set aside on the way.
    """
    due = Q(state=Job.QUEUED, not_before__lte=at) | Q(state=Job.RUNNING, leased_until__lt=at)
    while True:
        with transaction.atomic():
            waiting = Job.objects.select_for_update(skip_locked=True).filter(due)
            job = waiting.order_by("not_before").first()
            if job is None:
                return None
            if job.attempts < MOST_ATTEMPTS:
                job.state, job.worker, job.leased_until = Job.RUNNING, worker, at + LEASE
                job.attempts += 1
                job.save()
                return _lease(job)
            _set_aside(job, at)


def _lease(job: Job) -> Lease:
    return Lease(job.pk, job.kind, job.key, job.payload, job.worker)


def _set_aside(job: Job, at: dt.datetime) -> None:
    """Out of attempts: the job is kept with its error, and its room says so where people look."""
    job.state, job.ended_at = Job.DEAD, at
    job.save()
    if given_up := GIVEN_UP.get(job.kind):
        given_up(_lease(job))


def run_again(job: UUID, at: dt.datetime) -> bool:
    """Queue a job that was given up once more; False when there is none."""
    dead = Job.objects.filter(pk=job, state=Job.DEAD)
    fresh = {"state": Job.QUEUED, "attempts": 0, "not_before": at, "ended_at": None, "worker": ""}
    try:
        with transaction.atomic():
            return dead.update(**fresh) > 0
    except IntegrityError:  # one with the same key waits already: it stands for both
        return dead.update(state=Job.DONE) > 0


def run_one(worker: str | None = None) -> bool:
    """Do one job that is due; False when there was none. Failures are kept with the job."""
    name = worker or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    lease = take(name, timezone.now())
    if lease is None:
        return False
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(lease, over), daemon=True)
    beat.start()
    try:
        _work(lease)
    finally:
        over.set()
        beat.join()
    return True


def run_now(kind: str, *, key: str, at: dt.datetime) -> bool:
    """Do one job at once, before all that waits longer; False when it does not wait."""
    with transaction.atomic():
        rows = Job.objects.select_for_update().filter(kind=kind, key=key, state=Job.QUEUED)
        job = rows.first()
        if job is None:
            return False
        job.state, job.worker, job.leased_until = Job.RUNNING, f"now:{os.getpid()}", at + LEASE
        job.attempts += 1
        job.save()
    _work(_lease(job))
    return True


def _work(lease: Lease) -> None:
    mine = Job.objects.filter(pk=lease.job, worker=lease.worker, state=Job.RUNNING)
    try:
        HANDLERS[lease.kind](lease)
    except Stopped:
        return
    except Exception:  # noqa: BLE001  whatever a handler raises is kept, and tried again
        again = timezone.now() + dt.timedelta(seconds=5)
        mine.update(state=Job.QUEUED, not_before=again, error=traceback.format_exc()[-4000:])
        return
    now = timezone.now()
    anew = mine.filter(again=True)
    if not anew.update(state=Job.QUEUED, again=False, attempts=0, not_before=now, error=""):
        mine.update(state=Job.DONE, ended_at=now, error="")


def _beat(lease: Lease, over: threading.Event) -> None:
    try:
        while not over.wait(BEAT):
            lease.keep()
    except Stopped:
        return
    finally:
        close_old_connections()
        _close_thread_connections()


def _close_thread_connections() -> None:
    from django.db import connections  # noqa: PLC0415  this thread's own connections

    connections.close_all()
