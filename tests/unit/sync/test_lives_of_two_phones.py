"""Two phones count one month, each as it knows it, and an office settles what comes of that, in
whatever order: a number on which they differ is in no figure, one on which nobody does is."""

from __future__ import annotations

import json
import random

import pytest

from marrow.activity.models import Count
from marrow.core.refusals import Refused
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Receipt
from marrow.sync.queries import set_aside
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import counts, month_of, notes

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
KINDS = ("VISIT", "RESCUE")
STEPS = 30
SEEDS = [*range(6), *(pytest.param(n, marks=pytest.mark.long) for n in range(6, 120))]


class Life:
    """What two phones and an office do in turn; a phone knows what it wrote and what it read."""

    def __init__(self, seed: int, phones: list[Phone], team: Team) -> None:
        self.dice, self.team = random.Random(seed), team  # noqa: S311  the same life each time
        self.phones = [(phone, dict[str, int | None]()) for phone in phones]

    def writes(self) -> None:
        phone, known = self.dice.choice(self.phones)
        cells = {
            kind: None if kind in known and self.dice.random() < 1 / 4 else self.dice.randrange(9)
            for kind in self.dice.sample(KINDS, self.dice.choice((1, 1, 2)))
        }
        counts(phone, self.team, cells, {k: known[k] for k in cells if k in known})
        known |= cells

    def sends(self) -> None:
        phone, known = self.dice.choice(self.phones)
        if phone.lines:
            notes(phone)
        if self.dice.random() < 4 / 5:  # else the answer is lost
            here = month_of(self.team)
            known |= {kind: here.get(kind) for kind in KINDS if kind in here or kind in known}

    def settles(self) -> None:
        if lines := waiting():
            row, knowing = self.dice.choice(lines), self.dice.random() < 2 / 3
            if self.dice.random() < 1 / 2:
                leave_as_is(receipt=row.pk, by=OFFICE, at=NOW)
                return
            try:
                try_again(receipt=row.pk, by=OFFICE, at=NOW, prevails=True, knowing=knowing)
            except Refused:
                assert not knowing, "who knows what was taken out since may put it back"

    def goes_on(self) -> None:
        self.dice.choice((self.writes, self.writes, self.sends, self.sends, self.settles))()


def waiting() -> list[Receipt]:
    aside = Receipt.objects.filter(outcome__in=("CONFLICT", "QUARANTINED"), settled_at=None)
    return list(aside.order_by("pk"))


def is_true_of_all(team: Team) -> None:
    """Numbers in dispute are those, and those alone, of which a line that waits tells another."""
    lines, here = waiting(), month_of(team)
    parted = {kind for row in lines for kind, still in (row.parted or {}).items() if still}
    differ = {
        kind for row in lines for kind, still in (row.parted or {}).items()
        if still and kind in here
        and json.loads(bytes(row.line))["d"]["cells"].get(kind) != here[kind]
    }  # fmt: skip
    rows = Count.objects.filter(contested=True).select_related("indicator")
    contested = {row.indicator.words for row in rows}
    assert differ <= contested <= parted
    works = WorkItem.objects.filter(code="SET_ASIDE", done_at=None).count()
    assert works == len(set_aside(OFFICE)) == len(lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_in_dispute_waits_for_somebody_and_nothing_else_does(
    seed: int, leader: Phone, member: Phone, team: Team
) -> None:
    life = Life(seed, [leader, member], team)
    for _step in range(STEPS):
        life.goes_on()
        is_true_of_all(team)
    for row in waiting():
        if Receipt.objects.get(pk=row.pk).settled_at is None:
            leave_as_is(receipt=row.pk, by=OFFICE, at=NOW)
    is_true_of_all(team)
    assert not Count.objects.filter(contested=True).exists(), "an office settled all of it"
