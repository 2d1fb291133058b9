"""What is asked of the ladder, of readiness, and of the one measure."""

from marrow.capacity.queries.fragile import count_hands, rests_on
from marrow.capacity.queries.ladder import (
    Story,
    ladder_of,
    side_to_sign,
    signatures_of,
    steps_to_sign,
    story_of,
    waiting_at,
)
from marrow.capacity.queries.matrix import (
    Chosen,
    Matrix,
    changed_between,
    count_left,
    curve_of,
    expected_of,
    lists_shown,
    matrix_of,
    rows_of,
)
from marrow.capacity.queries.measure import Question, care_of, counted, world_of
from marrow.capacity.queries.standing import (
    Machine,
    machines_of,
    offered_to,
    presences_of,
    supervisions_of,
    things_to_choose,
)
from marrow.capacity.queries.steps import level_now, levels, where_done
from marrow.capacity.queries.sustained import Check, check_of, checks_of, open_checks

__all__ = [
    "Check", "Chosen", "Machine", "Matrix", "Question", "Story", "care_of", "changed_between",
    "check_of", "checks_of", "count_hands", "count_left", "counted", "curve_of", "expected_of",
    "ladder_of", "level_now", "levels", "lists_shown", "machines_of", "matrix_of", "offered_to",
    "open_checks", "presences_of", "rests_on", "rows_of", "side_to_sign", "signatures_of",
    "steps_to_sign", "story_of", "supervisions_of", "things_to_choose", "waiting_at",
    "where_done", "world_of",
]  # fmt: skip
