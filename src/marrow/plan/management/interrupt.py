"""Ctrl-C while the planner works from file to file."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

STOPPED = 130  # by Ctrl-C: what shells tell of it


class Interrupt:
    """Ctrl-C ends a run with the best plan so far; pressed again it ends the program. With `ends`
    at once, wherever it is: in the midst of a solver an exception gets lost, or is printed."""

    def __init__(self, *, ends: bool = False) -> None:
        self.pressed, self.ends = False, ends

    def asked(self) -> bool:
        return self.pressed

    def __enter__(self) -> Interrupt:
        self.before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None,
        at: TracebackType | None,
    ) -> None:  # fmt: skip
        signal.signal(signal.SIGINT, self.before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While a file is written it is not heard, so that no half of a file is left."""
        now = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, now)

    def _press(self, number: int, frame: FrameType | None) -> None:
        if not self.pressed:
            self.pressed = True
            _say("Stopping with the best plan so far. Ctrl-C again ends the program at once.")
        elif self.ends:
            _say("Stopped.")
            os._exit(STOPPED)
        else:
            signal.default_int_handler(number, frame)


def _say(words: str) -> None:
    """Whatever else is being written at this moment."""
    os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"{words}\n".encode())
