"""Monthly counts from a file: bad rows are named, the known left alone, both bases kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from marrow.activity import actions
from marrow.activity.models import Count, Indicator, Report
from marrow.activity.places import COUNTS, PROBLEMS
from marrow.activity.queries import figures
from marrow.activity.queries.figures import Of
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area, Identifier, Organisation
from marrow.sources.actions import keep_document
from marrow.sources.intake.kinds import KINDS, Preview, Taking, guess, mapped
from tests.builders import NOW, OFFICE, a_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
GOOD = {
    "Year": "2015", "Month": "1", "Facility_ID": "Un Test", "Appt_Type": "Over5OPD",
    "Usage": "637.1989720702655",
}  # fmt: skip


@pytest.fixture
def hospital(places: object) -> Organisation:
    return a_hospital("Un Test")


def rows(*told: dict[str, str], kind: str = "counts") -> list[tuple[int, dict[str, str]]]:
    mapping = guess(KINDS[kind], list(dict.fromkeys(n for cells in told for n in cells)))
    return list(mapped(enumerate(told, start=2), mapping))


def taken(*told: dict[str, str], kind: str = "counts", by: Viewer = OFFICE) -> tuple[Any, Any]:
    document = keep_document(key=kind, kind="DATASET", title="Counts", by=OFFICE, at=NOW)
    problems: list[str] = []
    counts = KINDS[kind].take(
        Taking(
            rows=lambda: iter(rows(*told, kind=kind)), document=document.pk, title="Counts", by=by,
            at=NOW, told=lambda row, code: problems.append(f"{row} {code}"),
            progress=lambda _n, _c: None,
        )
    )  # fmt: skip
    return counts, problems


def test_both_bases_are_kept_and_never_added(hospital: Organisation) -> None:
    taken({**GOOD, "Usage": "578.0"})
    taken(GOOD, kind="counts-adjusted")
    assert Report.objects.get().state == "SUBMITTED"
    words = Indicator.objects.get()
    of = Of(organisation=hospital.pk)
    assert figures.lines_of(of, 2015) == []  # no figure until a person says what it is
    assert figures.unnamed_of(hospital.pk, 2015, "REPORTED")[0].total == 578
    actions.say_what_it_is(indicator=words.pk, kind="VISIT", by=OFFICE, at=NOW)
    assert figures.total_of(of, "VISIT", 2015) == 578
    (line,) = figures.lines_of(of, 2015, "ADJUSTED")
    assert line.total == Decimal("637.198972")


def test_the_same_file_again_adds_nothing_and_a_changed_cell_changes_one(
    hospital: Organisation,
) -> None:
    assert taken(GOOD, {**GOOD, "Month": "2"})[0]["new"] == 2
    again, _none = taken(GOOD, {**GOOD, "Month": "2", "Usage": "12"})
    assert (again["new"], again["known"], again["changed"]) == (0, 1, 1)
    assert sorted(Count.objects.values_list("report__month__month", "value"))[1][1] == 12


def test_absent_is_not_nought(hospital: Organisation) -> None:
    absent, nought = {"Month": "2", "Usage": ""}, {"Month": "3", "Usage": "0.0"}
    counts, problems = taken(GOOD, GOOD | absent, GOOD | nought)
    assert (counts["new"], counts["absent"], problems) == (2, 1, [])
    assert sorted(Count.objects.values_list("value", flat=True))[0] == 0


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Facility_ID", "", "NO_PLACE"), ("Facility_ID", "Nowhere Xyzzy", "UNKNOWN_PLACE"),
        ("Appt_Type", "", "NO_KIND"), ("Appt_Type", "x" * 121, "KIND_TOO_LONG"),
        ("Month", "13", "BAD_MONTH"), ("Month", "soon", "BAD_MONTH"), ("Year", "2999", "BAD_MONTH"),
        ("Usage", "many", "BAD_VALUE"), ("Usage", "-1", "BAD_VALUE"), ("Usage", "nan", "BAD_VALUE"),
        ("Usage", "1e99", "BAD_VALUE"), ("Department", "Ward Xyzzy", "UNKNOWN_DEPARTMENT"),
        ("Specialty", "magic", "BAD_SPECIALTY"), ("Group", "wizards", "BAD_GROUP"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_row_and_the_rest_is_taken(
    hospital: Organisation, column: str, text: str, code: str
) -> None:
    good = {**GOOD, "Department": "", "Specialty": "", "Group": ""}
    counts, problems = taken({**good, column: text}, {**good, "Month": "5"})
    assert (problems, counts["new"]) == ([f"2 {code}"], 1)
    assert PROBLEMS[code]["zh"]
    assert set(counts) <= set(COUNTS)


def test_a_hospital_is_found_by_its_number_in_a_register(hospital: Organisation) -> None:
    Identifier.objects.create(organisation=hospital, scheme="r", value="31")
    assert taken({**GOOD, "Facility_ID": "31"})[0]["new"] == 1
    Identifier.objects.create(organisation=a_hospital("Deux"), scheme="s", value="31")
    assert taken({**GOOD, "Facility_ID": "31"})[1] == ["2 SEVERAL_PLACES"]


def test_our_own_kinds_are_read_in_three_languages(hospital: Organisation) -> None:
    told = [{**GOOD, "Appt_Type": w} for w in ("诊疗人次", "operations assisted", "Accouchements")]
    taken(*told)
    kinds = sorted(Indicator.objects.values_list("kind", flat=True))
    assert kinds == ["DELIVERY", "OPERATION_ASSISTED", "VISIT"]


def test_an_office_brings_in_counts_of_its_own_hospitals_alone(hospital: Organisation) -> None:
    gansu = Area.objects.get(code="CN-GS")
    office = Viewer(OFFICE.person, "Gansu", (Grant("office", AREA, gansu.pk),))
    assert taken(GOOD, by=office)[1] == ["2 NOT_YOUR_PLACE"]
    taken(GOOD)
    with pytest.raises(NotAllowed):
        actions.say_what_it_is(
            indicator=Indicator.objects.get().pk, kind="VISIT", by=office, at=NOW
        )


@pytest.mark.parametrize("state", ["REVIEWED", "APPROVED"])
def test_a_month_that_somebody_vouched_for_takes_nothing_from_a_file(
    hospital: Organisation, state: str
) -> None:
    taken(GOOD)
    Report.objects.update(state=state)
    counts, problems = taken(GOOD, {**GOOD, "Appt_Type": "ANC"})
    assert (counts["known"], problems) == (1, [f"3 {state}"])
    assert taken({**GOOD, "Usage": "3"})[1] == [f"2 {state}"]


def test_the_same_cell_twice_with_another_value_is_a_problem(hospital: Organisation) -> None:
    assert taken(GOOD, {**GOOD, "Usage": "3"})[1] == ["3 TWICE"]


def test_a_preview_writes_nothing(hospital: Organisation) -> None:
    told: Preview = KINDS["counts"].preview(rows(GOOD, {**GOOD, "Usage": "x"}), OFFICE)
    assert (told.counts["new"], told.problems) == (1, {"BAD_VALUE": 1})
    assert told.sample[0]["Month"] == "2015-01"
    assert not Report.objects.exists()


def test_a_preview_says_what_a_word_already_counts_as(hospital: Organisation) -> None:
    """Whoever reads it knows that a figure moves."""
    taken(GOOD)
    later = rows({**GOOD, "Month": "2"})
    (line,) = KINDS["counts"].preview(later, OFFICE).sample
    assert line["What"] == "Over5OPD (no kind yet)"
    word = Indicator.objects.get()
    actions.say_what_it_is(indicator=word.pk, kind="VISIT", by=OFFICE, at=NOW)
    (line,) = KINDS["counts"].preview(later, OFFICE).sample
    assert line["What"] == "Over5OPD (counts as visits)"


def test_our_own_kinds_keep_their_meaning(hospital: Organisation) -> None:
    taken({**GOOD, "Appt_Type": "visits"})
    with pytest.raises(Refused):
        actions.say_what_it_is(
            indicator=Indicator.objects.get().pk, kind="RESCUE", by=OFFICE, at=NOW
        )


def promised(*told: dict[str, str], kind: str = "counts") -> tuple[dict[str, int], list[str]]:
    """What the preview says: the counts, and the rows with their codes."""
    found = KINDS[kind].preview(rows(*told, kind=kind), OFFICE)
    return found.counts, [f"{row} {code}" for row, code in found.lines]


def test_a_preview_promises_what_the_import_does(hospital: Organisation) -> None:
    told = (GOOD, GOOD, {**GOOD, "Usage": "97"}, {**GOOD, "Month": "2"})
    counts, lines = promised(*told)
    assert (counts["new"], counts["known"], lines) == (2, 1, ["4 TWICE"])
    assert (counts, lines) == taken(*told)
    again = ({**GOOD, "Usage": "12"}, {**GOOD, "Month": "2"}, {**GOOD, "Usage": "13"})
    expected = promised(*again)
    assert (expected[0]["changed"], expected[0]["known"], expected[1]) == (1, 1, ["4 TWICE"])
    assert expected == taken(*again)
    assert promised(GOOD, kind="counts-adjusted")[0]["new"] == 1  # the other basis is another cell
    Report.objects.update(state="APPROVED")
    assert promised(GOOD)[1] == ["2 APPROVED"]
