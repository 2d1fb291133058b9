"""Certificates are issued to a whole team at once, prove themselves, and can be withdrawn."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.recognition import access, queries
from marrow.recognition.actions import withdraw_certificate
from marrow.recognition.models import Certificate
from marrow.teams.models import Assignment
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch, a_programme
from tests.builders.honouring import DAY, a_team_at_home, certified

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_one_act_gives_everybody_who_served_a_certificate() -> None:
    mission, _people = a_team_at_home(24)
    made = certified(mission)
    assert [c.number for c in made] == [f"2026-{n:04d}" for n in range(1, 25)]
    assert {c.days for c in made} == {541}
    assert len({c.code for c in made}) == 24
    assert made[0].assignment.seat.role == "LEADER"


def test_who_has_one_keeps_it_and_who_came_home_later_gets_theirs() -> None:
    mission, people = a_team_at_home(3)
    late = Assignment.objects.filter(person=people[2])
    late.update(state="SERVING", ended_on=None)
    assert len(certified(mission)) == 2
    with pytest.raises(Refused, match="already"):
        certified(mission)
    late.update(state="SERVED", ended_on=NOW.date() - DAY)
    assert [c.number for c in certified(mission)] == ["2026-0003"]


def test_days_that_are_not_known_are_not_nought() -> None:
    mission, _people = a_team_at_home(1)
    Assignment.objects.filter(seat__mission=mission).update(started_on=None)
    assert certified(mission)[0].days is None


def test_the_office_of_another_programme_reads_no_certificate() -> None:
    mission, _people = a_team_at_home(1)
    row = certified(mission)[0]
    unit = row.assignment.person.unit
    other = a_programme("sister", sender=unit.area)
    sister = Viewer(uuid4(), "Office", (Grant("office", PROGRAMME, other.pk),))
    assert people_for(sister).filter(pk=row.assignment.person_id).exists(), "whom it could send"
    assert not access.may_see(sister, row)
    assert access.may_see(Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, unit.pk),)), row)


def test_only_the_office_issues_and_withdraws() -> None:
    mission, people = a_team_at_home(1)
    for other, told in ((AUDITOR, NotAllowed), (LEADER, Unseen)):
        with pytest.raises(told):
            certified(mission, by=other)
    row = certified(mission)[0]
    with pytest.raises(NotAllowed):
        withdraw_certificate(certificate=row.pk, reason="no", by=AUDITOR, at=NOW)
    with pytest.raises(Unseen):
        withdraw_certificate(certificate=row.pk, reason="no", by=LEADER, at=NOW)
    with pytest.raises(Unseen):
        withdraw_certificate(certificate=uuid4(), reason="no", by=OFFICE, at=NOW)
    me = uuid4()
    Person.objects.filter(pk=people[0].pk).update(account=me)
    assert access.certificate_for(Viewer(me, "Me", (Grant("member"),)), row.pk) == row
    elsewhere = Viewer(uuid4(), "Else", (Grant("unit", ORGANISATION, uuid4()),))
    with pytest.raises(Unseen):
        access.certificate_for(elsewhere, row.pk)


def test_a_withdrawn_one_says_so_and_another_is_issued() -> None:
    mission, _people = a_team_at_home(1)
    first = certified(mission)[0]
    with pytest.raises(Refused, match="why"):
        withdraw_certificate(certificate=first.pk, reason=" ", by=OFFICE, at=NOW)
    withdraw_certificate(certificate=first.pk, reason="wrong name", by=OFFICE, at=NOW)
    second = certified(mission)[0]
    assert second.number != first.number
    found = queries.certificate_with_code(first.code)
    assert found is not None
    assert found.withdrawn_on == NOW.date()
    assert Certificate.objects.filter(withdrawn_on=None).count() == 1


def test_nobody_is_certified_before_they_are_home() -> None:
    with pytest.raises(Refused, match="come home"):
        certified(a_batch(3))
    mission, _people = a_team_at_home(1)
    with pytest.raises(Refused, match="future"):
        certified(mission, issued_on=NOW.date() + DAY)
    with pytest.raises(Refused, match="after this day"):
        certified(mission, issued_on=NOW.date() - 9 * DAY)
    with pytest.raises(Refused, match="office"):
        certified(mission, issuer={})


def test_a_code_is_found_however_it_is_typed() -> None:
    mission, _people = a_team_at_home(1)
    row = certified(mission)[0]
    assert queries.certificate_with_code(f" {row.grouped_code.lower()} ") == row
    assert queries.certificate_with_code(row.code[:-1]) is None
    assert queries.certificate_with_code("000000000000") is None
