"""Pages: visits, figures and their rows, single records, months' reports."""

from marrow.activity.views.figures import (
    index,
    place,
    place_rows,
    place_table,
    team_months,
    team_rows,
    team_table,
    words,
)
from marrow.activity.views.pictures import picture, take_out
from marrow.activity.views.reports import (
    back,
    begin,
    cells,
    pass_all,
    record,
    report,
    review_queue,
    revise,
    step,
    void_deed,
)
from marrow.activity.views.visits import assignments, mission, void
from marrow.activity.views.voices import voices, void_voice

__all__ = [
    "assignments",
    "back",
    "begin",
    "cells",
    "index",
    "mission",
    "pass_all",
    "picture",
    "place",
    "place_rows",
    "place_table",
    "record",
    "report",
    "review_queue",
    "revise",
    "step",
    "take_out",
    "team_months",
    "team_rows",
    "team_table",
    "voices",
    "void",
    "void_deed",
    "void_voice",
    "words",
]  # fmt: skip
