"""What is left is due within some years of the time in which the team served."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from marrow.core.refusals import Refused
from marrow.handovers.actions import add_line
from marrow.handovers.models import Fault, Line, OpenPatients, Promise
from tests.builders import NOW, OFFICE
from tests.builders.leaving import a_handover, leaving

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), dt.date(2199, 12, 31)])
def test_nothing_that_is_left_is_due_in_1990_or_2199(day: dt.date) -> None:
    row = a_handover(leaving())
    lines: list[Line] = [
        OpenPatients(id=uuid4(), needs="plates to be removed", due_on=day),
        Fault(id=uuid4(), equipment="autoclave", broken="seal", due_on=day),
        Promise(id=uuid4(), promised="reagents", to_whom="laboratory", due_on=day),
    ]
    for line in lines:
        with pytest.raises(Refused, match="lies too far"):
            add_line(handover=row.pk, line=line, by=OFFICE, at=NOW)
