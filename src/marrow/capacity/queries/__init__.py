"""What is asked of the ladder, of machines, and of the one measure."""

from marrow.capacity.queries.measure import Question, care_of, counted, world_of
from marrow.capacity.queries.pages import (
    expected_of,
    ladder_of,
    lists_shown,
    machines_of,
    matrix_of,
    side_to_sign,
    signatures_of,
    specialties_of,
    steps_to_sign,
    things_to_choose,
    waiting_at,
)
from marrow.capacity.queries.steps import level_now, levels

__all__ = [
    "Question",
    "care_of",
    "counted",
    "expected_of",
    "ladder_of",
    "level_now",
    "levels",
    "lists_shown",
    "machines_of",
    "matrix_of",
    "side_to_sign",
    "signatures_of",
    "specialties_of",
    "steps_to_sign",
    "things_to_choose",
    "waiting_at",
    "world_of",
]
