"""Two offices choose one person for two seats at once; run as a process by the test.

python -m tests.chaos.choosing
"""

from __future__ import annotations

import json
import os
import sys
import threading
from uuid import UUID

import django


def at_once(asked: list[UUID]) -> list[str]:
    """Each of these is selected by a connection of its own, all at once: what each was told."""
    from django.db import connections  # noqa: PLC0415  after django.setup()

    from marrow.core.refusals import Refused  # noqa: PLC0415
    from marrow.teams.actions import select  # noqa: PLC0415
    from tests.builders import NOW, OFFICE  # noqa: PLC0415

    told: list[str] = []
    ready = threading.Barrier(len(asked))

    def one(assignment: UUID) -> None:
        ready.wait()
        try:
            select(assignment=assignment, by=OFFICE, at=NOW)
            told.append("SELECTED")
        except Refused as refused:
            told.append(str(refused.message))
        connections.close_all()

    threads = [threading.Thread(target=one, args=[pk]) for pk in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def one_person_for_two_seats() -> list[UUID]:
    from tests.builders import a_batch, a_person, a_series  # noqa: PLC0415
    from tests.builders.forming import a_seat, agreed  # noqa: PLC0415

    person, series = a_person(), a_series()
    return [agreed(a_seat(a_batch(n, series)), person).pk for n in (31, 32)]


def main() -> list[str]:
    from tests.builders import a_few_places  # noqa: PLC0415

    a_few_places()
    return at_once(one_person_for_two_seats())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    django.setup()
    json.dump(main(), sys.stdout)
