"""A6, A7, A9, A10: wrong clocks, two months away, lost rights, servers set back, copied phones.

A7 in a real browser, with an older base and photographs, is in
`tests/flows/test_two_months_with_no_network.py`.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
from typing import Any

import pytest

from marrow.accounts.models import Account
from marrow.activity.models import Deed, Visits
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sync.models import Epoch, Installation, Loss, Receipt
from marrow.sync.rules.schemas import UPCASTERS
from tests.builders import NOW
from tests.builders.on_post import Team
from tests.chaos.conftest import Phones
from tests.chaos.devices import Device
from tests.chaos.links import Link, send
from tests.chaos.oracle import faults
from tests.unit.sync.conftest import batch, team
from tests.unit.sync.test_intents import place

__all__ = ["batch", "team"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
WALLS = [
    "1970-01-01T00:00:00Z", "2023-11-24T09:00:00Z", "2031-11-24T09:00:00Z",
    "2026-10-25T02:30:00+14:00", "2026-10-25T02:30:00-12:00", "+275760-09-13T00:00:00.000Z", None,
]  # fmt: skip


@pytest.mark.parametrize("walls", [WALLS, WALLS[::-1]], ids=["forth", "back"])
def test_a6_no_clock_decides_anything(
    a_device: Phones, team: Team, walls: list[str | None]
) -> None:
    devices = [a_device("leader"), a_device("leader")]
    record = str(devices[0].keep({
        "t": "record", "k": "create", "at": walls[0],
        "d": place(team) | {"held_on": "2026-11-20", "kind": "RESCUE"},
    }))  # fmt: skip
    for n, wall in enumerate(walls):
        device = devices[n % 2]
        device.all(send)
        data, saw = {"with_whom": f"Dr {n}"}, {"with_whom": "Dr 0" if n else ""}
        device.keep(
            {"r": record, "t": "record", "k": "set", "at": wall or "never", "b": saw, "d": data}
        )
        while not device.sync(send, wall):
            pass
        told = Installation.objects.get(pk=device.inst).skew_seconds
        assert (told is None) is (wall is None or wall.startswith("+")), wall
    outcomes = list(Receipt.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["NEW", "NEW", "NEW", *["CONFLICT"] * 5]
    assert Deed.objects.get().with_whom == "Dr 1"
    for device in devices * 2:
        device.all(send)
    assert faults(devices) == []


@pytest.mark.parametrize("count", [240, pytest.param(2400, marks=pytest.mark.long)])
def test_a7_two_months_with_no_network_arrive_whole_and_small(
    a_device: Phones, team: Team, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    Mission.objects.filter(pk=team.mission.pk).update(departed_on="2026-09-19")
    dice, device, packed = random.Random(7), a_device(), 0  # noqa: S311
    device.at_once = 480
    for n in range(count):
        day = dt.date(2026, 9, 20) + dt.timedelta(days=n * 60 // count)
        data: dict[str, Any] = place(team) | {
            "held_on": day.isoformat(), "kind": dice.choice(("RESCUE", "DELIVERY", "ADVICE")),
            "sex": dice.choice("FM"), "age": dice.choice(("U1", "18_64")), "count": 1,
            "with_whom": f"Dr Test {dice.randint(1, 9)}",
        }  # fmt: skip
        device.keep({"t": "record", "k": "create", "s": 1, "at": f"{day}T09:00:00Z", "d": data})
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=90)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    Installation.objects.update(seen_at=later - dt.timedelta(days=90))
    # three releases later: two more forms, and the phone was never updated
    for schema in (1, 2):
        monkeypatch.setitem(UPCASTERS, ("record", schema), lambda told: told)

    def measured(body: bytes, token: str) -> bytes:
        nonlocal packed
        packed += len(body)
        return send(body, token)

    device.all(measured)
    assert Deed.objects.count() == count
    assert packed <= 512 * 1024 * count / 2400
    assert faults([device]) == []


def test_a9_what_was_recorded_before_a_right_was_lost_is_kept_and_waits(
    a_device: Phones, batch: Mission, people: dict[str, Account]
) -> None:
    devices = {name: a_device() for name in ("over", "ended", "gone")}
    for device in devices.values():
        device.visits(batch.pk)
        device.all(send)
        device.visits(batch.pk)
    Installation.objects.filter(pk=devices["ended"].inst).update(revoked_at=NOW)
    devices["ended"].all(send)
    status = batch.status
    Mission.objects.update(status="HOME")
    devices["over"].all(send)
    assert devices["over"].records == {}, "it is read no more"
    Mission.objects.update(status=status)
    Account.objects.filter(pk=people["leader"].pk).update(is_active=False)
    devices["gone"].all(send)
    assert Receipt.objects.filter(outcome="QUARANTINED").count() == 3 - _taken_late()
    assert Visits.objects.count() == 3 + _taken_late()
    assert [d.acked for d in devices.values()] == [2, 2, 2]
    found = [fault for fault in faults(devices.values()) if " on a phone, " not in fault]
    assert found == []


def _taken_late() -> int:
    """A mission that is over may still be counted for where its days are: the action's to say."""
    return Receipt.objects.filter(q=2, outcome="NEW").count()


