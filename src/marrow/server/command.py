"""`marrow`: the operator's command. `marrow help` lists what it does."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

STOPPED = 130  # by Ctrl-C: what shells tell of it


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(STOPPED)
