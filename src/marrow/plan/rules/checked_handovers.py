"""The points of handover and of mentors, as the checker counts them: from the records alone, by no
code of the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from marrow.plan.rules.problem import OnPost, Problem, Seat


def handed_over(problem: Problem, held: Mapping[str, str]) -> float:
    total = 0.0
    for m in problem.missions:
        if m.predecessor is None:
            continue
        before = [s for s in problem.seats if s.mission == m.predecessor]
        after = [s for s in problem.seats if s.mission == m.id]
        for position in {s.position for s in after}:
            first = [s for s in before if s.position == position]
            then = [s for s in after if s.position == position]
            for a, b in zip(first, then, strict=False):
                on_both = a.id in held and b.id in held
                if on_both and _meet(a, b, m.overlap_days):
                    total += problem.weights.link
        for a in before:
            for b in after:
                same = (a.technique or a.position) == (b.technique or b.position)
                if same and a.end <= b.start and held.get(a.id, "-") == held.get(b.id, ""):
                    total += problem.weights.mentor
    return total + problem.weights.link * _relieved(problem, held)


def _relieved(problem: Problem, held: Mapping[str, str]) -> int:
    """How many who are on post already meet the one who comes for them: the first of a position
    the first, the second the second."""
    found, turn = 0, Counter[tuple[str, str]]()
    overlap = {m.id: m.overlap_days for m in problem.missions}
    for one in problem.on_post:
        at = (one.mission, one.position)
        comes = [s for s in problem.seats if (s.mission, s.position) == at]
        if turn[at] < len(comes):
            seat = comes[turn[at]]
            found += seat.id in held and _meet(one, seat, overlap[one.mission])
        turn[at] += 1
    return found


def _meet(one: Seat | OnPost, then: Seat, days: int) -> bool:
    """Whether who leaves and who comes are both on post for so many days; with none asked, whether
    the one leaves no earlier than the other comes."""
    if one.end < then.start or then.end <= one.start:
        return False
    last, first = min(one.end, then.end), max(one.start, then.start)
    return (last - first).days >= days
