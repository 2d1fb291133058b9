"""Bad air between phones and a server: each in a network of its own, every packet slow, late and
perhaps lost. Needs root, and Linux's tunnels."""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

SPEED = 32_000 / 8  # bytes a second each way
LATE = 0.3  # seconds one way
ROOM = 24_000  # bytes that wait for the line; what comes then is lost
IFF_TUN, IFF_NO_PI, TUNSETIFF = 0x1, 0x1000, 0x400454CA
TUNNELS = Path("/dev/net/tun")
CLONE_NEWNET = 0x40000000
T = TypeVar("T")


def may() -> bool:
    """Whether networks can be made here."""
    if os.geteuid() != 0 or not TUNNELS.exists():
        return False
    with ExitStack() as made:
        try:
            made.enter_context(network(f"marrow-{os.getpid()}-try"))
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def network(name: str) -> Iterator[str]:
    """A network of its own; yields its name."""
    ip("netns", "add", name)
    try:
        ip("-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        ip("netns", "del", name)


def within(name: str, work: Callable[[], T]) -> T:
    """Do something in a network: what it opens stays there."""
    found: list[T] = []
    wrong: list[BaseException] = []

    def inside() -> None:
        try:
            with Path(f"/var/run/netns/{name}").open("rb") as place:
                _enter(place.fileno())
            found.append(work())
        except BaseException as broken:  # noqa: BLE001  told where it was asked for
            wrong.append(broken)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    if wrong:
        raise wrong[0]
    return found[0]


def _enter(place: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(place, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def tunnel(network_: str, name: str, here: str, there: str, control: str) -> int:
    """The end of a line in a network: packets sent to `there`, whose TCP is governed by `control`,
    are read from what this returns."""

    def opened() -> int:
        end = os.open(TUNNELS, os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
        return end

    end = within(network_, opened)
    ip("-n", network_, "addr", "add", here, "peer", there, "dev", name)
    ip("-n", network_, "link", "set", name, "mtu", "1400", "up")
    ip("-n", network_, "route", "replace", there, "dev", name, "src", here, "congctl", control)
    return end


@dataclass(slots=True)
class Way:
    """One direction of a line."""

    into: int
    free_at: float = 0.0
    due: list[tuple[float, int, bytes]] = field(default_factory=list)


class Air:
    """Lines between tunnels. Counts packets that came, and those that were lost."""

    def __init__(self, loss: float, dice: random.Random) -> None:
        self.loss, self.dice = loss, dice
        self.ways: dict[int, Way] = {}
        self.came = self.lost = 0
        self._over = threading.Event()

    def join(self, one: int, other: int) -> None:
        self.ways[one], self.ways[other] = Way(other), Way(one)

    @contextmanager
    def on(self) -> Iterator[Air]:
        thread = threading.Thread(target=self._blow, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join(5)
            for end in self.ways:
                os.close(end)

    def _blow(self) -> None:
        while not self._over.is_set():
            dues = [way.due[0][0] for way in self.ways.values() if way.due]
            rest = max(0.0, min([*dues, time.monotonic() + 0.05]) - time.monotonic())
            ready, _w, _x = select.select(list(self.ways), [], [], rest)
            for end in ready:
                self._take(self.ways[end], os.read(end, 65536))
            now = time.monotonic()
            for way in self.ways.values():
                while way.due and way.due[0][0] <= now:
                    os.write(way.into, heapq.heappop(way.due)[2])

    def _take(self, way: Way, packet: bytes) -> None:
        now = time.monotonic()
        self.came += 1
        if (way.free_at - now) * SPEED > ROOM or self.dice.random() < self.loss:
            self.lost += 1
            return
        way.free_at = max(now, way.free_at) + len(packet) / SPEED
        heapq.heappush(way.due, (way.free_at + LATE, self.came, packet))
