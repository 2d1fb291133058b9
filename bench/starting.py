"""A measurement's own process: Marrow over a database and a folder of its own."""

from __future__ import annotations

import os


def prepare(database: str, home: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "marrow.server.settings", "MARROW_MODE": "demo",
        "MARROW_DATABASE": database, "MARROW_VAR": home,
    }  # fmt: skip
    import django

    django.setup()
