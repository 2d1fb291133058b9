"""A disk that is really full: the backup says so, and the last good one stays whole."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import migrated
from tests.builders import ROOT
from tests.chaos.test_a_killed_backup import SEND

pytestmark = pytest.mark.long
SMALL = 3 * 1024 * 1024  # bytes: less than the copy of an empty Marrow with the world's places


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A Marrow of its own, with the world's places, on disk."""
    env = migrated.a_home(tmp_path, "demo") | {"DJANGO_SETTINGS_MODULE": "marrow.server.settings"}
    marrow(env, "places").check_returncode()
    return env


def marrow(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words, "--skip-checks"], cwd=ROOT, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for one backup and no more."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own can be made here only by root")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def filled_but_for(disk: Path, left: int) -> Path:
    """A file that takes the room; `left` bytes stay free."""
    free = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        for _ in range((free.f_bavail * free.f_frsize - left) // 4096):
            file.write(b"b" * 4096)
    return ballast


@pytest.mark.parametrize("left", [0, 4096, SMALL, 2 * SMALL])
def test_a_full_disk_is_told_and_the_last_backup_stays_whole(
    home: dict[str, str], disk: Path, left: int
) -> None:
    """Full at once, while the copy is written, or while it is sealed."""
    subprocess.run([sys.executable, "-c", SEND], cwd=ROOT, env=home, check=True)
    assert marrow(home, "backup", "--to", str(disk)).returncode == 0
    (good,) = disk.glob("*.backup")
    before = good.read_bytes()
    ballast = filled_but_for(disk, left)
    told = marrow(home, "backup", "--to", str(disk))
    assert told.returncode != 0, "there is room for more than this test means"
    assert "is full: nothing was kept" in told.stderr, told.stderr
    assert "Traceback" not in told.stderr
    assert list(disk.glob("*.backup")) == [good]
    assert good.read_bytes() == before
    assert [f.name for f in (disk / ".taking").iterdir()] == ["lock"], "no clear copy is left"
    drilled = marrow(home, "restore-drill", str(good))
    assert drilled.returncode == 0, drilled.stderr
    ballast.unlink()
    assert marrow(home, "backup", "--to", str(disk)).returncode == 0, "with room again, again"


def test_a_quota_is_told_and_the_last_backup_stays_whole(home: dict[str, str]) -> None:
    """Without a disk of its own: no file may grow beyond what a copy needs."""
    assert marrow(home, "backup").returncode == 0
    folder = Path(home["MARROW_VAR"], "backups")
    (good,) = folder.glob("*.backup")
    told = subprocess.run(
        [sys.executable, "manage.py", "backup"], cwd=ROOT, env=home, capture_output=True,
        text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL)),
    )  # fmt: skip
    assert told.returncode != 0
    assert "it is over its quota" in told.stderr, told.stderr
    assert "Traceback" not in told.stderr
    assert list(folder.glob("*.backup")) == [good]
    assert marrow(home, "restore-drill", str(good)).returncode == 0


def test_a_full_disk_in_a_drill_spoils_nothing(home: dict[str, str], disk: Path) -> None:
    assert marrow(home, "backup").returncode == 0
    (good,) = Path(home["MARROW_VAR"], "backups").glob("*.backup")
    filled_but_for(disk, SMALL)
    told = marrow({**home, "MARROW_VAR": str(disk), "MARROW_BACKUP_KEY": key(home)},
                  "restore-drill", str(good))  # fmt: skip
    assert told.returncode != 0
    assert "is full" in told.stderr, told.stderr
    assert marrow(home, "restore-drill", str(good)).returncode == 0


def key(home: dict[str, str]) -> str:
    return Path(home["MARROW_VAR"], "backup.key").read_text(encoding="ascii")
