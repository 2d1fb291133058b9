"""`marrow work`: do the jobs that wait, until stopped. Several may run side by side."""

from __future__ import annotations

import argparse
import os
import signal
import threading
import traceback
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from marrow.core.jobs import run_one
from marrow.core.journal.derived import keep_up
from marrow.core.journal.heads import HeadKeeper, heads_file
from marrow.core.journal.sequencer import sequence
from marrow.core.once import forget

IDLE = 1.0  # seconds between looks when nothing waits
SWEEP = timedelta(hours=1)  # between looks for answers that are too old to be kept


class Command(BaseCommand):
    help = "Do the jobs that wait, until stopped."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the process that started it ends"
        )

    def handle(
        self, *args: Any, once: bool = False, with_parent: bool = False, **options: Any
    ) -> None:
        parent = os.getppid()
        over = threading.Event()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda *_: over.set())
        keeper = HeadKeeper(heads_file())
        swept = timezone.now() - SWEEP
        while not over.is_set() and not (with_parent and os.getppid() != parent):
            try:
                sequence()  # heals what a killed process left unnumbered
                self._keep_head(keeper)
                self._keep_up()
                if timezone.now() - swept >= SWEEP:
                    swept = timezone.now()
                    forget(swept)
                busy = run_one()
            except OperationalError as trouble:  # the database is away: wait for it
                self.stderr.write(str(trouble))
                busy = False
            if busy:
                continue
            close_old_connections()
            if once:
                return
            over.wait(IDLE)

    def _keep_up(self) -> None:
        """What is derived; pages do without it, so a fault of it must not stop the work."""
        try:
            keep_up()
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001  whatever it is, it is told and tried again
            self.stderr.write(traceback.format_exc())

    def _keep_head(self, keeper: HeadKeeper) -> None:
        """The day's head of the journal; a disk that is full must not stop the work."""
        try:
            keeper.keep(timezone.now())
        except OSError as trouble:
            self.stderr.write(f"The journal's head was not kept: {trouble}")
