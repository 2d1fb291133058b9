"""A2: requests and answers are dropped, doubled, replayed and cut short at every byte."""

from __future__ import annotations

import gzip
import random

import pytest

from marrow.missions.models import Mission
from marrow.sync.models import Receipt
from tests.chaos.conftest import Phones
from tests.chaos.links import Link, post, send
from tests.chaos.oracle import faults
from tests.unit.sync.conftest import batch

__all__ = ["batch"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
SEEDS = [1, 2, *[pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 503)]]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_a_link_does_every_line_arrives_once(
    a_device: Phones, batch: Mission, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311  the same on every run
    devices = [a_device(who) for who in ("leader", "member", "leader")]
    link = Link(dice)
    for _round in range(8):
        for device in devices:
            device.at_once = dice.choice((1, 5, 25))
            for _n in range(dice.randint(0, 5)):
                device.visits(batch.pk, dice.randint(1, 40))
        dice.choice(devices).all(link.send)
    for device in devices * 2:
        device.all(link.send)
    assert faults(devices) == []


def test_a_batch_that_is_cut_at_any_byte_is_kept_whole_or_not_at_all(
    a_device: Phones, batch: Mission
) -> None:
    device = a_device()
    for _n in range(2):
        device.visits(batch.pk)
    packed = gzip.compress(device.body())
    for length in range(len(packed)):
        assert post(packed[:length], device.token)[0] == 400, length
        assert not Receipt.objects.exists()
    device.all(send)
    assert faults([device]) == []
