"""`marrow places`: load the world's places. A second call adds nothing."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.management.base import BaseCommand
from django.utils import timezone

from marrow.core.viewer import Grant, Viewer
from marrow.directory.gazetteer import load_world
from marrow.directory.queries import directory_counts

OPERATOR = Viewer(
    uuid5(NAMESPACE_URL, "marrow:operator"), "operator", (Grant("office"),), "command"
)


class Command(BaseCommand):
    help = "Load the world's places: ISO 3166, regions, former states, China down to counties."

    def handle(self, *args: Any, **options: Any) -> None:
        load_world(OPERATOR, timezone.now())
        self.stdout.write(f"{directory_counts()[1]} places are here.")
