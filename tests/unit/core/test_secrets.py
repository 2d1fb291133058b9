"""Secrets that a Marrow makes for itself: one, whoever comes first."""

from __future__ import annotations

import threading
from pathlib import Path

from marrow.server import settings


def test_who_starts_while_another_makes_the_secret_waits_for_it(tmp_path: Path) -> None:
    place = tmp_path / "secret.key"
    place.touch()
    later = threading.Timer(0.1, place.write_text, ["made by the other"])
    later.start()
    assert settings.kept(place) == "made by the other"
    later.join()
