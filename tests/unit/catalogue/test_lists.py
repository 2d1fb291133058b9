"""A list is its area's: versions stay, what is wrong with a file is named, nothing by half."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from marrow.catalogue.actions import change_list, open_list, publish_version
from marrow.catalogue.jobs import LISTS, preview, take
from marrow.catalogue.models import ListVersion
from marrow.catalogue.queries import items_of, lists_of, version_at, version_page
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.sources.actions import keep_document
from marrow.sources.intake.kinds import Taking, guess, mapped
from tests.builders import ADMIN, LEADER, NOW, OFFICE
from tests.builders.catalogued import a_list, a_version, an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = dt.date(2026, 6, 1)


def of_area(code: str) -> Viewer:
    return Viewer(uuid4(), "Office", (Grant("office", AREA, Area.objects.get(code=code).pk),))


def test_an_office_opens_lists_of_its_own_area_and_of_none_else() -> None:
    for viewer in (of_area("ZM"), LEADER, ADMIN):
        with pytest.raises(NotAllowed):
            open_list(
                names=names("x"), kind="OTHER", area=Area.objects.get(code="GN"), by=viewer, at=NOW
            )
    row = a_list("Ours", area="CN-BJ")
    item = an_item()
    with pytest.raises(NotAllowed):
        publish_version(key=row.key, items=[item], valid_from=LATER, by=of_area("GN"), at=NOW)
    publish_version(key=row.key, items=[item], valid_from=LATER, by=of_area("CN"), at=NOW)
    with pytest.raises(Unseen):
        change_list(key="nothing", names=names("x"), by=OFFICE, at=NOW)


def test_a_new_version_is_a_new_row_and_the_old_one_stays() -> None:
    row, one, two, three = a_list(), an_item("One"), an_item("Two"), an_item("Three")
    first = a_version(row.key, [one, two])
    second = a_version(row.key, [three, two], LATER)
    assert [i.key for i in items_of(first)] == ["one", "two"]
    assert [i.key for i in items_of(second)] == ["three", "two"]
    assert version_at(row, dt.date(2025, 1, 1)) is None
    assert version_at(row, dt.date(2026, 3, 1)) == first
    assert version_at(row, LATER) == second
    changed = version_page(second, None).changed
    assert changed is not None
    assert ([i.key for i in changed.added], [i.key for i in changed.gone]) == (["three"], ["one"])


def test_a_version_that_says_nothing_new_or_comes_before_the_last_is_refused() -> None:
    row, one, two = a_list(), an_item("One"), an_item("Two")
    a_version(row.key, [one, two])
    for items, since in (
        ([one, two], LATER), ([one], dt.date(2026, 1, 1)), ([], LATER), ([one, one], LATER),
    ):  # fmt: skip
        with pytest.raises(Refused):
            a_version(row.key, items, since)
    assert ListVersion.objects.count() == 1


def test_a_version_of_a_mistyped_year_is_refused_and_one_still_to_come_can_be_taken_back() -> None:
    row, one, two = a_list(), an_item("One"), an_item("Two")
    a_version(row.key, [one])
    with pytest.raises(Refused, match="five years"):
        a_version(row.key, [one, two], dt.date(2099, 1, 1))
    soon = NOW.date() + dt.timedelta(days=400)
    a_version(row.key, [one, two], soon)
    act = Operation.objects.order_by("-id")[0].act
    with pytest.raises(Refused, match=f"begins only on {soon}.*take it back in its history"):
        a_version(row.key, [two], NOW.date())
    undo(act=act, by=OFFICE, at=NOW)
    assert a_version(row.key, [two], NOW.date()).number == 2


def test_the_lists_of_an_area_are_its_own_and_those_above_it() -> None:
    a_list("Of the county", area="CN-410225")
    a_list("Of China", area="CN")
    a_list("Of Guinea", area="GN")
    found = lists_of(Area.objects.get(code="CN-410225"), LATER)
    assert [one.row.key for one in found] == ["of-the-county", "of-china"]
    assert [one.count for one in found] == [None, None]


HEAD = {"清单": "Test list", "生效日期": "2026-06-01"}


def rows(*told: dict[str, str]) -> list[tuple[int, dict[str, str]]]:
    cells = [{**HEAD, **one} for one in told]
    header = list(dict.fromkeys(name for one in cells for name in one))
    return list(mapped(enumerate(cells, start=2), guess(LISTS, header)))


def taken(*told: dict[str, str], by: Viewer = OFFICE) -> tuple[dict[str, int], list[str]]:
    document = keep_document(key="l", kind="PAPER", title="A list", by=OFFICE, at=NOW)
    problems: list[str] = []
    taking = Taking(
        rows=lambda: iter(rows(*told)), document=document.pk, title="A list", by=by, at=NOW,
        told=lambda row, code: problems.append(f"{row} {code}"), progress=lambda _n, _c: None,
    )  # fmt: skip
    return take(taking), problems


def test_a_chinese_file_becomes_a_version_with_its_paper() -> None:
    row = a_list()
    an_item("Cholera", names=names("Cholera", "霍乱"), codes={"ICD10": ["A00"]})
    an_item("Plague", names=names("Plague", "鼠疫"), severity="SERIOUS")
    counts, problems = taken(
        {"编码": "A00.1", "名称": "", "严重程度": "中病"},
        {"编码": "", "名称": "鼠疫", "严重程度": "大病"},
    )
    assert (counts, problems) == ({"rows": 2, "members": 2, "versions": 1, "gone": 0}, [])
    version = row.versions.get()
    assert (str(version.valid_from), version.note) == ("2026-06-01", "A list")
    assert version.document is not None
    again, problems = taken({"编码": "A00", "名称": ""})
    assert (again["versions"], problems) == (0, ["2 NOT_LATER"])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"清单": ""}, "NO_LIST"), ({"清单": "Nowhere"}, "UNKNOWN_LIST"),
        ({"编码": "", "名称": ""}, "NO_ITEM"), ({"编码": "Q99.9"}, "UNKNOWN_ITEM"),
        ({"编码": "C34"}, "AMBIGUOUS"), ({"编码": "A00", "名称": "Plague"}, "DISAGREE"),
        ({"严重程度": "terrible"}, "BAD_SEVERITY"), ({"严重程度": "小病"}, "OTHER_SEVERITY"),
        ({"生效日期": "soon"}, "BAD_DAY"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_in_the_preview_and_nothing_is_written(
    cells: dict[str, str], code: str
) -> None:
    row = a_list()
    an_item("Cholera", codes={"ICD10": ["A00"]})
    an_item("Plague")
    an_item("Lung cancer", codes={"ICD10": ["C34"]})
    an_item("Lung cancer for resection", codes={"ICD10": ["C34"]})
    found = preview(rows({"编码": "A00", "名称": "", "严重程度": "", **cells}), OFFICE)
    assert found.problems == {code: 1}
    assert not row.versions.exists()


def test_a_row_that_stands_twice_or_on_a_list_of_another_office_is_named() -> None:
    a_list(severity="MODERATE")
    an_item("Cholera", codes={"ICD10": ["A00"]})
    _counts, problems = taken({"编码": "A00"}, {"编码": "A00"}, {"编码": "A00", "严重程度": "大病"})
    assert problems == ["2 INCOMPLETE", "3 DUPLICATE", "4 NOT_FOR_LIST"]
    counts, problems = taken({"编码": "A00"}, by=of_area("ZM"))
    assert (counts["versions"], problems) == (0, ["2 NOT_YOUR_LIST"])


def test_no_version_is_published_while_a_row_of_it_cannot_be_taken() -> None:
    row = a_list()
    kept, gone = an_item("Cholera", codes={"ICD10": ["A00"]}), an_item("Plague")
    a_version(row.key, [kept, gone])
    told = [{"编码": "A00"}, {"编码": "Q99.9"}]
    found = preview(rows(*told), OFFICE)
    assert (found.counts["versions"], found.problems) == (0, {"INCOMPLETE": 1, "UNKNOWN_ITEM": 1})
    assert taken(*told) == (found.counts, ["2 INCOMPLETE", "3 UNKNOWN_ITEM"])
    assert row.versions.count() == 1
    assert preview(rows(told[0]), OFFICE).counts["gone"] == 1, "it says how many leave the list"


def test_the_preview_promises_the_versions_that_the_import_publishes() -> None:
    row = a_list()
    an_item("Cholera", codes={"ICD10": ["A00"]})
    an_item("Plague", codes={"ICD10": ["A20"]})
    told = [
        {"编码": "A00", "生效日期": "2026-10-01"}, {"编码": "A20", "生效日期": "2026-02-01"},
        {"编码": "A00", "生效日期": "2026-12-01"},
    ]  # fmt: skip
    found = preview(rows(*told), OFFICE)
    assert (found.counts["versions"], found.problems) == (2, {"SAME": 1})
    assert (found.counts, [f"{n} {c}" for n, c in found.lines]) == taken(*told)
    assert [str(v.valid_from) for v in row.versions.order_by("number")] == [
        "2026-02-01", "2026-10-01",
    ]  # fmt: skip
    again = preview(rows(*told), OFFICE)
    assert (again.counts["versions"], again.problems) == (0, {"NOT_LATER": 2, "SAME": 1})
    assert not taken(*told)[0]["versions"]
