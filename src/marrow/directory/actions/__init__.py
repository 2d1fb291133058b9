"""What changes in the directory: places and organisations, and what registers tell of them."""

from marrow.directory.actions.organisations import (
    add_alias,
    change_organisation,
    enter_organisation,
    grade_organisation,
    load_areas,
    merge_organisations,
    name_organisation,
    open_department,
    tell_apart,
    unmerge_organisation,
)
from marrow.directory.actions.registers import record_facilities

__all__ = [
    "add_alias",
    "change_organisation",
    "enter_organisation",
    "grade_organisation",
    "load_areas",
    "merge_organisations",
    "name_organisation",
    "open_department",
    "record_facilities",
    "tell_apart",
    "unmerge_organisation",
]
