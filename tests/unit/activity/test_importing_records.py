"""Single records from a file: previewed by the rule that takes them, and taken once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marrow.activity.columns import NotRead
from marrow.activity.models import Deed
from marrow.activity.places import Teams
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Organisation
from marrow.sources.intake.kinds import KINDS
from tests.builders import OFFICE, a_batch, a_hospital, a_site
from tests.builders.catalogued import an_item
from tests.unit.activity.test_importing import rows, taken

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
GOOD = {
    "医院": "Un Test", "日期": "2026-03-04", "类别": "OPERATION_DONE", "技术": "",
    "专业": "", "数量": "", "人群": "", "科室": "", "医疗队": "",
}  # fmt: skip


@pytest.fixture
def hospital(places: object) -> Organisation:
    return a_hospital("Un Test")


def test_rows_become_records_once_and_alike_rows_are_several(hospital: Organisation) -> None:
    item = an_item("Appendectomy")
    told = ({**GOOD, "技术": "Appendectomy"}, GOOD, GOOD)
    found = KINDS["records"].preview(rows(*told, kind="records"), OFFICE)
    assert (found.counts["new"], found.problems, Deed.objects.count()) == (3, {}, 0)
    assert taken(*told, kind="records") == ({"rows": 3, "new": 3, "known": 0}, [])
    assert taken(*told, kind="records")[0] == {"rows": 3, "new": 0, "known": 3}
    assert Deed.objects.get(item=item).specialty == item.specialty


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("医院", "", "NO_PLACE"), ("医院", "Nowhere Xyzzy", "UNKNOWN_PLACE"),
        ("日期", "x", "BAD_DAY"),
        ("日期", "2031-01-01", "REFUSED"), ("类别", "magic", "BAD_KIND"), ("数量", "2", "REFUSED"),
        ("技术", "Nothing", "UNKNOWN_ITEM"), ("专业", "magic", "BAD_SPECIALTY"),
        ("医疗队", "Nobody’s team", "UNKNOWN_TEAM"),
        ("人群", "wizards", "BAD_GROUP"), ("科室", "Ward Xyzzy", "UNKNOWN_DEPARTMENT"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_before_and_after(
    hospital: Organisation, column: str, text: str, code: str
) -> None:
    told = ({**GOOD, column: text}, GOOD)
    found = KINDS["records"].preview(rows(*told, kind="records"), OFFICE)
    assert (found.lines, found.counts["new"]) == (((2, code),), 1)
    assert taken(*told, kind="records")[1] == [f"2 {code}"]


def test_a_row_tells_how_many_people_a_lecture_reached_or_is_named_where_it_tells_nothing(
    hospital: Organisation,
) -> None:
    bare = {**GOOD, "类别": "讲座"}
    several = ({**bare, "受众人数": "45"}, {**bare, "人群": "LOCAL"}, bare)
    told = tuple({"受众人数": "", **row} for row in several)
    found = KINDS["records"].preview(rows(*told, kind="records"), OFFICE)
    assert (found.lines, found.counts["new"]) == (((4, "NOTHING_TOLD"),), 2)
    assert taken(*told, kind="records") == ({"rows": 3, "new": 2, "known": 0}, ["4 NOTHING_TOLD"])
    assert set(Deed.objects.values_list("people_reached", flat=True)) == {45, None}
    wrong = {**GOOD, "受众人数": "45"}
    assert taken(wrong, kind="records")[1] == ["2 REFUSED"], "of an operation nobody asks"


def test_a_row_may_name_the_team_that_did_it(hospital: Organisation) -> None:
    team = a_batch(7)
    elsewhere = {**GOOD, "医疗队": team.key}
    assert taken(elsewhere, kind="records")[1] == ["2 UNKNOWN_TEAM"]  # it never worked there
    a_site(team, organisation=hospital)
    told = (elsewhere, {**GOOD, "医疗队": str(team)}, GOOD)
    assert taken(*told, kind="records") == ({"rows": 3, "new": 3, "known": 0}, [])
    assert Deed.objects.filter(mission=team).count() == 2
    assert taken(*told, kind="records")[0] == {"rows": 3, "new": 0, "known": 3}


def test_an_office_brings_in_records_of_its_own_teams_alone(hospital: Organisation) -> None:
    team = a_batch(7)
    a_site(team, organisation=hospital)
    other = Viewer(uuid4(), grants=(Grant("office", AREA, uuid4()),))
    with pytest.raises(NotRead, match="NOT_YOUR_TEAM"):
        Teams(other).named(hospital, team.key)


def test_a_file_is_taken_in_one_pass_and_not_row_by_row(hospital: Organisation) -> None:
    few = [{**GOOD, "数量": ""}] * 5
    many = [{**GOOD, "日期": "2026-03-05"}] * 60
    with CaptureQueriesContext(connection) as first:
        taken(*few, kind="records")
    with CaptureQueriesContext(connection) as second:
        taken(*many, kind="records")
    assert Deed.objects.count() == 65
    assert len(second) <= len(first) + 2
