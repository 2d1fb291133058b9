"""One step more: what is asked of the database until the answers that it touches are told anew."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marrow.capacity.actions import propose_step, sign_step
from marrow.capacity.actions.keeping import keep_answers
from marrow.capacity.models import Equipment, EquipmentChange, KeptAnswers, Step
from marrow.capacity.queries import Question, care_of, world_of
from marrow.capacity.queries.house import HANDFUL
from marrow.capacity.rules.care import Care, outcomes_on
from marrow.catalogue.models import Item, List
from marrow.core.journal.sequencer import sequence
from marrow.directory.models import Area, Organisation
from tests.builders import NOW, a_hospital
from tests.builders.capability import Ward, a_service, a_ward, cases, listed
from tests.builders.catalogued import a_list, a_version

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY, DAY = NOW.date(), dt.timedelta(days=1)


@pytest.fixture
def ward(places: dict[str, Area]) -> Ward:
    return a_ward()


def waiting(ward: Ward, item: Item, level: int = 4, on: dt.date = TODAY) -> Step:
    """A step up that lacks the head's signature alone."""
    step = Step(id=uuid4(), item=item, level=level, on=on)
    propose_step(
        organisation=ward.hospital.pk, step=step, evidence=[cases(on)], by=ward.visitor, at=NOW
    )
    return sign_step(step=step.pk, side="VISITOR", by=ward.visitor, at=NOW)


def asked_for(queries: CaptureQueriesContext, table: str) -> int:
    """How many questions read this table."""
    return sum(f'FROM "{table}"' in one["sql"] for one in queries.captured_queries)


def kept(*lists: List) -> list[Question]:
    sequence()
    keep_answers()
    return [Question(one.area, one, TODAY) for one in lists]


def many_hospitals(item: Item, level: int) -> list[Organisation]:
    """More than are read whole; all stand on this level."""
    found = [a_hospital(f"Hôpital Voisin {n}") for n in range(HANDFUL + 1)]
    for one in found:
        Step.objects.create(
            organisation=one, item=item, level=level, on=TODAY - 9 * DAY, state="HOLDS",
            proposed_by=uuid4(), proposed_at=NOW, held_at=NOW,
        )  # fmt: skip
    return found


def test_the_last_signature_and_the_answer_after_it_ask_few_questions(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    item = a_service(machine="dialysis-machine")
    many_hospitals(item, 2)
    step = waiting(ward, item)
    (asked,) = kept(listed(item))
    with django_assert_max_num_queries(19) as signing:
        sign_step(step=step.pk, side="HEAD", by=ward.head, at=NOW)
    assert asked_for(signing, "capacity_evidence") == 1
    with django_assert_max_num_queries(14):
        assert [*care_of(asked).values()] == [Care.BY_LOCALS]
    sequence()
    with django_assert_max_num_queries(19):
        assert keep_answers() == 1


def test_of_all_lists_that_a_step_touches_the_hospitals_are_read_once(ward: Ward) -> None:
    item = a_service()
    lists = [listed(item), a_list("Another list"), a_list("A third list")]
    for one in lists[1:]:
        a_version(one.key, [item], dt.date(2020, 1, 1))
    step = waiting(ward, item)
    asked = kept(*lists)
    sign_step(step=step.pk, side="HEAD", by=ward.head, at=NOW)
    sequence()
    with CaptureQueriesContext(connection) as queries:
        assert keep_answers() == len(lists)
    assert asked_for(queries, "directory_organisation") <= 2
    with CaptureQueriesContext(connection) as queries:
        assert [[*care_of(one).values()] for one in asked] == [[Care.BY_LOCALS]] * len(lists)
    assert asked_for(queries, "capacity_step") == 0


@pytest.mark.parametrize(("level", "asks"), [(0, False), (3, False), (4, True)])
def test_what_is_missing_is_asked_only_where_an_answer_rests_on_it(
    places: dict[str, Area], level: int, *, asks: bool
) -> None:
    item = a_service(machine="dialysis-machine")
    one, *_others = many_hospitals(item, level)
    machine = Equipment.objects.create(organisation=one, machine="dialysis-machine", label="One")
    EquipmentChange.objects.create(
        equipment=machine, state="DOWN", on=TODAY - DAY, told_at=NOW, told_by=uuid4()
    )
    (asked,) = kept(listed(item))
    KeptAnswers.objects.update(feed=0)  # as if nothing of the journal had been read yet
    with CaptureQueriesContext(connection) as queries:
        told = care_of(asked)
    assert bool(asked_for(queries, "capacity_equipmentchange")) == asks
    assert told == outcomes_on(world_of(asked), TODAY)
