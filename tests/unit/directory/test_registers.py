"""Registers: taken in once, told problems, doubles found, merged and parted again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from marrow.core.journal.folding import fold, table
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.directory.actions import (
    add_alias,
    merge_organisations,
    name_organisation,
    record_facilities,
    tell_apart,
    unmerge_organisation,
)
from marrow.directory.likeness import find_likely
from marrow.directory.models import Area, Identifier, Likeness, Organisation
from marrow.directory.queries import hits
from marrow.directory.rules import Facility, read_facility
from marrow.sources.actions import keep_document
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER, a_few_places, a_hospital

pytestmark = pytest.mark.both
DOCUMENT = Organisation().pk


def rows(*told: dict[str, str]) -> list[tuple[int, Facility]]:
    found = []
    for number, cells in enumerate(told, start=1):
        facility = read_facility({"country": "Guinea", **cells})
        assert isinstance(facility, Facility)
        found.append((number, facility))
    return found


def take(*told: dict[str, str], scheme: str = "test") -> dict[str, int]:
    taken = record_facilities(rows=rows(*told), scheme=scheme, document=DOCUMENT, by=OFFICE, at=NOW)
    return dict(taken.counts)


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
class TestTakingIn:
    def test_a_row_becomes_an_organisation_that_keeps_the_registers_words(self) -> None:
        take({"name": "Hôpital Ignace Test", "type": "Hospital", "lat": "9.5", "lon": "-13.7"})
        row = Organisation.objects.get()
        assert (row.kind, row.lat, row.lon) == ("HOSPITAL", 9.5, -13.7)
        told = Identifier.objects.get().told
        assert told["name"] == "Hôpital Ignace Test"
        assert told["country"] == "Guinea"

    def test_the_same_file_again_adds_nothing(self) -> None:
        row = {"name": "Centre de Santé Test", "id": "17"}
        assert take(row) == {"new": 1}
        assert take(row) == {"known": 1, "new": 0}
        assert Organisation.objects.count() == 1

    def test_a_newer_telling_changes_what_nobody_here_has_changed(self) -> None:
        take({"name": "Poste Test", "id": "1", "owner": "MoH"})
        name_organisation(
            organisation=Organisation.objects.get().pk, names={"fr": "À nous"}, by=OFFICE, at=NOW
        )
        take({"name": "Poste Test 2", "id": "1", "owner": "NGO"})
        row = Organisation.objects.get()
        assert row.owner_as_told == "NGO"
        assert row.names == {"fr": "À nous"}

    def test_a_country_that_nobody_knows_is_a_problem_of_its_row(self) -> None:
        bad = read_facility({"name": "X Hospital", "country": "Atlantis"})
        assert isinstance(bad, Facility)
        taken = record_facilities(rows=[(7, bad)], scheme="t", document=DOCUMENT, by=OFFICE, at=NOW)
        assert taken.problems == [(7, "UNKNOWN_COUNTRY")]
        assert not Organisation.objects.exists()

    def test_only_a_programme_office_takes_registers_in(self) -> None:
        for viewer in (AUDITOR, STRANGER):
            with pytest.raises(NotAllowed):
                record_facilities(rows=[], scheme="t", document=DOCUMENT, by=viewer, at=NOW)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"country": "Guinea"}, "NO_NAME"),
        ({"name": "A hospital"}, "NO_COUNTRY"),
        ({"name": "x" * 301, "country": "GN"}, "NAME_TOO_LONG"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], code: str) -> None:
    assert read_facility(cells) == code


@pytest.mark.parametrize("lat", ["", "north", "0", "nan", "123", "1e999"])
def test_coordinates_that_are_none_are_left_out(lat: str) -> None:
    told = read_facility({"name": "A", "country": "GN", "lat": lat, "lon": "0"})
    assert isinstance(told, Facility)
    assert told.lat is None
    assert told.lon is None


def test_a_veterinary_practice_marked_hospital_is_none() -> None:
    told = read_facility({"name": "Veterinary Hospital", "country": "KE", "type": "veterinary"})
    assert isinstance(told, Facility)
    assert told.kind == "OTHER"


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
class TestDoubles:
    def test_the_same_hospital_under_another_spelling_nearby_is_proposed(self) -> None:
        take({"name": "Hôpital Donka Test", "lat": "9.535", "lon": "-13.680"}, scheme="one")
        take({"name": "Donka Test Hospital", "lat": "9.536", "lon": "-13.678"}, scheme="two")
        take({"name": "Donka Test Hospital", "lat": "8.000", "lon": "-10.000"}, scheme="three")
        assert find_likely() == 1
        pair = Likeness.objects.get()
        assert pair.kilometres is not None
        assert pair.kilometres < 1
        assert pair.area == pair.one.area

    def test_numbered_posts_are_not_taken_for_one(self) -> None:
        take({"name": "Poste Kaloum 1", "lat": "9.535", "lon": "-13.680"}, scheme="one")
        take({"name": "Poste Kaloum 2", "lat": "9.535", "lon": "-13.680"}, scheme="two")
        assert find_likely() == 0

    def test_told_apart_is_not_proposed_again(self) -> None:
        take({"name": "Donka Test", "lat": "9.535", "lon": "-13.680"}, scheme="one")
        take({"name": "Donka Test", "lat": "9.535", "lon": "-13.681"}, scheme="two")
        find_likely()
        pair = Likeness.objects.get()
        tell_apart(one=pair.one_id, other=pair.other_id, by=OFFICE, at=NOW)
        assert find_likely() == 0

    def test_a_merged_organisation_is_found_by_its_old_name_and_leads_on(self) -> None:
        gone, stays = a_hospital("Ancien Nom Test"), a_hospital("Nouveau Test")
        merge_organisations(loser=gone.pk, winner=stays.pk, by=OFFICE, at=NOW)
        assert [h.id for h in hits("ancien nom")] == [stays.pk]

    def test_merging_twice_or_with_itself_is_refused(self) -> None:
        gone, stays = a_hospital("Un Test"), a_hospital("Deux Test")
        with pytest.raises(Refused):
            merge_organisations(loser=stays.pk, winner=stays.pk, by=OFFICE, at=NOW)
        merge_organisations(loser=gone.pk, winner=stays.pk, by=OFFICE, at=NOW)
        with pytest.raises(Refused):
            merge_organisations(loser=gone.pk, winner=stays.pk, by=OFFICE, at=NOW)
        with pytest.raises(Refused):
            merge_organisations(loser=stays.pk, winner=gone.pk, by=OFFICE, at=NOW)

    def test_what_is_not_there_is_unseen(self) -> None:
        with pytest.raises(Unseen):
            merge_organisations(loser=DOCUMENT, winner=DOCUMENT, by=OFFICE, at=NOW)


EDIT = st.tuples(
    st.booleans(), st.sampled_from(["name", "alias"]), st.text("abcé ", min_size=1, max_size=8)
)


class MergeIsUndone(TestCase):
    """After ten later edits of either side, parting them restores both with every edit."""

    def setUp(self) -> None:
        a_few_places()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(EDIT, min_size=10, max_size=10))
    def test_a_merge_and_its_undoing_lose_nothing(self, edits: list[Any]) -> None:
        twins = [(a_hospital("Perdant"), a_hospital("Gagnant")) for _side in range(2)]
        merged, control = twins
        merge_organisations(loser=merged[0].pk, winner=merged[1].pk, by=OFFICE, at=NOW)
        for pair in twins:
            for first, what, text in edits:
                row = pair[0] if first else pair[1]
                if what == "name":
                    name_organisation(
                        organisation=row.pk, names={"fr": f"N{text}"}, by=OFFICE, at=NOW
                    )
                else:
                    add_alias(
                        organisation=row.pk, text=f"A{text}", language="fr", by=OFFICE, at=NOW
                    )
        unmerge_organisation(loser=merged[0].pk, by=OFFICE, at=NOW)
        for one, other in zip(merged, control, strict=True):
            one.refresh_from_db()
            other.refresh_from_db()
            assert one.names == other.names
            assert one.successor is None
            spellings = [sorted(a.text for a in row.aliases.all()) for row in (one, other)]
            assert spellings[0] == spellings[1]
        sequence()
        assert fold(Organisation) == table(Organisation)


def test_a_chinese_register_is_placed_by_its_codes(places: dict[str, Area]) -> None:
    """City and county codes of GB/T 2260; one that is not here lies in its province."""
    rows = [
        {"name": "兰考县中心医院", "area_code": "410225"},
        {"name": "某县医院", "area_code": "410299"},
    ]
    document = keep_document(key="c", kind="REGISTER", title="中国", by=OFFICE, at=NOW)
    read = [(n, read_facility(row)) for n, row in enumerate(rows, 1)]
    record_facilities(
        rows=[(n, f) for n, f in read if isinstance(f, Facility)], scheme="c",
        document=document.pk, by=OFFICE, at=NOW,
    )  # fmt: skip
    placed = {o.names["zh"]: o.area.code for o in Organisation.objects.all() if o.area}
    assert placed["兰考县中心医院"] == "CN-410225"
    assert placed["某县医院"] in ("CN-410200", "CN-HA")
    assert read_facility({"name": "x"}) == "NO_COUNTRY"
