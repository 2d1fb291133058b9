"""What changes: visits, single records, months' reports and their levels, counts from files."""

from marrow.activity.actions.counts import flag_outliers, take_counts
from marrow.activity.actions.deeds import correct_deed, record_deed, record_deeds, void_deed
from marrow.activity.actions.levels import (
    approve,
    pass_all,
    review,
    revise,
    send_back,
    submit,
)
from marrow.activity.actions.naming import say_what_it_is, words_stand
from marrow.activity.actions.pictures import add_picture, take_out_picture
from marrow.activity.actions.reports import cell_id, fill_report, leave_cells, open_report
from marrow.activity.actions.standing import cells_stand, opened_and_written_in
from marrow.activity.actions.visits import correct_visits, count_visits, void_visits
from marrow.activity.actions.voices import keep_voice, void_voice

__all__ = [
    "add_picture",
    "approve",
    "cell_id",
    "cells_stand",
    "correct_deed",
    "correct_visits",
    "count_visits",
    "fill_report",
    "flag_outliers",
    "keep_voice",
    "leave_cells",
    "open_report",
    "opened_and_written_in",
    "pass_all",
    "record_deed",
    "record_deeds",
    "review",
    "revise",
    "say_what_it_is",
    "send_back",
    "submit",
    "take_counts",
    "take_out_picture",
    "void_deed",
    "void_visits",
    "void_voice",
    "words_stand",
]  # fmt: skip
