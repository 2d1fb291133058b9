"""What changes in missions: batches and trips, and what records of teams tell of them."""

from marrow.missions.actions.batches import (
    batch_names,
    change_batch,
    enter_batch,
    keep_missions,
    ordinal,
)
from marrow.missions.actions.teams import record_teams

__all__ = [
    "batch_names",
    "change_batch",
    "enter_batch",
    "keep_missions",
    "ordinal",
    "record_teams",
]
