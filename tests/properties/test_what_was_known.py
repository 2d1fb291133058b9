"""What was known by a moment is what the journal held then: later entries, merges and partings
change no figure of a report that was signed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marrow.activity.queries.figures import Of, lines_of
from marrow.capacity.actions import (
    expect_hospital,
    receive_machine,
    tell_of_machine,
    tell_presence,
    void_step,
)
from marrow.capacity.models import Equipment, Presence, Step
from marrow.capacity.queries import Question, counted, world_of
from marrow.capacity.rules.care import Care, curve
from marrow.catalogue.actions import add_requirement
from marrow.catalogue.models import Item, List, Requirement
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import Refused
from marrow.core.words import names
from marrow.directory.actions import merge_organisations, unmerge_organisation
from marrow.directory.models import Area
from marrow.need.queries.outflows import left_of_area
from tests.builders import NOW, OFFICE
from tests.builders.capability import a_service, a_ward, climbed, listed, proposed
from tests.builders.counting import approved, counting
from tests.builders.trying import examples
from tests.properties.examples import taken_back

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY, DAY, HOUR = NOW.date(), dt.timedelta(days=1), dt.timedelta(hours=1)
DAYS = [TODAY - n * 10 * DAY for n in range(5)][::-1]
MACHINE, DIALYSER = "dialysis-machine", "dialyser"
told = st.sampled_from(
    ["climb", "relapse", "void", "down", "works", "out", "there", "merge", "part"]
)
when = st.integers(0, 39)  # days before today
Told = list[tuple[str, int]]


class Region:
    """Two hospitals, one list of one item that needs a machine and a supply."""

    def __init__(self) -> None:
        self.ward, self.other = a_ward(31), a_ward(32)
        self.item: Item = a_service(machine=MACHINE)
        supply = Requirement(kind="SUPPLY", resource=DIALYSER, names=names(DIALYSER))
        add_requirement(item=self.item.key, need=supply, by=OFFICE, at=NOW)
        self.list: List = listed(self.item)
        for one in (self.ward, self.other):
            expect_hospital(key=self.list.key, organisation=one.hospital.pk, by=OFFICE, at=NOW)
        self.machine = Equipment(id=uuid4(), machine=MACHINE, label="station 1")
        self.machine.installed_on = TODAY - 39 * DAY
        receive_machine(
            organisation=self.ward.hospital.pk, machine=self.machine, by=self.ward.head, at=NOW
        )

    def do(self, what: str, on: dt.date, at: dt.datetime) -> None:
        ward, hospital = self.ward, self.ward.hospital.pk
        if what == "climb":
            climbed(ward, self.item, 4, on, at=at)
        elif what == "relapse":
            proposed(ward, self.item, 1, on, by=ward.head, reason="the nurse left", at=at)
        elif what == "void":
            step = Step.objects.filter(state="HOLDS").order_by("held_at").last()
            if step:
                void_step(step=step.pk, reason="a mistake", by=ward.head, at=at)
        elif what in ("down", "works"):
            tell_of_machine(equipment=self.machine.pk, state=what.upper(), on=on, words="",
                            by=ward.head, at=at)  # fmt: skip
        elif what in ("out", "there"):
            row = Presence(kind="SUPPLY", resource=DIALYSER, count=int(what == "there"), on=on)
            tell_presence(organisation=hospital, presence=row, by=ward.head, at=at)
        elif what == "merge":
            merge_organisations(loser=hospital, winner=self.other.hospital.pk, by=OFFICE, at=at)
        else:
            unmerge_organisation(loser=hospital, by=OFFICE, at=at)

    def question(self, known_by: dt.datetime | None = None) -> Question:
        return Question(Area.objects.get(code="GN"), self.list, TODAY, known_by)

    def figures(self, known_by: dt.datetime | None = None) -> list[Counter[Care]]:
        """Of today and of days past."""
        return curve(world_of(self.question(known_by)), DAYS)


@pytest.fixture
def region(places: dict[str, Area]) -> Region:
    return Region()


def happens(region: Region, made: Told) -> list[tuple[dt.datetime, list[Counter[Care]]]]:
    """Let it happen, one thing an hour; after each hour what was then known."""
    known = []
    for hour, (what, days) in enumerate(made, 1):
        at = NOW + hour * HOUR
        with suppress(Refused):  # then nothing happened
            region.do(what, TODAY - days * DAY, at)
        known.append((at + HOUR / 2, region.figures()))
    return known


@settings(max_examples=examples(8, 20))
@example(made=[("climb", 5), ("relapse", 0)])
@given(st.lists(st.tuples(told, when), min_size=2, max_size=7))
def test_known_by_a_moment_is_the_journal_up_to_it(region: Region, made: Told) -> None:
    with taken_back():
        known = happens(region, made)
        sequence()
        assert [region.figures(at) for at, _then in known] == [then for _at, then in known]


@settings(max_examples=examples(5, 12))
@given(st.lists(st.tuples(told, when), max_size=4), st.booleans())
def test_merging_and_parting_change_no_figure_of_a_signed_report(
    region: Region, made: Told, turned: bool
) -> None:
    """A signed report keeps its day and the moment by which it was known."""
    area = Area.objects.get(code="GN")
    with taken_back():
        happens(region, [("climb", 20), *((w, d) for w, d in made if w not in ("merge", "part"))])
        signed = NOW + 20 * HOUR
        said, now = region.figures(signed), region.figures()
        counts, left = counted(region.question(signed)), left_of_area(area, TODAY)
        pair = [region.ward.hospital.pk, region.other.hospital.pk]
        loser, winner = reversed(pair) if turned else pair
        merge_organisations(loser=loser, winner=winner, by=OFFICE, at=signed + HOUR)
        assert region.figures(signed) == said
        unmerge_organisation(loser=loser, by=OFFICE, at=signed + 2 * HOUR)
        assert region.figures(signed) == said
        assert (region.figures(), counted(region.question(signed))) == (now, counts)
        assert left_of_area(area, TODAY) == left


@settings(max_examples=examples(3, 6))
@given(st.integers(0, 500), st.booleans())
def test_an_approved_month_says_the_same_while_merged_and_when_parted(
    places: dict[str, Area], many: int, turned: bool
) -> None:
    with taken_back():
        world = counting()
        row = approved(world, {"OPERATION_DONE": many})

        def figures() -> list[object]:
            of = [Of(one.pk) for one in (world.hospital, world.other)]
            return [
                [(line.code, line.total, line.cells) for line in lines_of(each, row.month.year)]
                for each in of
            ]

        said = figures()
        pair = [world.hospital.pk, world.other.pk]
        loser, winner = reversed(pair) if turned else pair
        merge_organisations(loser=loser, winner=winner, by=OFFICE, at=NOW)
        assert figures() == said
        unmerge_organisation(loser=loser, by=OFFICE, at=NOW)
        assert figures() == said


def test_the_region_can_show_a_difference(region: Region) -> None:
    """So that what is held equal above could be unequal: a merge does move the figure of today."""
    region.do("climb", DAYS[1], NOW + HOUR)
    before = region.figures()
    merge_organisations(loser=region.ward.hospital.pk, winner=region.other.hospital.pk, by=OFFICE,
                        at=NOW + 2 * HOUR)  # fmt: skip
    climbed_at = [c[Care.BY_LOCALS] for c in before]
    assert climbed_at == [0, 1, 1, 1, 1]
    assert region.figures(NOW + HOUR / 2) != region.figures()
