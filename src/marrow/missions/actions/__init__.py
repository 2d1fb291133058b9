"""What changes in missions: batches and trips, and what records of teams tell of them."""

from marrow.missions.actions.batches import (
    batch_names,
    change_batch,
    enter_batch,
    keep_missions,
    ordinal,
)
from marrow.missions.actions.parts import change_donation, change_honour, change_site, change_unit
from marrow.missions.actions.teams import record_teams
from marrow.missions.actions.trips import add_to_mission, enter_trip, place_site

__all__ = [
    "add_to_mission",
    "batch_names",
    "change_batch",
    "change_donation",
    "change_honour",
    "change_site",
    "change_unit",
    "enter_batch",
    "enter_trip",
    "keep_missions",
    "ordinal",
    "place_site",
    "record_teams",
]
