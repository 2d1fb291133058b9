"""A folder in which clear copies stand for a moment: one at a time, emptied before and after.

Whoever is killed leaves a clear copy behind; the next one who works there clears it away. Nothing
in it ever has a backup's name.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.utils import OperationalError

from marrow.core.refusals import Refused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """An empty folder for this process alone; refuses while another works there."""
    with no_full_disk(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise Refused(f"Another process is at work in {folder}. Wait for it.") from busy
            _empty(folder)
            yield folder
        finally:
            _empty(folder)
            os.close(lock)


@contextmanager
def no_full_disk(folder: Path) -> Iterator[None]:
    """Say in a sentence that the disk is full, or that the folder cannot be written."""
    try:
        yield
    except OSError as wrong:
        raise Refused(_why(wrong, folder)) from wrong
    except OperationalError as wrong:
        if "disk I/O error" in str(wrong):  # what SQLite says of a quota, and of a broken disk
            raise Refused(
                f"{folder} cannot be written (disk I/O error): it is over its quota, or the disk is"
                " broken. Nothing was kept."
            ) from wrong
        if "full" not in str(wrong) and "No space" not in str(wrong):
            raise
        raise Refused(_full(folder)) from wrong


def _why(wrong: OSError, folder: Path) -> str:
    if wrong.errno in FULL:
        return _full(folder)
    return f"{wrong.filename or folder} cannot be used: {wrong.strerror}."


def _full(folder: Path) -> str:
    return f"The disk of {folder} is full: nothing was kept. Make room, or choose another folder."


def _empty(folder: Path) -> None:
    for one in folder.iterdir() if folder.is_dir() else ():
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        elif one.name != "lock":
            one.unlink(missing_ok=True)
