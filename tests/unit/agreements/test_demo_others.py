"""Every programme of the demonstration has agreement work to read, not the first alone."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.agreements.actions import set_period
from marrow.agreements.demo_others import FIRST, HELD, PAPER, hold
from marrow.agreements.models import First, Gain, Lesson, OfficeMember, Requirement, Tenet
from marrow.core.words import names
from marrow.programmes.models import Programme
from marrow.sources.models import Fact
from tests.builders import NOW, OFFICE, a_programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = NOW + dt.timedelta(days=1)


def test_each_other_programme_gains_was_first_has_values_a_team_a_requirement_and_a_lesson() -> (
    None
):
    for key in (FIRST, *HELD):
        a_programme(key=key)
        set_period(
            programme=key, starts_on="2024", ends_on="2028", source=PAPER, by=OFFICE, at=NOW,
            names=names("Plan"),
        )  # fmt: skip
    hold(OFFICE, LATER)
    for key in HELD:
        programme = Programme.objects.get(key=key)
        mine = {"programme": programme}
        for model in (Gain, First):
            assert model.objects.filter(**mine).count() == 2, (key, model)
        for one in (Tenet, Requirement, Lesson):
            assert one.objects.filter(**mine).count() == 1, (key, one)
        assert OfficeMember.objects.filter(**mine).count() == 2
        assert Requirement.objects.get(**mine).answer
    told = Fact.objects.filter(field="motto", standing="SHOWN").values_list("about", flat=True)
    assert set(told) == set(
        Programme.objects.filter(key__in=(FIRST, *HELD)).values_list("pk", flat=True)
    )
