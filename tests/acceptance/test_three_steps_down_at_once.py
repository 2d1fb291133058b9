"""Three hands tell of one item in the same moment that it fell: one holds, the others are told."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connections

from marrow.capacity.actions import sign_step, steps, void_step
from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.core.refusals import Overtaken, Refused
from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, climbed, proposed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def before_it_is_written(monkeypatch: pytest.MonkeyPatch, other: Callable[[], Step]) -> None:
    """Once, after all was read and just before it is written, another does this."""
    alone = steps._alone  # noqa: SLF001  between reading and writing there is no other place

    def meanwhile() -> AbstractContextManager[None]:
        monkeypatch.setattr(steps, "_alone", alone)
        other()
        return alone()

    monkeypatch.setattr(steps, "_alone", meanwhile)


@pytest.mark.django_db
def test_a_step_down_from_a_level_that_no_longer_stands_is_refused_with_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ward, item = a_ward(), a_service()
    climbed(ward, item, 4, TODAY - DAY)
    before_it_is_written(
        monkeypatch, lambda: proposed(ward, item, 2, TODAY, by=ward.head, reason="No nurse")
    )
    with pytest.raises(Overtaken, match="it stands on another level by now"):
        proposed(ward, item, 3, TODAY, by=ward.head, reason="Few cases")
    told = Step.objects.filter(state="HOLDS").order_by("held_at", "on")
    assert [(s.before, s.level) for s in told] == [(None, 4), (4, 2)]


@pytest.mark.django_db
def test_a_signature_that_comes_as_another_step_is_signed_makes_nothing_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ward, item = a_ward(), a_service()
    first = climbed(ward, item, 3, TODAY - DAY)
    row = proposed(ward, item, 4, TODAY)
    sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    before_it_is_written(
        monkeypatch,
        lambda: void_step(step=first.pk, reason="Told of another item", by=ward.head, at=NOW),
    )
    with pytest.raises(Overtaken, match="Another step was signed meanwhile"):
        sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    assert Step.objects.get(pk=row.pk).state == "PROPOSED"


@pytest.mark.postgresql  # in memory SQLite's connections do not wait for each other
@pytest.mark.django_db(transaction=True)
def test_of_three_who_tell_of_a_fall_at_once_one_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    ward, item = a_ward(), a_service()
    climbed(ward, item, 4, TODAY - DAY)
    ready, alone, told = threading.Barrier(3), steps._alone, list[str]()  # noqa: SLF001

    def all_have_read() -> AbstractContextManager[None]:
        ready.wait(30)
        return alone()

    monkeypatch.setattr(steps, "_alone", all_have_read)
    threads = [threading.Thread(target=_fall, args=(ward, item, n, told)) for n in (1, 2, 3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert told.count("HOLDS") == 1
    assert sum("it stands on another level by now" in words for words in told) == 2
    assert Step.objects.filter(before=4, state="HOLDS").count() == 1


def _fall(ward: Ward, item: Item, level: int, told: list[str]) -> None:
    try:
        row = proposed(ward, item, level, TODAY, by=ward.head, reason="No nurse")
        told.append(row.state)
    except Refused as refused:
        told.append(str(refused.message))
    finally:
        connections.close_all()
