"""A request as Marrow's views get it: with its viewer, and htmx's word about it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from marrow.core.viewer import Viewer


class MarrowRequest(HttpRequest):
    viewer: Viewer
    htmx: HtmxDetails
