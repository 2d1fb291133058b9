"""What changes in the catalogue: items and what they need, lists in versions, loaded codes."""

from marrow.catalogue.actions.codes import load_codes
from marrow.catalogue.actions.items import (
    add_requirement,
    change_item,
    drop_requirement,
    enter_item,
    load_items,
)
from marrow.catalogue.actions.lists import change_list, open_list, publish_version

__all__ = [
    "add_requirement",
    "change_item",
    "change_list",
    "drop_requirement",
    "enter_item",
    "load_codes",
    "load_items",
    "open_list",
    "publish_version",
]
