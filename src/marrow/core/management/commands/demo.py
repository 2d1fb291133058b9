"""`manage.py demo`: each room fills its part of the demonstration; a second call adds nothing."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from marrow.core.discovery import handed_in
from marrow.core.journal.sequencer import sequence
from marrow.core.viewer import Grant, Viewer

KEEPER = Viewer(uuid5(NAMESPACE_URL, "marrow:demo"), "demo", (Grant("office"),), "demo")


class Command(BaseCommand):
    help = "Fill the demonstration world."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for room in handed_in("demo"):
            with transaction.atomic():  # a room stands whole, and what waits for a disk waits once
                room.fill(KEEPER, at)
            self.stdout.write(f"{room.__name__.removesuffix('.demo')}: filled")
        sequence()
