"""Teams as plain values, as the API tells them."""

from marrow.teams.plain.before import (
    checklists,
    item_told,
    programme_list,
    template_told,
    templates,
)
from marrow.teams.plain.choosing import (
    attendance,
    call,
    calls_of,
    calls_to,
    judgement,
    panel,
    panel_told,
    panels,
    public_calls,
    training,
    training_told,
    trainings,
)
from marrow.teams.plain.seats import assignment_told, candidates, seat, team, teams

__all__ = [
    "assignment_told",
    "attendance",
    "call",
    "calls_of",
    "calls_to",
    "candidates",
    "checklists",
    "item_told",
    "judgement",
    "panel",
    "panel_told",
    "panels",
    "programme_list",
    "public_calls",
    "seat",
    "team",
    "teams",
    "template_told",
    "templates",
    "training",
    "training_told",
    "trainings",
]
