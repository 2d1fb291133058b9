"""A line between a phone and a server, byte by byte: late, slow, half open, cut in an answer."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

SILENCE = 3.0  # seconds that a half-open connection stands before it is forgotten
RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one connection. Bytes are counted in each direction by itself; None goes
    through. `silent` ends stand open and say nothing, the others are reset."""

    asked: int | None = None  # bytes of the request that come through
    told: int | None = None  # bytes of the answer that come through
    silent: bool = False
    late: float = 0.0  # seconds before each piece
    piece: int = 65536  # bytes that come at once


def a_fate(dice: random.Random) -> Fate:
    """Of a hundred connections: 15 lose the request, 20 the answer, 10 are silent from the start;
    half of what is lost is told by a reset, half by nobody. All are late, some come in drops."""
    late, silent = dice.random() * 0.03, dice.random() < 0.5
    piece = dice.choice((7, 64, 512, 65536, 65536))
    chance = dice.random()
    if chance < 0.10:
        return Fate(asked=0, silent=True)
    if chance < 0.25:
        return Fate(asked=dice.randint(1, 900), silent=silent, late=late, piece=512)
    if chance < 0.45:
        return Fate(told=dice.randint(0, 700), silent=silent, late=late, piece=512)
    return Fate(late=late if piece > 64 else 0.0005, piece=piece)


class Relay:
    """Listens at `port`, and hands on to `behind` as each connection's fate has it."""

    def __init__(self, behind: int, dice: random.Random) -> None:
        self.behind, self.dice = behind, dice
        self.fates: list[Fate] = []
        self._door = socket.create_server(("127.0.0.1", 0), backlog=32)
        self.port = int(self._door.getsockname()[1])
        self._over = threading.Event()
        self.good = False  # from now on every connection comes through

    @contextmanager
    def on(self) -> Iterator[Relay]:
        thread = threading.Thread(target=self._listen, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join(5)
            self._door.close()

    def _listen(self) -> None:
        self._door.settimeout(0.1)
        while not self._over.is_set():
            try:
                near, _where = self._door.accept()
            except TimeoutError:
                continue
            fate = Fate() if self.good else a_fate(self.dice)
            self.fates.append(fate)
            threading.Thread(target=self._carry, args=(near, fate), daemon=True).start()

    def _carry(self, near: socket.socket, fate: Fate) -> None:
        with near:
            if fate.asked == 0:
                self._over.wait(SILENCE)
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.behind), timeout=5)
            except OSError:
                _reset(near)
                return
            with far:
                there = threading.Thread(
                    target=self._pump, args=(near, far, fate.asked, fate), daemon=True
                )
                there.start()
                self._pump(far, near, fate.told, fate)
                there.join(SILENCE + 1)

    def _pump(self, one: socket.socket, other: socket.socket, most: int | None, fate: Fate) -> None:
        """Until there is no more, or as many bytes as may come through have."""
        gone = 0
        with suppress(OSError):
            while data := one.recv(fate.piece if most is None else min(fate.piece, most - gone)):
                time.sleep(fate.late)
                other.sendall(data)
                gone += len(data)
                if gone == most:
                    break
            else:
                other.shutdown(socket.SHUT_WR)
                return
            if fate.silent:
                self._over.wait(SILENCE)
            _reset(one)
            _reset(other)


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
