"""Pages: months' briefs, the daily report, operating lists."""

from marrow.briefs.views.briefing import brief, index, paper, send, team, write
from marrow.briefs.views.daily import daily, daily_file
from marrow.briefs.views.operating import check, list_file, operated, operating, put, void

__all__ = [
    "brief",
    "check",
    "daily",
    "daily_file",
    "index",
    "list_file",
    "operated",
    "operating",
    "paper",
    "put",
    "send",
    "team",
    "void",
    "write",
]
