"""Teams through the API."""

from marrow.teams.api import calls, checklists, letters, panels
from marrow.teams.api.seats import router

__all__ = ["calls", "checklists", "letters", "panels", "router"]
