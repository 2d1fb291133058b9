"""Taking changes back: all of them give the first state; one of them, its columns or a refusal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.core.journal.folding import fold, table
from marrow.core.journal.sequencer import sequence
from marrow.core.journal.undoing import undo, undo_plan
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.directory.models import Area
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from tests.builders import NOW, OFFICE, a_batch
from tests.builders.trying import examples
from tests.properties.examples import taken_back

pytestmark = [pytest.mark.both, pytest.mark.django_db]
State = dict[str, Any]
COLUMNS = ("size", "months", "departed_on", "tags")
change = st.fixed_dictionaries(
    {},
    optional={
        "size": st.integers(1, 4),
        "months": st.none() | st.integers(1, 3),
        "departed_on": st.sampled_from(["", "2024", "2024-06"]),
        "tags": st.lists(st.sampled_from(["URGENT", "HEAVY"]), unique=True),
    },
)
changes = st.lists(change, min_size=1, max_size=8)


@pytest.fixture
def batch(places: dict[str, Area]) -> Mission:
    return a_batch(30, size=20)


def state(batch: Mission) -> State:
    return dict(Mission.objects.filter(pk=batch.pk).values(*COLUMNS).get())


def make(batch: Mission, told: State) -> UUID | None:
    """Change it; the act, or None when nothing changed."""
    before = Operation.objects.count()
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, **told)
    return latest() if Operation.objects.count() > before else None


def latest() -> UUID:
    return Operation.objects.order_by("-id").values_list("act", flat=True)[0]


@settings(max_examples=examples(10, 25))
@given(changes)
def test_all_taken_back_from_the_last_on_give_every_state_again(
    batch: Mission, made: list[State]
) -> None:
    with taken_back():
        stood, acts = [state(batch)], []
        for told in made:
            if act := make(batch, told):
                acts.append(act)
                stood.append(state(batch))
        while acts:
            assert state(batch) == stood.pop()
            undo(act=acts.pop(), by=OFFICE, at=NOW)
        assert state(batch) == stood[0]
        sequence()
        assert fold(Mission) == table(Mission)


@settings(max_examples=examples(15, 40))
@given(changes, st.integers(0, 7))
def test_one_taken_back_reverts_its_columns_or_names_what_stands_on_it(
    batch: Mission, made: list[State], which: int
) -> None:
    with taken_back():
        steps = [(stood, make(batch, told)) for told in made if (stood := state(batch))]
        acts = [(stood, act) for stood, act in steps if act]
        if not acts:
            return
        place = which % len(acts)
        before, act = acts[place]
        mine = columns_of(act)
        later = [a for _s, a in acts[place + 1 :] if columns_of(a) & mine]
        now = state(batch)
        assert [b.act for b in undo_plan(act).blockers] == later
        if later:
            with pytest.raises(Refused):
                undo(act=act, by=OFFICE, at=NOW)
            assert state(batch) == now
        else:
            undo(act=act, by=OFFICE, at=NOW)
            assert state(batch) == now | {c: before[c] for c in mine}


def columns_of(act: UUID) -> set[str]:
    return {r.column for r in undo_plan(act).reverts}


@settings(max_examples=examples(60, 200))
@given(st.integers(1, 3), st.lists(st.integers(-1, 4), min_size=2, max_size=6))
def test_no_undo_of_anything_ever_loses_a_change_that_stands(
    batch: Mission, changes: int, steps: list[int]
) -> None:
    """A few changes, then undos of anything (-1: another change), undos of undos too.

    The column always holds what its last standing change set, or the undo was refused.
    """
    with taken_back():
        first = state(batch)
        acts: list[UUID] = []
        for size, step in enumerate([-1] * changes + steps, start=1):
            if step < 0:
                change_batch(mission=batch.pk, size=size, by=OFFICE, at=NOW)
            else:
                try:
                    undo(act=acts[-1 - step % len(acts)], by=OFFICE, at=NOW)
                except Refused:
                    continue
            acts.append(latest())
            assert state(batch) == expected(first, acts)


def expected(first: State, acts: list[UUID]) -> State:
    """The first state with every change that stands, in order; undos only say what stands."""
    undone = dict(
        Operation.objects.filter(act__in=acts).exclude(undoes=None).values_list("act", "undoes")
    )
    standing: set[UUID] = set()
    for act in reversed(acts):
        if act not in {undone.get(a) for a in standing}:
            standing.add(act)
    now = dict(first)
    for line in Operation.objects.filter(act__in=standing, undoes=None).order_by("id"):
        now |= {r.column: r.now for r in undo_plan(line.act).reverts}
    return now
