"""What a step on the ladder says stands before everybody: no patient's name with its title does."""

from __future__ import annotations

import pytest

from marrow.capacity.actions import propose_step, reword_step
from marrow.capacity.models import Step
from marrow.core.refusals import Refused
from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, cases, climbed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()


@pytest.fixture
def ward() -> Ward:
    return a_ward()


@pytest.mark.parametrize("words", ["Mrs Smith died", "Mme Camara est décédée", "王女士去世"])
def test_a_step_down_tells_no_name_with_its_title(ward: Ward, words: str) -> None:
    item = a_service()
    climbed(ward, item, 4, TODAY)
    with pytest.raises(Refused, match="name"):
        proposed(ward, item, 2, TODAY, by=ward.head, reason=words)
    row = proposed(ward, item, 2, TODAY, by=ward.head, reason="the machine broke, Dr Wang left")
    with pytest.raises(Refused, match="name"):
        reword_step(step=row.pk, told={"reason": words}, by=ward.head, at=NOW)


def test_how_cases_were_done_names_no_pt_and_no_mrs(ward: Ward) -> None:
    for how in ("pt Fatou Diallo and Mrs Smith", "on Mrs Smith", "张先生透析"):
        one = cases(TODAY)
        one.how = how
        with pytest.raises(Refused, match="name"):
            propose_step(
                organisation=ward.hospital.pk, by=ward.visitor, at=NOW, evidence=[one],
                step=Step(item=a_service(), level=3, on=TODAY),
            )  # fmt: skip
    assert not Step.objects.exists()
