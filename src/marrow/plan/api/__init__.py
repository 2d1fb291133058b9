"""Plans, what they hold, and how many people can be spared, through the API."""

from marrow.plan.api import parts
from marrow.plan.api.plans import router

__all__ = ["parts", "router"]
