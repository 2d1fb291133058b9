"""Agreement work through the API."""

from marrow.agreements.api import adding, changing, mending, reading
from marrow.agreements.api.reading import router

__all__ = ["adding", "changing", "mending", "reading", "router"]
