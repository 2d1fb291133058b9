"""Logbooks, bringing people on and firsts through the API."""

from marrow.entrusting.api import bringing_on, firsts
from marrow.entrusting.api.logbook import router

__all__ = ["bringing_on", "firsts", "router"]
