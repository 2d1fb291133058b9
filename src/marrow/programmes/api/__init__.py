"""Programmes, series and their parts through the API."""

from marrow.programmes.api import changing
from marrow.programmes.api.programmes import router

__all__ = ["changing", "router"]
