"""A sheet that says that it was known on a day has no figure that was told after it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from uuid import uuid4

import pytest
from django.test import Client

from marrow.capacity.queries import Question, matrix_of
from marrow.directory.models import Area
from marrow.need.actions import take_back_outflow, tell_outflow
from marrow.need.models import Outflow
from marrow.need.queries import people_left
from tests.builders import NOW, OFFICE
from tests.builders.needing import Lack, a_lack

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def lack() -> Lack:
    return a_lack()


def told(lack: Lack, patients: int, at: dt.datetime) -> Outflow:
    row = Outflow(
        id=uuid4(), item=lack.item, grain="YEAR", from_on=dt.date(NOW.year - 1, 1, 1),
        patients=patients, told_from="the regional office",
    )  # fmt: skip
    return tell_outflow(outflow=row, code="GN", by=OFFICE, at=at)


def known(lack: Lack, by: dt.datetime | None) -> int | None:
    asked = Question(lack.list.area, lack.list, NOW.date(), by)
    ((_specialty, (line,)),) = matrix_of(asked).groups
    return line.left


def test_who_left_is_unknown_as_known_before_anybody_told_it(lack: Lack) -> None:
    told(lack, 12, NOW + 2 * DAY)
    guinea = Area.objects.get(code="GN")
    assert known(lack, NOW + DAY) is None
    assert people_left(guinea, NOW.date(), NOW + DAY) == {}
    assert known(lack, NOW + 2 * DAY) == known(lack, None) == 12


def test_what_was_told_anew_or_taken_back_since_still_stood_then(lack: Lack) -> None:
    told(lack, 12, NOW + 2 * DAY)
    again = told(lack, 20, NOW + 3 * DAY)
    take_back_outflow(outflow=again.pk, reason="wrong ward", by=OFFICE, at=NOW + 4 * DAY)
    then = [known(lack, NOW + n * DAY) for n in (1, 2, 3, 4)]
    assert then == [None, 12, 20, None]
    assert known(lack, None) is None


def test_the_sheet_of_a_list_as_known_on_a_day_has_no_later_figure(
    lack: Lack, client: Client
) -> None:
    told(lack, 12, NOW + 2 * DAY)
    today = NOW.date()
    for day, figure in ((today, ""), (today + 2 * DAY, "12")):
        where = f"/care/list/{lack.list.key}/sheet.csv?on={today}&known={day}"
        answer = client.get(where)
        text = b"".join(answer).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["left in the last year"] == figure
