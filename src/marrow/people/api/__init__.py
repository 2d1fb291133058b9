"""People through the API."""

from marrow.people.api import records, wishes
from marrow.people.api.people import router

__all__ = ["records", "router", "wishes"]
