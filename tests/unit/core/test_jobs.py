"""Jobs: queued with the action, leased to one worker, tried again, set aside at last."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from marrow.core.jobs import (
    GIVEN_UP,
    HANDLERS,
    MOST_ATTEMPTS,
    Lease,
    Stopped,
    cancel,
    enqueue,
    run_again,
    run_one,
    take,
)
from marrow.core.models import Job
from tests.builders import NOW

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
PAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setitem(HANDLERS, "note", lambda lease: found.append(lease.key))
    return found


def test_a_job_exists_exactly_when_the_action_that_wanted_it_does(done: list[str]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("note", key="a", at=PAST)
        raise RuntimeError
    assert not run_one()
    enqueue("note", key="b", at=PAST)
    assert run_one()
    assert done == ["b"]


def test_an_open_job_of_the_same_key_stands_for_both(done: list[str]) -> None:
    enqueue("note", key="a", at=PAST)
    enqueue("note", key="a", at=PAST)
    while run_one():
        pass
    assert done == ["a"]


def test_a_killed_workers_job_is_done_once_by_the_next(done: list[str]) -> None:
    enqueue("note", key="a", at=PAST)
    taken = take("killed", PAST)
    assert taken is not None
    assert take("other", PAST) is None, "its lease still holds"
    assert run_one("next")
    assert done == ["a"]
    assert Job.objects.get().state == Job.DONE


def test_a_job_that_fails_is_tried_again_and_set_aside_at_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(lease: Lease) -> None:
        raise ValueError(lease.key)

    monkeypatch.setitem(HANDLERS, "fail", fail)
    enqueue("fail", key="a", at=PAST)
    for _attempt in range(MOST_ATTEMPTS + 1):
        Job.objects.update(not_before=PAST)
        run_one()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.DEAD, MOST_ATTEMPTS)
    assert "ValueError: a" in job.error


def test_a_cancelled_job_is_not_done(done: list[str]) -> None:
    enqueue("note", key="a", at=PAST)
    assert cancel("note", key="a", at=NOW)
    assert not run_one()
    assert done == []


def test_a_worker_that_lost_its_lease_cannot_finish_the_job() -> None:
    enqueue("note", key="a", at=PAST)
    lost = take("slow", PAST)
    assert lost is not None
    cancel("note", key="a", at=NOW)
    with pytest.raises(Stopped):
        lost.keep()


def test_what_is_asked_for_while_it_runs_is_done_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[str] = []

    def note(lease: Lease) -> None:
        found.append(lease.key)
        if len(found) == 1:
            enqueue("note", key="a", at=PAST)  # something new arrived while this one was at it

    monkeypatch.setitem(HANDLERS, "note", note)
    enqueue("note", key="a", at=PAST)
    while run_one():
        pass
    assert found == ["a", "a"]


def test_a_job_out_of_attempts_says_so_and_does_not_hold_up_the_next(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setitem(GIVEN_UP, "broken", lambda lease: gone.append(lease.key))
    enqueue("broken", key="x", at=PAST)
    Job.objects.update(attempts=MOST_ATTEMPTS)
    enqueue("note", key="next", at=PAST)
    assert run_one(), "the next job is found in the same look"
    assert (gone, done) == (["x"], ["next"])


def test_a_job_that_was_given_up_can_be_run_again(done: list[str]) -> None:
    enqueue("note", key="a", at=PAST)
    Job.objects.update(state=Job.DEAD, attempts=MOST_ATTEMPTS)
    assert run_again(Job.objects.get().pk, PAST)
    assert run_one()
    assert done == ["a"]
    assert not run_again(Job.objects.get().pk, PAST), "it is done, not dead"
