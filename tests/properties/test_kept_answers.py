"""What is kept of a list's answers is never another answer than the measure's own, whatever was
written down since, in whatever order, numbered or not."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.capacity.actions.keeping import keep_answers
from marrow.capacity.models import (
    Equipment,
    EquipmentChange,
    Expected,
    KeptAnswers,
    Presence,
    Step,
    Supervision,
)
from marrow.capacity.queries import Question, care_of, counted_all, world_of
from marrow.capacity.queries.touched import MODELS
from marrow.capacity.rules.care import Care, outcomes_on
from marrow.catalogue.models import Item, List, ListMember, ListVersion, Requirement
from marrow.core.journal.acts import Act
from marrow.core.journal.sequencer import sequence
from marrow.core.journal.writing import journal
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Site
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE
from tests.builders.capability import SPECIALTY
from tests.builders.catalogued import an_item
from tests.builders.trying import examples
from tests.properties.examples import taken_back
from tests.properties.test_what_was_known import DAY, HOUR, MACHINE, TODAY, Region

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
WHEN = (TODAY - 15 * DAY, TODAY)
TRY = Act("try_kept_answers", "Tried")
OTHER = "ONCOLOGY"
KNOWN = ("climb", "relapse", "void", "down", "works", "out", "there", "merge", "part")
RARE = (
    "afar", "afar ends", "seat", "stay", "site", "moves", "item", "needs", "no need", "expected",
    "not expected", "code", "version", "path", "nurses", "list", "need ends", "item keeps",
)  # fmt: skip
acts = st.tuples(st.sampled_from((*KNOWN, *RARE, "keep", "keep", "number")), st.integers(0, 39))


def saved(row: Record, at: dt.datetime, **changed: object) -> None:
    for column, value in changed.items():
        setattr(row, column, value)
    with journal(TRY, by=OFFICE, at=at) as page:
        page.save(row)


class Wider(Region):
    """The same with a second item of another specialty, and all that may change what counts."""

    def __init__(self) -> None:
        super().__init__()
        self.second = an_item("Chemotherapy", kind="SERVICE", specialty=OTHER)

    def do(self, what: str, on: dt.date, at: dt.datetime) -> None:
        if what in KNOWN:
            super().do(what, on, at)
        elif what == "number":
            sequence()
        elif what == "keep":
            sequence()
            keep_answers()
        else:
            getattr(self, "_" + what.replace(" ", "_"))(on, at)

    def _afar(self, on: dt.date, at: dt.datetime) -> None:
        row = Supervision(
            organisation=self.other.hospital, specialty=OTHER, from_on=on,
            until_on=on + 9 * DAY, expert=uuid4(), expert_name="Afar", offered_at=at, signed_at=at,
        )  # fmt: skip
        saved(row, at)

    def _afar_ends(self, on: dt.date, at: dt.datetime) -> None:
        if row := Supervision.objects.first():
            saved(row, at, ended_on=max(on, row.from_on))

    def _seat(self, on: dt.date, at: dt.datetime) -> None:
        row = Seat.objects.get(mission=self.ward.mission)
        saved(row, at, specialty=OTHER if row.specialty == SPECIALTY else SPECIALTY)

    def _stay(self, on: dt.date, at: dt.datetime) -> None:
        row = Assignment.objects.get(seat__mission=self.ward.mission)
        saved(row, at, ended_on=on) if row.started_on else saved(row, at, started_on=on)

    def _site(self, on: dt.date, at: dt.datetime) -> None:
        row = Site.objects.get(mission=self.ward.mission)
        here = row.organisation_id == self.ward.hospital.pk
        saved(row, at, organisation=(self.other if here else self.ward).hospital)

    def _moves(self, on: dt.date, at: dt.datetime) -> None:
        row = Organisation.objects.get(pk=self.ward.hospital.pk)
        here = row.area is not None and row.area.code == "GN"
        saved(row, at, area=Area.objects.get(code="ZM" if here else "GN"))

    def _item(self, on: dt.date, at: dt.datetime) -> None:
        row = Item.objects.get(pk=self.item.pk)
        saved(row, at, specialty=OTHER if row.specialty == SPECIALTY else SPECIALTY)

    def _needs(self, on: dt.date, at: dt.datetime) -> None:
        told = {"item": self.item, "kind": "STAFF", "role": "NURSE", "specialty": ""}
        if not Requirement.objects.filter(**told, until_on=None).exists():
            saved(Requirement(**told, count=2), at)

    def _no_need(self, on: dt.date, at: dt.datetime) -> None:
        if row := Requirement.objects.filter(item=self.item).order_by("pk").first():
            with journal(TRY, by=OFFICE, at=at) as page:
                page.remove(row)

    def _need_ends(self, on: dt.date, at: dt.datetime) -> None:
        if row := Requirement.objects.filter(item=self.item, until_on=None).order_by("pk").first():
            saved(row, at, until_on=on)

    def _item_keeps(self, on: dt.date, at: dt.datetime) -> None:
        row = Item.objects.get(pk=self.item.pk)
        before = [*(row.specialty_before or []), [row.specialty, on.isoformat()]]
        other = OTHER if row.specialty == SPECIALTY else SPECIALTY
        saved(row, at, specialty=other, specialty_before=before)

    def _nurses(self, on: dt.date, at: dt.datetime) -> None:
        row = Presence(
            organisation=self.ward.hospital, kind="STAFF", role="NURSE", count=on.day % 3, on=on,
            told_at=at, told_by=uuid4(),
        )  # fmt: skip
        saved(row, at)

    def _not_expected(self, on: dt.date, at: dt.datetime) -> None:
        if row := Expected.objects.filter(list=self.list).order_by("pk").first():
            with journal(TRY, by=OFFICE, at=at) as page:
                page.remove(row)

    def _expected(self, on: dt.date, at: dt.datetime) -> None:
        for one in (self.ward.hospital, self.other.hospital):
            if not Expected.objects.filter(list=self.list, organisation=one).exists():
                saved(Expected(list=self.list, organisation=one), at)

    def _code(self, on: dt.date, at: dt.datetime) -> None:
        row = Equipment.objects.get(pk=self.machine.pk)
        saved(row, at, machine="another" if row.machine == MACHINE else MACHINE)

    def _version(self, on: dt.date, at: dt.datetime) -> None:
        number = ListVersion.objects.filter(list=self.list).count() + 1
        version = ListVersion(list=self.list, number=number, valid_from=on)
        saved(version, at)
        for n, item in enumerate((self.item, self.second)[: 1 + number % 2]):
            saved(ListMember(version=version, item=item, position=n), at)
        step = Step(
            organisation=self.other.hospital, item=self.second, level=3, on=on, state="HOLDS",
            proposed_by=uuid4(), proposed_at=at, held_at=at,
        )  # fmt: skip
        saved(step, at)

    def _path(self, on: dt.date, at: dt.datetime) -> None:
        row = Area.objects.get(code="GN")
        saved(row, at, path="/002/GN/" if row.path == "/GN/" else "/GN/")

    def _list(self, on: dt.date, at: dt.datetime) -> None:
        row = List.objects.select_related("area").get(pk=self.list.pk)
        saved(row, at, area=Area.objects.get(code="ZM" if row.area.code == "GN" else "GN"))

    def told(self) -> list[dict[str, Care]]:
        """As pages tell it."""
        return [care_of(self.asked(day)) for day in WHEN]

    def measured(self) -> list[dict[str, Care]]:
        """As the measure has it, worked out from the rows."""
        return [outcomes_on(world_of(self.asked(day)), day) for day in WHEN]

    def asked(self, day: dt.date) -> Question:
        listing = List.objects.select_related("area").get(pk=self.list.pk)
        return Question(listing.area, listing, day)


@settings(max_examples=examples(4, 12))
@given(st.lists(acts, min_size=2, max_size=7))
def test_an_answer_that_is_kept_is_the_measures_own(
    places: dict[str, Area], made: list[tuple[str, int]]
) -> None:
    with taken_back():
        region = Wider()
        region.do("keep", TODAY, NOW)
        for hour, (what, days) in enumerate(made, 1):
            with suppress(Refused):  # then nothing happened
                region.do(what, TODAY - days * DAY, NOW + hour * HOUR)
            assert region.told() == region.measured(), (what, made[:hour])
        listing = region.asked(TODAY).list
        assert counted_all([listing], TODAY)[listing.pk].total() == len(region.told()[-1])


@pytest.mark.parametrize("what", [*KNOWN, *RARE])
def test_whatever_changes_is_told_at_once(places: dict[str, Area], what: str) -> None:
    """Each kind of change by itself, after what it changes was kept."""
    region = Wider()
    before = ["climb", "version", "afar"]
    before += {"part": ["merge"], "works": ["down"], "there": ["out"], "code": ["down"],
               "not expected": ["relapse"], "expected": ["relapse", "not expected"],
               "no need": ["down"], "nurses": ["needs"], "item": ["relapse"], "seat": ["relapse"],
               "stay": ["relapse"], "site": ["relapse"], "afar ends": [],
               "needs": ["nurses"], "need ends": ["down"],
               "item keeps": ["relapse"]}.get(what, [])  # fmt: skip
    for hour, one in enumerate(before):
        with suppress(Refused):
            region.do(one, TODAY - 30 * DAY, NOW + hour * HOUR)
    region.do("keep", TODAY, NOW)
    assert region.told() == region.measured()
    with suppress(Refused):
        region.do(what, TODAY - 20 * DAY, NOW + 9 * HOUR)
    assert region.told() == region.measured()
    region.do("keep", TODAY, NOW)
    assert region.told() == region.measured()


SEEN: list[tuple[type[Record], list[str], str]] = [
    (Step, ["climb"], "relapse"), (Item, ["climb", "relapse"], "item"),
    (Requirement, ["climb", "nurses"], "needs"), (Presence, ["climb"], "out"),
    (Equipment, ["climb", "down"], "code"), (EquipmentChange, ["climb"], "down"),
    (Supervision, ["version", "version"], "afar"),
    (Assignment, ["climb", "relapse"], "stay"), (Seat, ["climb", "relapse"], "seat"),
    (Site, ["climb", "relapse"], "site"),
    (Expected, ["climb", "relapse", "merge", "not expected", "not expected"], "expected"),
    (Organisation, ["climb"], "moves"), (Organisation, ["climb", "seat", "relapse"], "merge"),
    (List, ["climb"], "list"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "before", "what"), SEEN)
def test_what_is_not_watched_would_be_told_too_late(
    places: dict[str, Area], monkeypatch: pytest.MonkeyPatch, model: type[Record],
    before: list[str], what: str,
) -> None:  # fmt: skip
    """So that what is held equal above could be unequal."""
    region = Wider()
    for hour, one in enumerate(before):
        region.do(one, TODAY - 30 * DAY, NOW + hour * HOUR)
    region.do("keep", TODAY, NOW)
    region.do(what, TODAY - 20 * DAY, NOW + 20 * HOUR)
    assert region.told() == region.measured()
    monkeypatch.setitem(MODELS, model, ())
    assert region.told() != region.measured()


def test_of_a_list_of_which_nothing_was_touched_nothing_is_read_anew(
    places: dict[str, Area],
) -> None:
    region = Wider()
    region.do("climb", TODAY - 20 * DAY, NOW)
    region.do("keep", TODAY, NOW)
    assert keep_answers() == 0
    with CaptureQueriesContext(connection) as asked:
        assert [*region.told()[-1].values()] == [Care.BY_LOCALS]
    assert not [q for q in asked.captured_queries if "capacity_step" in q["sql"]]
    region.do("relapse", TODAY, NOW + HOUR)
    assert [*region.told()[-1].values()] != [Care.BY_LOCALS]


def test_what_an_older_wording_of_the_measure_made_is_not_told(places: dict[str, Area]) -> None:
    region = Wider()
    region.do("climb", TODAY - 20 * DAY, NOW)
    region.do("keep", TODAY, NOW)
    KeptAnswers.objects.update(made_by=0, turns={str(region.item.pk): []})
    assert region.told() == region.measured()
    region.do("keep", TODAY, NOW)
    assert KeptAnswers.objects.get().made_by == 1


def test_every_table_from_which_the_measure_reads_is_watched(places: dict[str, Area]) -> None:
    """So that nothing on which an answer rests can change without being told at once."""
    region = Wider()
    for what in ("climb", "afar", "needs", "nurses"):
        region.do(what, TODAY - 20 * DAY, NOW)
    with CaptureQueriesContext(connection) as asked:
        world_of(region.asked(TODAY))
    read = {
        word.strip('"')
        for query in asked.captured_queries
        for word in query["sql"].split()
        if word.strip('"').split("_")[0]
        in ("capacity", "catalogue", "directory", "missions", "teams")
        and "." not in word
    }
    watched = {model._meta.db_table for model in MODELS}
    # which version holds is asked anew each time; a mission only leads from its seats to its sites
    led_by = {"catalogue_listversion", "catalogue_list", "missions_mission"}
    assert read - watched - led_by == set()
    assert len(read) > 10
