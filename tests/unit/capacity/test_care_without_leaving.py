"""Care without leaving is one definition: by locals, with visitors, must leave, not assessed."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marrow.capacity.rules.care import (
    Care,
    Held,
    Spell,
    World,
    answer_on,
    count,
    curve,
    outcome_of,
    outcomes_on,
    stairs,
    turns_of,
)
from marrow.capacity.rules.causes import CAUSES, LIST, moves, split, state_of
from marrow.capacity.rules.ladder import HEAD, OFFICE, REMOTE, VISITOR, Step, lacks_of_step

DAY0 = dt.date(2020, 1, 1)
HOSPITALS, ITEMS = ("a", "b", "c"), ("dialysis", "tumour")


def day(number: int) -> dt.date:
    return DAY0 + dt.timedelta(days=number)


def step(level: int, on: int = 0, order: int = 0) -> Step:
    return Step(level, day(on), order)


def spell(start: int, end: int | None = None) -> Spell:
    return Spell(day(start), None if end is None else day(end))


def world(held: dict[tuple[str, str], Held], **more: frozenset[str]) -> World:
    told = {
        "items": frozenset(ITEMS), "inside": frozenset(HOSPITALS), "roster": frozenset({"a"}),
    }  # fmt: skip
    told |= more
    return World(told["items"], told["inside"], told["roster"], held)


def asked(held: Held, on: int = 100) -> Care:
    return outcome_of(world({("a", "dialysis"): held}), "dialysis", day(on))


@pytest.mark.parametrize(
    ("held", "care"),
    [
        (Held((step(4),)), Care.BY_LOCALS),
        (Held((step(5),)), Care.BY_LOCALS),
        (Held((step(3),)), Care.MUST_LEAVE),  # nobody is beside them today
        (Held((step(3),), helped=(spell(50, 150),)), Care.WITH_VISITORS),
        (Held((step(1),), helped=(spell(50, 100),)), Care.MUST_LEAVE),  # gone this morning
        (Held((step(4),), down=(spell(90),)), Care.MUST_LEAVE),  # the machine is down
        (Held((step(4),), down=(spell(90, 100),)), Care.BY_LOCALS),  # repaired
        (Held((step(4), step(0, 80))), Care.MUST_LEAVE),  # the last trained person left
        (Held((step(0),), helped=(spell(0),)), Care.MUST_LEAVE),
        (Held(), Care.NOT_ASSESSED),
    ],
)
def test_one_hospital_says_what_its_area_can_treat(held: Held, care: Care) -> None:
    assert asked(held) == care


def test_patients_must_leave_only_where_all_that_should_have_it_were_assessed() -> None:
    held = {("a", "dialysis"): Held((step(0),))}
    both = world(held, roster=frozenset({"a", "b"}))
    assert outcome_of(both, "dialysis", day(9)) == Care.NOT_ASSESSED
    nobody = world(held, roster=frozenset())
    assert outcome_of(nobody, "dialysis", day(9)) == Care.NOT_ASSESSED
    elsewhere = world({("c", "dialysis"): Held((step(4),))}, inside=frozenset({"a", "b"}))
    assert outcome_of(elsewhere, "dialysis", day(9)) == Care.NOT_ASSESSED


days = st.integers(0, 60)
steps = st.lists(st.builds(step, st.integers(0, 5), days, st.integers(0, 9)), max_size=4).map(tuple)
spells = st.lists(st.builds(spell, days, st.one_of(st.none(), days)), max_size=2).map(tuple)
held = st.builds(Held, steps, spells, spells)
pairs = st.tuples(st.sampled_from(HOSPITALS), st.sampled_from(ITEMS))
some = st.sets(st.sampled_from(HOSPITALS)).map(frozenset)
lists = st.sets(st.sampled_from(ITEMS)).map(frozenset)
worlds = st.builds(
    World, items=lists, inside=some, roster=some, held=st.dictionaries(pairs, held, max_size=6)
)


@settings(deadline=None)
@given(worlds, st.lists(days, min_size=1, max_size=6).map(sorted))
def test_the_curve_says_on_each_day_what_the_measure_says(one: World, when: list[int]) -> None:
    told = curve(one, [day(n) for n in when])
    plain = [Counter(outcome_of(one, item, day(n)) for item in one.items) for n in when]
    singly = [Counter(outcomes_on(one, day(n)).values()) for n in when]
    assert told == singly == plain == [count(one, day(n)) for n in when]
    assert all(sum(counts.values()) == len(one.items) for counts in told)


@settings(deadline=None)
@given(worlds, st.integers(0, 30), st.integers(31, 70))
def test_the_line_that_is_drawn_says_of_every_day_what_the_measure_says(
    one: World, first: int, last: int
) -> None:
    drawn, alone, helped = stairs(turns_of(one).values(), day(first), day(last))
    assert (drawn[0], drawn[-1]) == (day(first), day(last))
    assert drawn == sorted(set(drawn))
    for number in range(first, last + 1):
        place = max(n for n, on in enumerate(drawn) if on <= day(number))
        told = count(one, day(number))
        assert (alone[place], helped[place]) == (told[Care.BY_LOCALS], told[Care.WITH_VISITORS])


@settings(deadline=None)
@given(worlds)
def test_how_answers_turned_tells_of_every_day_what_the_measure_says(one: World) -> None:
    turned = json.loads(json.dumps(turns_of(one)))  # as it is kept
    assert turned.keys() == one.items
    for item, turns in turned.items():
        for n in range(-2, 63):
            assert answer_on(turns, day(n)) == outcome_of(one, item, day(n))
        assessed = [s.on for (at, about), held in one.held.items() if about == item
                    and at in one.inside for s in held.steps]  # fmt: skip
        first = min(assessed, default=None)
        assert (dt.date.fromordinal(turns[0][0]) if turns else None) == first


@settings(deadline=None)
@given(worlds, worlds, days, days)
def test_causes_sum_exactly(first: World, second: World, one: int, other: int) -> None:
    before, after = state_of(first, day(one)), state_of(second, day(other))
    found = moves(before, after, {"b": "c"})
    for care in Care:
        parts = split(found, care)
        assert tuple(parts) == CAUSES
        change = count(second, day(other))[care] - count(first, day(one))[care]
        assert sum(parts.values()) == change


@settings(deadline=None)
@given(worlds, worlds, days, days)
def test_each_part_of_a_change_names_the_hospitals_that_made_it(
    first: World, second: World, one: int, other: int
) -> None:
    """An item that stays on the list changes its answer only through hospitals that are named."""
    for move in moves(state_of(first, day(one)), state_of(second, day(other)), {"b": "c"}):
        assert move.before is not move.after
        assert (move.before is None or move.after is None) == (move.cause == LIST)
        assert move.cause == LIST or move.at


@settings(deadline=None)
@given(worlds, days)
def test_it_never_rises_without_a_step_readiness_or_a_visitor(one: World, when: int) -> None:
    """From one day to the next, where nothing of these three begins, no item is better treated."""
    tomorrow = day(when + 1)
    begins: set[dt.date | None] = set()
    for held in one.held.values():
        begins |= {s.on for s in held.steps} | {s.end for s in held.down}
        begins |= {s.start for s in held.helped}
    assume(tomorrow not in begins)
    best = (Care.BY_LOCALS, Care.WITH_VISITORS)
    for item in one.items:
        now, then = (outcome_of(one, item, day(n)) for n in (when, when + 1))
        assert then not in best or (now in best and best.index(then) >= best.index(now))


@pytest.mark.parametrize(
    ("before", "after", "signed", "evidence", "reason", "lacks"),
    [
        (2, 3, {HEAD, VISITOR}, 1, "", []),
        (2, 3, {HEAD, REMOTE}, 1, "", []),
        (2, 3, {HEAD}, 1, "", ["EXPERT"]),
        (2, 3, {VISITOR}, 1, "", ["HEAD"]),
        (2, 3, {HEAD, VISITOR}, 0, "", ["EVIDENCE"]),
        (None, 1, {HEAD, OFFICE}, 1, "", ["EXPERT"]),
        (4, 2, {HEAD}, 0, "the last trained nurse left", []),
        (4, 2, {OFFICE}, 0, "the last trained nurse left", []),
        (4, 2, {VISITOR}, 0, "the last trained nurse left", ["ONE"]),
        (4, 2, {HEAD}, 0, " ", ["REASON"]),
        (None, 0, {OFFICE}, 0, "", []),
    ],
)
def test_a_step_up_needs_two_signatures_and_a_step_down_one_with_its_reason(
    before: int | None, after: int, signed: set[str], evidence: int, reason: str, lacks: list[str]
) -> None:
    assert lacks_of_step(before, after, signed, evidence=evidence, reason=reason) == lacks


def test_who_should_have_it_counts_on_the_days_on_which_it_should() -> None:
    """All readings of the measure agree, on every day."""
    held = {("a", "dialysis"): Held((step(0, on=5),)), ("b", "dialysis"): Held((step(0, on=30),))}
    told = world(held, roster=frozenset({"a", "b", "c"}))
    should = {"b": (spell(20, 40),), "c": (spell(60, 70), spell(90))}
    told = replace(told, should=should)
    days = [day(n) for n in range(120)]
    turns, counts = turns_of(told)["dialysis"], curve(told, days)
    for on, counted in zip(days, counts, strict=True):
        care = outcome_of(told, "dialysis", on)
        assert care == outcomes_on(told, on)["dialysis"] == answer_on(turns, on), on
        assert counted[Care.MUST_LEAVE] == (care is Care.MUST_LEAVE), on
    leaves = [n for n, on in enumerate(days) if outcome_of(told, "dialysis", on) is Care.MUST_LEAVE]
    assert leaves == [*range(5, 20), *range(30, 60), *range(70, 90)]
