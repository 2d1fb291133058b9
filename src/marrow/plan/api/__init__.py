"""Plans, what they hold, and how many people can be spared, through the API."""

from marrow.plan.api import inputs, parts
from marrow.plan.api.plans import router

__all__ = ["inputs", "parts", "router"]