class Backup:
    """What a backup holds of what phones sent; put back, all that came later is gone."""

    def __init__(self) -> None:
        self.phones = list(Installation.objects.values("pk", "last_q", "last_hash"))
        self.last = Operation.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def put_back(self) -> None:
        for told in self.phones:
            Installation.objects.filter(pk=told["pk"]).update(
                last_q=told["last_q"], last_hash=told["last_hash"]
            )
            late = Receipt.objects.filter(installation=told["pk"], q__gt=told["last_q"])
            late.delete()
        gone = Operation.objects.filter(pk__gt=self.last)
        Visits.objects.filter(pk__in=gone.values("record")).delete()
        # numbers are given again; in a real backup seals and counter go back with the rest
        gone.update(scope="gone", model="gone")


@pytest.mark.parametrize("seed", [1, *[pytest.param(s, marks=pytest.mark.long) for s in (2, 3)]])
def test_a10_a_server_that_was_set_back_gets_all_again_and_tells_it(
    a_device: Phones, batch: Mission, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311
    devices, link = [a_device("leader"), a_device("member")], Link(dice)
    for device in devices:
        for _n in range(6):
            device.visits(batch.pk, dice.randint(1, 9))
        device.all(send)
    backup = Backup()
    before = Epoch.objects.get().name
    for device in devices * 2:
        for _n in range(5):
            device.visits(batch.pk, dice.randint(1, 9))
        device.all(send)
    backup.put_back()
    for device in devices:
        device.visits(batch.pk)
    for device in devices * 3:
        device.all(link.send)
    assert Epoch.objects.get().name != before
    assert [d.lost > 0 for d in devices] == [True, True]
    assert Loss.objects.filter(made_good_at=None).count() == 0
    assert Loss.objects.count() == 2
    assert not WorkItem.objects.filter(code="SET_BACK", done_at=None).exists()
    found = [f for f in faults(devices) if f.startswith(devices[0].inst) or "saved" in f]
    assert found == []
    assert Visits.objects.count() == sum(len(d.lines) for d in devices)


def test_a10_a_copied_phone_goes_on_as_another_and_neither_loses_anything(
    a_device: Phones, batch: Mission
) -> None:
    phone = a_device()
    phone.visits(batch.pk, 1)
    phone.all(send)
    phone.visits(batch.pk, 2)
    twin = copy.deepcopy(phone)
    twin.enrol = phone.enrol
    original = list(phone.lines)
    phone.visits(batch.pk, 3)
    twin.visits(batch.pk, 4)
    phone.all(send)
    twin.all(send)
    assert twin.inst != phone.inst
    phone.all(send)
    assert sorted(Visits.objects.values_list("count", flat=True)) == [1, 2, 3, 4]
    assert faults([phone, twin], original) == []
    assert Receipt.objects.filter(installation__id=twin.inst, outcome="IDENTICAL").count() == 2
    assert Installation.objects.get(pk=phone.inst).forked_at is not None


def test_a10_a_profile_that_was_set_back_finds_its_lines_here(
    a_device: Phones, batch: Mission
) -> None:
    phone = a_device()
    phone.visits(batch.pk, 1)
    phone.all(send)
    old: Device = copy.deepcopy(phone)
    phone.visits(batch.pk, 2)
    phone.all(send)
    old.enrol = phone.enrol
    old.visits(batch.pk, 3)
    old.all(send)
    assert old.inst != phone.inst
    assert sorted(Visits.objects.values_list("count", flat=True)) == [1, 2, 3]
    assert len(old.records) == 3, "what the profile had forgotten comes from the server"
    assert faults([old], phone.lines) == []


def test_a_line_that_breaks_the_software_blocks_nothing(
    a_device: Phones, batch: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = a_device()
    for count in (1, 2, 3):
        device.visits(batch.pk, count)

    def broken(told: Any) -> Any:
        return 1 / 0 if told["d"]["count"] == 2 else told

    monkeypatch.setitem(UPCASTERS, ("visits", 1), broken)
    device.all(send)
    assert device.states == {2: "quarantined"}
    assert sorted(Visits.objects.values_list("count", flat=True)) == [1, 3]
