"""`marrow`: the operator's command. `marrow help` lists what it does."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    execute_from_command_line(sys.argv)
