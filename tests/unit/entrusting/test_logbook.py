"""A case is told, who watched confirms it, a level rests on it; nobody signs for themselves."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.queries import viewer_of
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.entrusting import access, queries, today
from marrow.entrusting.actions import confirm_case, decline_case, log_case
from marrow.entrusting.models import LogCase
from marrow.entrusting.rules.entrusting import Level, lacks_of_level, level_on
from marrow.people.models import Person
from tests.builders import AUDITOR, NOW, STRANGER, a_person
from tests.builders.capability import a_service
from tests.builders.entrusted import DAY, TODAY, House, a_house, logged, shown, signed
from tests.builders.leaving import an_account

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def house() -> House:
    return a_house()


def test_a_level_rests_on_cases_that_who_watched_confirmed(house: House) -> None:
    item = a_service()
    logged(house, item)
    with pytest.raises(Refused, match="No confirmed case"):
        signed(house, item, 3)
    shown(house, item)
    level = signed(house, item, 3)
    assert (level.before, level.cases, level.side) == (None, 1, "VISITOR")
    assert queries.level_held(house.nurse, item.pk, TODAY) == 3
    assert queries.level_held(house.nurse, item.pk, TODAY - DAY) is None


def test_the_supervisor_who_enters_a_case_confirms_it_in_the_same_breath(house: House) -> None:
    assert logged(house, a_service(), by=house.ward.visitor).state == "CONFIRMED"
    assert logged(house, a_service("Other"), by=house.ward.head).state == "WAITING"


def test_nobody_signs_for_themselves(house: House) -> None:
    """Not even a head of the department."""
    item = a_service()
    case = logged(house, item)
    hers = (Grant("head", ORGANISATION, house.ward.hospital.pk),)
    self_head = Viewer(house.as_nurse.person, "Nurse", hers)
    for who in (house.as_nurse, self_head):
        with pytest.raises(NotAllowed):
            confirm_case(case=case.pk, by=who, at=NOW)
        with pytest.raises(NotAllowed):
            signed(house, item, 1, by=who)
    assert case not in queries.cases_to_confirm(self_head)
    own = LogCase(id=uuid4(), item=item, role="ALONE", on=TODAY, count=1, supervisor=house.nurse)
    with pytest.raises(Refused, match="themselves"):
        log_case(person=house.nurse.pk, case=own, by=house.as_nurse, at=NOW)


def test_a_visitor_who_watched_nothing_signs_nothing_and_the_head_may(house: House) -> None:
    item = a_service()
    confirm_case(case=logged(house, item).pk, by=house.ward.head, at=NOW)
    with pytest.raises(Refused, match="none of these cases"):
        signed(house, item, 4)
    assert signed(house, item, 4, by=house.ward.head).side == "HEAD"


def test_a_head_is_not_asked_to_sign_off_what_they_entered_and_reads_who_can(
    house: House, people: object
) -> None:
    account = an_account("Local Head", "head", house.ward.hospital)
    client, head = Client(headers={"accept-language": "en"}), viewer_of(account)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    case = logged(house, a_service(), by=head)
    page = client.get("/entrusting/cases/").content.decode()
    assert f"/entrusting/cases/{case.pk}/confirm/" not in page
    assert "No case waits for your sign-off." in page
    assert "You entered these; others confirm them" in page
    assert "Who watched confirms a case; so does another head of the hospital" in page
    assert list(today.cases(head, TODAY)) == []
    with pytest.raises(NotAllowed, match="does not confirm it"):
        confirm_case(case=case.pk, by=head, at=NOW)
    assert queries.cases_to_confirm(house.ward.head) == [case]
    assert queries.cases_to_confirm(house.ward.visitor) == [case]
    assert queries.told_for_others(house.ward.visitor) == []
    confirm_case(case=case.pk, by=house.ward.visitor, at=NOW)
    assert queries.told_for_others(head) == []


def test_a_visitor_of_another_specialty_confirms_nothing_and_signs_nothing(house: House) -> None:
    item = a_service()
    unnamed = LogCase(
        id=uuid4(), item=item, role="SUPERVISED", on=TODAY, count=1, supervisor_words="The expert"
    )
    log_case(person=house.nurse.pk, case=unnamed, by=house.as_nurse, at=NOW)
    Person.objects.filter(pk=house.expert.pk).update(specialty="DENTISTRY")
    house.ward.mission.seats.update(role="MEMBER", specialty="DENTISTRY")
    assert queries.cases_to_confirm(house.ward.visitor) == []
    with pytest.raises(NotAllowed, match="knows the item"):
        confirm_case(case=unnamed.pk, by=house.ward.visitor, at=NOW)
    named = logged(house, item, by=house.ward.visitor)
    assert named.state == "WAITING", "whom a visitor names as having watched is not believed"
    confirm_case(case=named.pk, by=house.ward.head, at=NOW)
    with pytest.raises(Refused, match="Another specialty"):
        signed(house, item, 3)
    house.ward.mission.seats.update(specialty="NEPHROLOGY")
    assert confirm_case(case=unnamed.pk, by=house.ward.visitor, at=NOW).state == "CONFIRMED"


def test_going_back_needs_its_reason_and_overwrites_nothing(house: House) -> None:
    item = a_service()
    shown(house, item, on=TODAY - 9 * DAY)
    signed(house, item, 4, TODAY - 9 * DAY)
    with pytest.raises(Refused, match="why they go back"):
        signed(house, item, 3)
    back = signed(house, item, 3, reason="Away for a year")
    assert back.before == 4
    assert queries.level_held(house.nurse, item.pk, TODAY - DAY) == 4
    (chapter,) = queries.logbook_of(house.nurse, TODAY)
    assert [row.level for row in chapter.levels] == [4, 3]


def test_a_case_that_was_not_so_shows_nothing(house: House) -> None:
    item = a_service()
    case = logged(house, item)
    with pytest.raises(Refused, match="Say why"):
        decline_case(case=case.pk, reason=" ", by=house.ward.head, at=NOW)
    decline_case(case=case.pk, reason="She only watched", by=house.ward.head, at=NOW)
    with pytest.raises(Overtaken):
        confirm_case(case=case.pk, by=house.ward.visitor, at=NOW)
    with pytest.raises(Refused, match="No confirmed case"):
        signed(house, item, 2)


def test_who_works_alone_is_counted_for_many_hospitals_at_once(house: House) -> None:
    item, hospital = a_service(), house.ward.hospital
    for person in (house.nurse, house.doctor):
        logged(house, item, by=house.ward.visitor, on=TODAY - 9 * DAY, person=person)
        signed(house, item, 4, TODAY - 9 * DAY, person=person)
    assert set(queries.entrusted(hospital.pk, item.pk, TODAY)) == {house.nurse, house.doctor}
    assert queries.entrusted_counts([hospital.pk], TODAY) == {hospital.pk: {item.pk: 2}}
    assert queries.entrusted_counts([hospital.pk], TODAY - 10 * DAY) == {}
    signed(house, item, 2, TODAY - DAY, reason="Out of practice")
    assert queries.entrusted_counts([hospital.pk], TODAY) == {hospital.pk: {item.pk: 1}}
    Person.objects.filter(pk=house.doctor.pk).update(left_on=str(TODAY.year))
    assert queries.entrusted_counts([hospital.pk], TODAY) == {}
    assert queries.entrusted(hospital.pk, item.pk, TODAY) == []


def test_a_logbook_opens_for_its_person_its_hospital_and_an_auditor_alone(house: House) -> None:
    ward, item = house.ward, a_service()
    for who in (house.as_nurse, ward.head, ward.visitor, ward.office, AUDITOR):
        assert access.colleague_for(who, house.nurse.pk) == house.nurse
    for stranger in (ward.elsewhere, ward.remote, STRANGER):
        with pytest.raises(Unseen):
            access.colleague_for(stranger, house.nurse.pk)
        with pytest.raises(Unseen):
            logged(house, item, by=stranger)
    with pytest.raises(NotAllowed):
        logged(house, item, by=AUDITOR)
    with pytest.raises(NotAllowed):
        signed(house, item, 2, by=ward.office)


def test_no_stranger_is_named_as_supervisor(house: House) -> None:
    other = a_house(32)
    case = LogCase(
        id=uuid4(), item=a_service(), role="ASSISTED", on=TODAY, count=1, supervisor=other.doctor
    )
    with pytest.raises(Refused, match="neither belongs"):
        log_case(person=house.nurse.pk, case=case, by=house.as_nurse, at=NOW)


def test_rules_of_levels() -> None:
    assert lacks_of_level(None, 1, [], reason="") == ["CASES"]
    assert lacks_of_level(None, 1, ["OBSERVED"], reason="") == []
    assert lacks_of_level(1, 2, ["OBSERVED"], reason="") == ["CASES"]
    assert lacks_of_level(3, 4, ["SUPERVISED"], reason="") == []
    assert lacks_of_level(4, 5, ["SUPERVISED"], reason="") == ["CASES"]
    assert lacks_of_level(4, 5, ["ALONE"], reason="") == []
    assert lacks_of_level(4, 4, ["ALONE"], reason="") == ["SAME"]
    assert lacks_of_level(4, 1, [], reason="left") == []
    assert level_on([Level(3, TODAY, 0), Level(2, TODAY, 1)], TODAY) == 2
    assert level_on([Level(3, TODAY)], TODAY - DAY) is None


def test_a_case_or_level_is_of_a_day_on_which_the_person_could_have(house: House) -> None:
    """Not before teams were sent, not before they were grown up where that is known."""
    item, head = a_service(), house.ward.head
    for on, why in ((dt.date(1950, 1, 1), "1963"), (TODAY + DAY, "still to come")):
        with pytest.raises(Refused, match=why):
            logged(house, item, on=on)
        with pytest.raises(Refused, match=why):
            signed(house, item, 1, on=on, by=head)
    Person.objects.filter(pk=house.nurse.pk).update(birth_year=TODAY.year - 20)
    early = dt.date(TODAY.year - 3, 12, 31)
    with pytest.raises(Refused, match="not grown up"):
        logged(house, item, on=early)
    with pytest.raises(Refused, match="not grown up"):
        signed(house, item, 1, on=early, by=head)
    assert logged(house, item, on=dt.date(TODAY.year - 2, 1, 1)).state == "WAITING"


def test_a_colleague_of_a_name_that_is_known_is_entered_with_their_year_of_birth(
    signed_in: dict[str, Client], house: House
) -> None:
    hospital = house.ward.hospital
    a_person("Awa Test", hospital, birth_year=1990)
    page = f"/entrusting/at/{hospital.pk}/colleague/"
    told = {"name_en": "Awa Test", "kind": "NURSE"}
    assert signed_in["office"].post(page, told).status_code == 422
    assert signed_in["office"].post(page, {**told, "birth_year": "1985"}).status_code == 302
    years = Person.objects.filter(names__en="Awa Test").values_list("birth_year", flat=True)
    assert sorted(filter(None, years)) == [1985, 1990]
