"""When briefs and checks are due, what a list's figures are, and what the WHO's form is told."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.briefs.rules import mds, months
from marrow.briefs.rules.mds import Cells, Done
from marrow.briefs.rules.operating import (
    DAY_1,
    WEEK_6,
    Listed,
    due,
    fault_of_check,
    is_late,
    rates,
)

DAY = dt.timedelta(days=1)
OPERATED = dt.date(2026, 3, 10)


def test_a_brief_is_of_each_month_with_a_day_on_post_and_waited_for_ten_days() -> None:
    today = dt.date(2026, 4, 11)
    found = months.months_of(dt.date(2026, 2, 28), None, today)
    assert found == [dt.date(2026, 4, 1), dt.date(2026, 3, 1), dt.date(2026, 2, 1)]
    assert months.months_of(dt.date(2026, 2, 28), dt.date(2026, 3, 1), today) == found[1:]
    march = dt.date(2026, 3, 1)
    assert months.due_on(march) == dt.date(2026, 4, 10)
    assert months.is_overdue(march, today)
    assert not months.is_overdue(march, today - DAY)


def test_checks_are_due_on_day_1_and_in_week_6_and_late_some_days_after() -> None:
    line = Listed(OPERATED)
    assert (due(line, DAY_1), due(line, WEEK_6)) == (OPERATED + DAY, OPERATED + 42 * DAY)
    assert not is_late(line, DAY_1, OPERATED + 2 * DAY)
    assert is_late(line, DAY_1, OPERATED + 3 * DAY)
    assert not is_late(line, WEEK_6, OPERATED + 56 * DAY)
    assert is_late(line, WEEK_6, OPERATED + 57 * DAY)
    assert not is_late(Listed(None), DAY_1, OPERATED)
    assert not is_late(Listed(OPERATED, OPERATED + DAY), DAY_1, OPERATED + 90 * DAY)


@pytest.mark.parametrize(
    ("check", "days", "fault"),
    [(DAY_1, 0, ""), (WEEK_6, 27, "TOO_EARLY"), (WEEK_6, 40, ""), (WEEK_6, 400, "FUTURE")],
)
def test_a_check_is_after_the_operation_and_not_to_come(check: str, days: int, fault: str) -> None:
    today = OPERATED + 100 * DAY
    assert fault_of_check(Listed(OPERATED), check, OPERATED + days * DAY, today) == fault
    assert fault_of_check(Listed(None), check, OPERATED, today) == "NOT_OPERATED"


def test_a_share_of_nothing_is_unknown_and_week_6_counts_those_for_whom_it_has_come() -> None:
    today = OPERATED + 50 * DAY
    assert rates([], today).operated_share is None
    lines = [
        Listed(None), Listed(OPERATED, OPERATED + DAY, OPERATED + 42 * DAY, sees_again=True),
        Listed(OPERATED), Listed(today - 3 * DAY),
    ]  # fmt: skip
    found = rates(lines, today)
    assert (found.screened, found.operated, found.operated_share) == (4, 3, 75)
    assert (found.week6, found.week6_due, found.week6_share) == (1, 2, 50)
    assert rates([Listed(today)], today).week6_share is None


def test_what_nothing_was_told_of_is_blank_and_never_nought() -> None:
    assert mds.cells([]) == {}
    found = mds.cells([Done("VISIT", "M", "1_4", icd10=("J18.9",))])
    assert found["9"] == Cells(1, None, 1)
    assert found["1"] == Cells(total=1)
    assert "2" not in found, "pregnancy is not recorded"
    assert all(cell != 0 for cells in found.values() for cell in (cells.under5, cells.total))


def test_records_become_the_items_that_say_the_same() -> None:
    done = [
        Done("VISIT", "F", "18_64", icd10=("A00.9",)), Done("VISIT", "F", "5_17", icd10=("A09",)),
        Done("VISIT", "M", "65_UP"), Done("OPERATION_DONE", icd9=("84.15",)),
        Done("OPERATION_DONE", icd9=("84.11",)), Done("DELIVERY"), Done("DELIVERY", icd9=("74.1",)),
        Done("DELIVERY", icd9=("73.59",)), Done("DELIVERY", icd9=("72.7",)),
        Done("ADMISSION"), Done("RESCUE", outcome="DIED", icd10=("G00.1",)),
    ]  # fmt: skip
    totals = {code: cells.total for code, cells in mds.cells(done, grave_incidents=1).items()}
    assert totals == {
        "18_64": 1, "5_17": 1, "65_UP": 1, "1": 1, "2+3": 2, "10": 1, "14": 1, "29": 1, "30+32": 1,
        "31": 1, "33": 1, "34": 1, "35": 1, "40": 1, "42": 1, "54": 1,
    }  # fmt: skip


def test_a_girl_under_five_is_not_pregnant_and_of_others_it_is_not_known() -> None:
    done = [Done("VISIT", "F", age) for age in ("U1", "1_4", "5_17", "18_64", "")]
    found = mds.cells(done)
    assert (found["2"].total, found["2+3"].total) == (2, 3)
    assert "3" not in found


def test_consultations_are_those_counted_and_those_told_one_by_one() -> None:
    done = [Done("VISIT"), Done("VISIT"), Done("OPERATION_DONE")]
    assert mds.consultations(done, None) == 2
    assert mds.consultations(done, 40) == 42
    assert mds.consultations([Done("LECTURE")], None) is None


def test_every_item_of_the_form_stands_once_with_three_tongues() -> None:
    codes = [code for code, _group, _words in mds.ITEMS]
    assert len(codes) == len(set(codes))
    assert {str(n) for n in range(1, 66)} <= set(codes)
    assert all(set(words) == {"en", "zh", "fr"} for _code, _group, words in mds.ITEMS)
    assert set(codes) >= mds.RESTRICTED
