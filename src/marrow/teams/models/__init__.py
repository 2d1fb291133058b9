"""The posts of a mission, who is in them and how they came there, its stages, what forms it."""

from marrow.teams.models.checklists import ChecklistItem, ListedItem, Step
from marrow.teams.models.letters import LetterFile, LetterTemplate
from marrow.teams.models.seats import Assignment, Seat, StageChange

__all__ = [
    "Assignment",
    "ChecklistItem",
    "LetterFile",
    "LetterTemplate",
    "ListedItem",
    "Seat",
    "StageChange",
    "Step",
]
