"""Missions, honours and donations through the API."""

from marrow.missions.api import changing
from marrow.missions.api.missions import router

__all__ = ["changing", "router"]
