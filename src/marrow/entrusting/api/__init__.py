"""Logbooks, bringing people on, firsts and target cards through the API."""

from marrow.entrusting.api import bringing_on, card, firsts
from marrow.entrusting.api.logbook import router

__all__ = ["bringing_on", "card", "firsts", "router"]
