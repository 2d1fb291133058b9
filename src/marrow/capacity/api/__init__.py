"""What hospitals can do, what they stand on, and care without leaving, through the API."""

from marrow.capacity.api import standing
from marrow.capacity.api.ladder import router

__all__ = ["router", "standing"]
