"""The posts of a mission, who is in them and how they came there, its stages, what forms it."""

from marrow.teams.models.calls import AskedUnit, Call
from marrow.teams.models.checklists import ChecklistItem, ListedItem, Step
from marrow.teams.models.letters import LetterFile, LetterTemplate
from marrow.teams.models.panels import Attendance, Judgement, Panel, PanelMember, TrainingSession
from marrow.teams.models.seats import CAME_HOME, Assignment, Seat, StageChange

__all__ = [
    "CAME_HOME",
    "AskedUnit",
    "Assignment",
    "Attendance",
    "Call",
    "ChecklistItem",
    "Judgement",
    "LetterFile",
    "LetterTemplate",
    "ListedItem",
    "Panel",
    "PanelMember",
    "Seat",
    "StageChange",
    "Step",
    "TrainingSession",
]
