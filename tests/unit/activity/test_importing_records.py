"""Single records from a file: previewed by the rule that takes them, and taken once."""

from __future__ import annotations

import pytest

from marrow.activity.models import Deed
from marrow.directory.models import Organisation
from marrow.sources.intake.kinds import KINDS
from tests.builders import OFFICE, a_hospital
from tests.builders.catalogued import an_item
from tests.unit.activity.test_importing import rows, taken

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
GOOD = {
    "医院": "Un Test", "日期": "2026-03-04", "类别": "OPERATION_DONE", "技术": "",
    "专业": "", "数量": "", "人群": "", "科室": "",
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
