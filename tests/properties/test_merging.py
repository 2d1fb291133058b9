"""Merging two organisations and parting them again loses nothing that was done in between."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.core.journal.comparing import differences_of
from marrow.core.refusals import Refused
from marrow.directory.actions import (
    add_alias,
    grade_organisation,
    merge_organisations,
    name_organisation,
    open_department,
    record_facilities,
    unmerge_organisation,
)
from marrow.directory.models import (
    Alias,
    Area,
    Department,
    Grade,
    Identifier,
    Organisation,
    SearchEntry,
)
from marrow.directory.rules import Facility
from tests.builders import NOW, OFFICE
from tests.properties.examples import taken_back

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DOCUMENT = uuid4()
word = st.sampled_from(["Ignace", "Deen", "医院", "Donka", "Hôpital"])
edit = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(["en", "zh", "fr"]), word),
    st.tuples(st.just("alias"), st.sampled_from(["en", "fr", ""]), word),
    st.tuples(st.just("grade"), st.sampled_from(["三甲", "二级"]), st.sampled_from(["", "2006"])),
    st.tuples(st.just("department"), st.sampled_from(["CLINICAL", "PLATFORM"]), word),
    st.tuples(st.just("register"), word, word),
)
edits = st.lists(st.tuples(st.booleans(), edit), min_size=1, max_size=10)
Edits = list[tuple[bool, tuple[str, str, str]]]


@pytest.fixture
def pair(places: dict[str, Area]) -> tuple[UUID, UUID]:
    """Two organisations of one register."""
    for value in ("one", "other"):
        register(value, "Hôpital", "Conakry")
    one, other = (Identifier.objects.get(value=v).organisation_id for v in ("one", "other"))
    return one, other


def register(value: str, name: str, place: str) -> None:
    row = Facility(value, name, "GN", place, "Hospital", "", "", 9.5, -13.7, "HOSPITAL")
    record_facilities(rows=[(2, row)], scheme="test", document=DOCUMENT, by=OFFICE, at=NOW)


def do(pk: UUID, value: str, told: tuple[str, str, str]) -> None:
    """One edit of an organisation that the register calls `value`."""
    kind, one, other = told
    world: dict[str, Any] = {"organisation": pk, "by": OFFICE, "at": NOW}
    if kind == "name":
        name_organisation(names={one: other}, **world)
    elif kind == "alias":
        add_alias(text=other, language=one, **world)
    elif kind == "grade":
        grade_organisation(grade=one, attained_on=other, **world)
    elif kind == "department":
        open_department(kind=one, names={"en": other}, **world)
    else:
        register(value, one, other)


def standing(pair: tuple[UUID, UUID]) -> list[Any]:
    """All that is known of both, without ids that are made up anew on every run."""
    found: list[Any] = []
    for pk in pair:
        row = Organisation.objects.filter(pk=pk).values().get()
        parts = [
            sorted(map(repr, model.objects.filter(organisation=pk).values_list(*names)))
            for model, names in (
                (Alias, ("language", "text")),
                (Grade, ("id", "grade", "attained_on")),
                (Department, ("id", "kind", "names")),
                (Identifier, ("id", "scheme", "value", "told")),
            )
        ]
        entry = SearchEntry.objects.filter(thing=pk).values("kind", "weight", "sounds", "text")
        found.append((row, parts, [e | {"text": sorted(e["text"].split("\n"))} for e in entry]))
    return found


def live(pair: tuple[UUID, UUID], made: Edits) -> None:
    for which, told in made:
        do(pair[which], ("one", "other")[which], told)


@settings(max_examples=25)
@given(edits, edits, st.booleans())
def test_parted_again_both_are_as_if_they_had_never_been_merged(
    pair: tuple[UUID, UUID], before: Edits, between: Edits, turned: bool
) -> None:
    loser, winner = reversed(pair) if turned else pair
    with taken_back():
        live(pair, before)
        live(pair, between)
        never_merged = standing(pair)
    with taken_back():
        live(pair, before)
        merge_organisations(loser=loser, winner=winner, by=OFFICE, at=NOW)
        live(pair, between)
        unmerge_organisation(loser=loser, by=OFFICE, at=NOW)
        assert standing(pair) == never_merged
        for model in (Organisation, Alias, Grade, Department, Identifier):
            assert list(differences_of(model)) == []


@settings(max_examples=25)
@given(edits)
def test_a_merge_itself_changes_where_the_loser_goes_on_and_nothing_else(
    pair: tuple[UUID, UUID], made: Edits
) -> None:
    one, other = pair
    with taken_back():
        live(pair, made)
        before = standing(pair)
        merge_organisations(loser=one, winner=other, by=OFFICE, at=NOW)
        with pytest.raises(Refused):
            merge_organisations(loser=one, winner=other, by=OFFICE, at=NOW)
        with pytest.raises(Refused):
            merge_organisations(loser=other, winner=one, by=OFFICE, at=NOW)
        after = standing(pair)
        assert after[0][0] == before[0][0] | {"successor_id": other}
        assert (after[0][1], after[1]) == (before[0][1], before[1])
