"""Who leaves, the people of a place, needs and what answers them, through the API."""

from marrow.need.api import needs, referrals
from marrow.need.api.outflows import router

__all__ = ["needs", "referrals", "router"]
