"""`marrow catalogue`: load the items that Marrow brings. What an office changed stays."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from marrow.catalogue import shipped
from marrow.catalogue.actions import load_items
from marrow.core.journal.sequencer import sequence
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Load the catalogue that Marrow brings: conditions, techniques and services."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_items(told=shipped.items(), by=OPERATOR, at=timezone.now())
        sequence()
        self.stdout.write("{new} new, {bettered} bettered, {same} as they were.".format(**counts))
