"""A consortium has no circle: what the rule finds, against trying every path."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.programmes.rules import cycle_in

Links = list[tuple[int, int]]
links = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12)


def leads_back(links: Links) -> bool:
    """Whether somebody can be reached from themselves, by widening what is reached."""
    reached = set(links)
    for _step in range(7):
        reached |= {(a, d) for a, b in reached for c, d in links if b == c}
    return any(a == b for a, b in reached)


@settings(max_examples=400)
@given(links)
def test_a_circle_is_found_exactly_when_there_is_one(links: Links) -> None:
    assert bool(cycle_in(links)) == leads_back(links)


@given(links)
def test_what_is_found_is_a_circle_of_the_links(links: Links) -> None:
    circle = cycle_in(links)
    for upper, lower in zip(circle, (*circle[1:], *circle[:1]), strict=True):
        assert (upper, lower) in links
    assert len(set(circle)) == len(circle)


@given(st.permutations(range(1, 60)))
def test_a_long_chain_is_no_circle_until_it_is_closed(order: list[int]) -> None:
    chain = list(pairwise(order))
    assert cycle_in(chain) == ()
    assert set(cycle_in([*chain, (order[-1], order[0])])) == set(order)
