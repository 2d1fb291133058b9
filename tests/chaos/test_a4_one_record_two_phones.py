"""A4: two phones change one record while neither has a network. Nobody wins silently."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from marrow.activity.models import Count, Deed, Report
from marrow.activity.queries.figures import Of, contested_of, total_of
from marrow.core.book import same_id
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Receipt
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.chaos.conftest import Phones
from tests.chaos.devices import Device
from tests.chaos.links import send
from tests.chaos.oracle import faults
from tests.unit.sync.conftest import team
from tests.unit.sync.test_intents import place

__all__ = ["team"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
ORDERS = [pytest.param(order, id="-".join(map(str, order))) for order in permutations(range(2))]


def put_right(device: Device, record: str, data: dict[str, Any], saw: dict[str, Any]) -> None:
    device.keep({"r": record, "t": "record", "k": "set", "b": saw, "d": data})


@pytest.fixture
def pair(a_device: Phones, team: Team) -> tuple[list[Device], str]:
    """Two phones that hold the same record."""
    devices = [a_device("leader"), a_device("leader")]
    told = {"held_on": "2026-11-20", "kind": "RESCUE", "age": "", "sex": ""}
    data: dict[str, Any] = place(team) | told
    record = str(devices[0].keep({"t": "record", "k": "create", "d": data}))
    for device in devices:
        device.all(send)
    assert Deed.objects.filter(pk=record).exists()
    return devices, record


def all_told(devices: list[Device]) -> None:
    for device in devices * 2:
        device.all(send)
    assert faults(devices) == []


@pytest.mark.parametrize("order", ORDERS)
def test_one_value_is_kept_twice_and_a_person_is_asked(
    pair: tuple[list[Device], str], order: tuple[int, ...]
) -> None:
    devices, record = pair
    for device, age in zip(devices, ("U1", "18_64"), strict=True):
        put_right(device, record, {"age": age}, {"age": ""})
    first, second = (devices[n] for n in order)
    first.all(send)
    second.all(send)
    ages = ["U1", "18_64"]
    assert Deed.objects.get(pk=record).age == ages[order[0]]
    conflict = Receipt.objects.get(outcome="CONFLICT")
    assert json.loads(bytes(conflict.line))["d"] == {"age": ages[order[1]]}
    assert WorkItem.objects.filter(key=f"set-aside:{conflict.pk}", done_at=None).exists()
    assert second.states[len(second.lines)] == "conflict"
    all_told(devices)


@pytest.mark.parametrize("order", ORDERS)
def test_two_values_go_together(pair: tuple[list[Device], str], order: tuple[int, ...]) -> None:
    devices, record = pair
    put_right(devices[0], record, {"age": "U1"}, {"age": ""})
    put_right(devices[1], record, {"sex": "F"}, {"sex": ""})
    for n in order:
        devices[n].all(send)
    row = Deed.objects.get(pk=record)
    assert (row.age, row.sex) == ("U1", "F")
    assert not Receipt.objects.filter(outcome="CONFLICT").exists()
    all_told(devices)


@pytest.mark.parametrize("order", ORDERS)
def test_what_one_takes_back_and_the_other_puts_right_waits_for_a_person(
    pair: tuple[list[Device], str], order: tuple[int, ...]
) -> None:
    devices, record = pair
    put_right(devices[0], record, {"age": "U1"}, {"age": ""})
    devices[1].keep({"r": record, "t": "record", "k": "void", "d": {"reason": "twice"}})
    for n in order:
        devices[n].all(send)
    assert Deed.objects.get(pk=record).void_reason == "twice"
    late = order[0] == 1
    assert Receipt.objects.filter(outcome="CONFLICT").exists() is late
    all_told(devices)


@pytest.mark.parametrize("order", ORDERS)
def test_one_month_from_two_phones_is_one_month_and_never_their_sum(
    a_device: Phones, team: Team, order: tuple[int, ...]
) -> None:
    where = place(team)
    record = str(same_id("month", where["organisation"], where["mission"], "2026-10"))
    devices = [a_device("leader"), a_device("leader")]
    cells: list[dict[str, int]] = [{"RESCUE": 3, "DELIVERY": 4}, {"RESCUE": 5, "ADVICE": 6}]
    for device, told in zip(devices, cells, strict=True):
        data: dict[str, Any] = where | {"month": "2026-10", "cells": told}
        device.keep({"r": record, "t": "count", "k": "set", "b": dict.fromkeys(told), "d": data})
    for n in order:
        devices[n].all(send)
    rows = {c.indicator.words: int(c.value) for c in Count.objects.select_related("indicator")}
    first = cells[order[0]]["RESCUE"]
    assert rows == {"RESCUE": first, "DELIVERY": 4, "ADVICE": 6}
    conflict = Receipt.objects.get(outcome="CONFLICT")
    of = Of(mission=team.mission.pk)
    Report.objects.update(stands=True)
    assert total_of(of, "RESCUE", 2026) is None, "two words are no figure"
    assert total_of(of, "DELIVERY", 2026) == 4
    assert len(contested_of(of, 2026)) == 1
    Report.objects.update(stands=False)
    all_told(devices)
    if order[0] == 0:
        leave_as_is(receipt=conflict.pk, by=OFFICE, at=NOW)
    else:
        try_again(receipt=conflict.pk, prevails=True, by=OFFICE, at=NOW)
    Report.objects.update(stands=True)
    assert total_of(of, "RESCUE", 2026) == 3, "the first phone's, left or taken"
    assert contested_of(of, 2026) == []
