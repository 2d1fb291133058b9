"""What is asked of the catalogue; rooms above ask here."""

from marrow.catalogue.queries.finding import Finder
from marrow.catalogue.queries.items import (
    Sought,
    code_hits,
    item_page,
    search_items,
    sought_items,
)
from marrow.catalogue.queries.lists import (
    all_lists,
    claims,
    claims_alone,
    claims_of,
    items_of,
    lists_of,
    proposed,
    version_at,
    version_page,
)
from marrow.catalogue.queries.specialties import specialty_choices, specialty_name

__all__ = [
    "Finder",
    "Sought",
    "all_lists",
    "claims",
    "claims_alone",
    "claims_of",
    "code_hits",
    "item_page",
    "items_of",
    "lists_of",
    "proposed",
    "search_items",
    "sought_items",
    "specialty_choices",
    "specialty_name",
    "version_at",
    "version_page",
]
