"""People through the API."""

from marrow.people.api import records
from marrow.people.api.people import router

__all__ = ["records", "router"]
