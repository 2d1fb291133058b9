"""People: entered by their unit or its office, seen by few, kept with a history."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account, RoleGrant
from marrow.core.journal.folding import fold, table
from marrow.core.journal.history import Change
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Operation, Record
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.desk.queries import journal_page
from marrow.directory.models import Area
from marrow.people import access, queries
from marrow.people.actions import (
    add_to_person,
    change_person,
    end_unavailability,
    enter_people,
    enter_person,
    keep_contact,
    say_how_i_am,
)
from marrow.people.models import (
    Benefit,
    CareerStep,
    Contact,
    Credential,
    LanguageSkill,
    Person,
    Unavailability,
    Wellbeing,
)
from marrow.people.queries import Sought
from marrow.programmes.models import Programme
from marrow.sources.actions import Source
from marrow.sources.models import Fact, WorkItem
from marrow.sources.queries import work_together
from marrow.teams.models import Assignment
from tests.builders import (
    ADMIN,
    AUDITOR,
    NOW,
    OFFICE,
    STRANGER,
    a_batch,
    a_person,
    a_programme,
    a_sending_hospital,
)
from tests.builders.forming import a_seat

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
PAPER = Source("Policy paper 7", "credit for a professional title")


def viewer(role: str, scope: str, thing: UUID) -> Viewer:
    return Viewer(uuid4(), role, (Grant(role, scope, thing),))


def test_a_unit_enters_its_own_people_and_no_others() -> None:
    mine, other = a_sending_hospital("One Test Hospital"), a_sending_hospital("Two Test Hospital")
    unit = viewer("unit", ORGANISATION, mine.pk)
    told = {"names": {"en": "Li Test"}, "kind": "NURSE", "by": unit, "at": NOW}
    person = enter_person(unit=mine, **told)  # type: ignore[arg-type]
    assert list(access.people_for(unit)) == [person]
    with pytest.raises(NotAllowed):
        enter_person(unit=other, **told)  # type: ignore[arg-type]
    elsewhere = a_person("Zhao Test", other)
    with pytest.raises(Unseen):
        access.person_for(unit, elsewhere.pk)


def test_an_office_keeps_the_people_of_its_area(places: dict[str, Area]) -> None:
    person = a_person()
    assert access.keeps(viewer("office", AREA, places["CN-BJ"].pk), person)
    for scope, thing in ((AREA, places["CN-GS"].pk), (PROGRAMME, uuid4())):
        with pytest.raises(Unseen):
            access.person_for(viewer("office", scope, thing), person.pk)


def test_an_office_of_one_programme_keeps_those_alone_whom_it_sends() -> None:
    person, mission = a_person(), a_batch(31)
    office = viewer("office", PROGRAMME, mission.programme_id)
    assert access.person_for(office, person.pk) == person  # it may ask for them
    with pytest.raises(NotAllowed):
        change_person(person=person.pk, grade="CHIEF", by=office, at=NOW)
    licence = Credential(kind="LICENCE", expires_on=NOW.date())
    add_to_person(person=person.pk, part=licence, by=OFFICE, at=NOW)
    assert queries.expiring(office, NOW.date()) == []
    Assignment(id=uuid4(), seat=a_seat(mission), person=person, state="SELECTED").save()
    change_person(person=person.pk, grade="CHIEF", by=office, at=NOW)
    assert [c.person for c in queries.expiring(office, NOW.date())] == [person]


def test_an_office_of_one_programme_enters_nobody_of_its_senders_units(
    places: dict[str, Area], signed_in: dict[str, Client],
) -> None:  # fmt: skip
    """Whom it entered it would not keep: the unit enters its people, or the office above it."""
    unit, mission = a_sending_hospital(), a_batch(31)
    programme = Programme.objects.get(pk=mission.programme_id)
    limited = viewer("office", PROGRAMME, programme.pk)
    assert access.units_of(limited, "office").filter(pk=unit.pk).exists()  # its sender's own
    told: dict[str, Any] = {"unit": unit, "kind": "NURSE", "at": NOW}
    for who in (limited, STRANGER):
        with pytest.raises(NotAllowed):
            enter_person(names={"en": "Xu Test"}, by=who, **told)
    row = Person(id=uuid4(), unit=unit, kind="NURSE", names={"en": "Xu Test"})
    with pytest.raises(NotAllowed):
        enter_people(people=[row], parts=[], by=limited, at=NOW)
    both = (Grant("office", PROGRAMME, programme.pk), Grant("unit", ORGANISATION, unit.pk))
    for n, who in enumerate((
        viewer("unit", ORGANISATION, unit.pk), viewer("office", AREA, places["CN-BJ"].pk),
        Viewer(uuid4(), "Both", both),
    )):  # fmt: skip
        enter_person(names={"en": f"Xu Test {n}"}, by=who, **told)
    account = Account.objects.get(username="office")
    RoleGrant.objects.filter(account=account).update(scope=PROGRAMME, thing=programme.pk)
    office = signed_in["office"]
    assert "/people/new/" not in office.get("/people/").content.decode()
    form = {"name_en": "Xu Form", "unit": str(unit.pk), "kind": "NURSE"}
    assert office.get("/people/new/").status_code == 403
    assert office.post("/people/new/", form).status_code == 403
    sent = office.post("/api/v1/people", form, content_type="application/json")
    assert sent.status_code in (401, 403)
    assert not Person.objects.filter(search__contains="form").exists()


def test_an_end_that_nobody_told_is_said_to_be_not_told(signed_in: dict[str, Client]) -> None:
    person, office = a_person(), signed_in["office"]
    add = f"/people/{person.pk}/add/credential/"
    assert "nobody told when it ends" in office.get(add).content.decode()
    assert office.post(add, {"kind": "LICENCE", "given_by": "Test Board"}).status_code == 302
    shown = office.get(f"/people/{person.pk}/").content.decode()
    assert shown.count("end not told") == 1
    told = {"kind": "LICENCE", "given_by": "Test Board", "number": "77", "expires_on": "2031-05-01"}
    assert office.post(add, told).status_code == 302
    licence = Credential.objects.get()  # the same paper, told better
    assert (licence.number, str(licence.expires_on)) == ("77", "2031-05-01")
    assert "end not told" not in office.get(f"/people/{person.pk}/").content.decode()
    office.post(add, {"kind": "DEGREE", "title": "MD"})
    assert "end not told" not in office.get(f"/people/{person.pk}/").content.decode()
    for more in ({"given_by": "Another Board"}, {"number": "78"}, {"kind": "CERTIFICATE"}):
        office.post(add, {**told, **more})
    assert Credential.objects.count() == 5, "of another issuer, number or kind is another paper"


def test_a_licence_that_ends_is_not_renewed_by_one_without_an_end() -> None:
    person = a_person()
    for ends, number in ((NOW.date(), "1"), (None, "2")):
        paper = Credential(kind="LICENCE", number=number, expires_on=ends)
        add_to_person(person=person.pk, part=paper, by=OFFICE, at=NOW)
    assert [c.number for c in queries.expiring(OFFICE, NOW.date())] == ["1"]


def test_a_stranger_and_an_administrator_see_nobody_and_an_auditor_changes_nobody() -> None:
    person = a_person()
    for nobody in (STRANGER, ADMIN):
        assert not access.people_for(nobody).exists()
    assert access.person_for(AUDITOR, person.pk) == person
    with pytest.raises(NotAllowed):
        change_person(person=person.pk, grade="CHIEF", by=AUDITOR, at=NOW)


def test_the_same_name_year_and_unit_is_entered_once() -> None:
    person = a_person("Sun Test", birth_year=1980)
    with pytest.raises(Refused, match="entered already"):
        a_person("SUN  Test", person.unit, birth_year=1980)
    a_person("Sun Test", person.unit, birth_year=1981)


def test_what_cannot_be_is_refused() -> None:
    person = a_person()
    told: list[dict[str, Any]] = [
        {"specialty": "MAGIC"}, {"birth_year": 84}, {"names": {}}, {"unit": None},
    ]  # fmt: skip
    for wrong in told:
        with pytest.raises(Refused):
            change_person(person=person.pk, by=OFFICE, at=NOW, **wrong)
    away = Unavailability(why="LEAVE", from_on=dt.date(2027, 1, 2), until_on=dt.date(2027, 1, 1))
    with pytest.raises(Refused):
        add_to_person(person=person.pk, part=away, by=OFFICE, at=NOW)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Credential(kind="LICENCE", issued_on="2999"), "has not come yet"),
        (Credential(kind="LICENCE", issued_on="2025-01-01", expires_on=dt.date(2020, 1, 1)),
         "the end comes after the beginning"),
        (Credential(kind="LICENCE", expires_on=dt.date(2999, 1, 1)), "too far ahead"),
        (LanguageSkill(language="fr", level="B1", tested_on="2999"), "has not come yet"),
        (LanguageSkill(language="fr", level="B1", tested_on="1066"), "too far back"),
        (CareerStep(kind="TITLE", what="Professor", since_on="1979"), "not before 1980"),
        (Unavailability(why="LEAVE", from_on=dt.date(2999, 1, 1)), "too far ahead"),
    ],
)  # fmt: skip
def test_no_day_on_a_record_lies_outside_a_life_or_ends_before_it_begins(
    part: Record, why: str
) -> None:
    person = a_person(birth_year=1980)
    with pytest.raises(Refused, match=why):
        add_to_person(person=person.pk, part=part, by=OFFICE, at=NOW)


def test_nobody_leaves_a_unit_in_1066_or_2999() -> None:
    person = a_person()
    for day in ("1066", "2999"):
        with pytest.raises(Refused, match="too far"):
            change_person(person=person.pk, left_on=day, by=OFFICE, at=NOW)
    assert change_person(person=person.pk, left_on=str(NOW.year), by=OFFICE, at=NOW).left_on


def test_a_benefit_is_not_granted_in_2999() -> None:
    told = Benefit(kind="PROMOTION", granted_on="2999")
    with pytest.raises(Refused, match="2999 has not come yet"):
        add_to_person(
            person=a_person().pk, part=told, source=PAPER, told={"kind": "PROMOTION"}, by=OFFICE,
            at=NOW,
        )  # fmt: skip


def test_a_language_told_again_takes_the_new_level() -> None:
    person = a_person()
    for level in ("A2", "B1"):
        skill = LanguageSkill(language="fr", level=level)
        add_to_person(person=person.pk, part=skill, by=OFFICE, at=NOW)
    assert [s.level for s in person.languages.all()] == ["B1"]


def test_a_benefit_names_the_policy_that_grants_it() -> None:
    person = a_person()
    with pytest.raises(Refused, match="policy"):
        add_to_person(person=person.pk, part=Benefit(kind="PROMOTION"), by=OFFICE, at=NOW)
    kept = add_to_person(
        person=person.pk, part=Benefit(kind="PROMOTION"), source=PAPER,
        told={"kind": "PROMOTION"}, by=OFFICE, at=NOW,
    )  # fmt: skip
    assert Fact.objects.get(about=kept.pk).quote.document.title == "Policy paper 7"


def test_an_absence_ends_on_the_first_free_day() -> None:
    person = a_person()
    away = Unavailability(why="HEALTH", from_on=NOW.date())
    add_to_person(person=person.pk, part=away, by=OFFICE, at=NOW)
    end_unavailability(unavailability=away.pk, until_on=dt.date(2027, 2, 1), by=OFFICE, at=NOW)
    assert Unavailability.objects.get().until_on == dt.date(2027, 2, 1)
    with pytest.raises(Unseen):
        end_unavailability(unavailability=uuid4(), until_on=NOW.date(), by=OFFICE, at=NOW)


def test_whom_to_call_is_sealed_and_for_few_eyes() -> None:
    person = a_person()
    keep_contact(
        person=person.pk, name="Hua Secret", relation="wife", phone="13900001111", by=OFFICE, at=NOW
    )
    written = Operation.objects.filter(model="people.contact").get()
    assert "Secret" not in written.changes
    assert "13900001111" not in written.changes
    assert Contact.objects.get().phone == "13900001111"
    unit = viewer("unit", ORGANISATION, person.unit_id)
    for other in (AUDITOR, unit):
        with pytest.raises(NotAllowed):
            access.person_to_care_for(other, person.pk)


def test_who_needs_help_is_work_of_their_own_office_and_only_they_say_so(
    places: dict[str, Area],
) -> None:
    me = Viewer(uuid4(), "Me", (Grant("member"),))
    person = a_person()
    Person.objects.filter(pk=person.pk).update(account=me.person)
    say_how_i_am(person=person.pk, feeling="NEEDS_HELP", words="I miss home", by=me, at=NOW)
    item = WorkItem.objects.get()
    said = Wellbeing.objects.get()
    assert (item.code, item.about, item.due_on) == ("NEEDS_HELP", said.pk, NOW.date())
    beijing, gansu = (viewer("office", AREA, places[c].pk) for c in ("CN-BJ", "CN-GS"))
    assert [w.id for w in work_together(beijing)] == [item.pk]
    assert work_together(gansu) == []
    programme = viewer("office", PROGRAMME, a_programme("beijing-people").pk)
    assert access.person_for(programme, person.pk) == person
    assert not access.keeps(programme, person)
    assert work_together(programme) == []  # whom it could send is not whom it looks after
    assert not access.may_see_wellbeing(programme, person)
    with pytest.raises(NotAllowed):
        say_how_i_am(person=person.pk, feeling="WELL", words="", by=OFFICE, at=NOW)


def test_an_account_is_one_persons_and_opens_their_own_record(
    signed_in: dict[str, Client],
) -> None:
    person, other = a_person("Me Test"), a_person("Other Test")
    office, member = signed_in["office"], signed_in["member"]
    address = f"/people/{person.pk}/account/"
    assert office.post(address, {"username": "nobody-there"}).status_code == 422
    assert signed_in["unit"].get(address).status_code == 403
    for held in ("admin", "auditor", "unit", "recipient"):
        lent = office.post(address, {"username": held})
        assert lent.status_code == 422
        assert "holds an office" in lent.content.decode()
    assert "their own account" in office.post(address, {"username": "office"}).content.decode()
    assert office.post(address, {"username": "member"}).status_code == 302
    mine = f"/people/{person.pk}/mine/"
    assert member.get(f"/people/{person.pk}/").status_code == 404  # nothing opens unasked
    assert "says that you are Me Test" in member.get("/desk/").content.decode()
    assert signed_in["leader"].get(mine).status_code == 404
    assert member.post(mine, {"mine": "no"}).status_code == 302
    assert member.get(mine).status_code == 404
    assert office.post(address, {"username": "member"}).status_code == 302
    assert member.post(mine, {"mine": "yes"}).status_code == 302
    taken = office.post(f"/people/{other.pk}/account/", {"username": "member"})
    assert "another person" in taken.content.decode()
    assert member.get("/people/me/", follow=True).status_code == 200
    assert member.get(f"/people/{person.pk}/").status_code == 200
    assert member.get(f"/people/{other.pk}/").status_code == 404


def test_people_are_found_by_accents_pinyin_and_what_they_do() -> None:
    person = a_person("Élodie Test", specialty="ANAESTHESIA")
    other = enter_person(unit=person.unit, names={"zh": "王小明"}, kind="DOCTOR", by=OFFICE, at=NOW)
    add_to_person(person=other.pk, part=LanguageSkill(language="fr", level="B2"), by=OFFICE, at=NOW)

    def found(**sought: str) -> list[Person]:
        return list(queries.people(OFFICE, Sought(**sought)))

    assert found(typed="elodie") == [person]
    assert found(typed="wang xiao") == [other]
    assert found(typed="wangxiaoming") == [other]
    assert found(specialty="ANAESTHESIA") == [person]
    assert found(language="fr") == [other]


def test_credentials_that_end_soon_are_told_the_first_first() -> None:
    people: dict[int, Person] = {}
    for days in (200, 30, 60):
        ends = NOW.date() + dt.timedelta(days=days)
        part = Credential(kind="LICENCE", title=f"L{days}", expires_on=ends)
        people[days] = a_person(f"Person {days}")
        add_to_person(person=people[days].pk, part=part, by=OFFICE, at=NOW)
    renewed = Credential(kind="LICENCE", title="L40", expires_on=NOW.date() + dt.timedelta(days=40))
    add_to_person(person=people[200].pk, part=renewed, by=OFFICE, at=NOW)
    soon = queries.expiring(OFFICE, queries.soon(NOW.date()))
    assert [c.title for c in soon] == ["L30", "L60"]
    assert queries.expiring(STRANGER, queries.soon(NOW.date())) == []


def test_the_journal_holds_all_that_the_tables_hold() -> None:
    person = a_person()
    part = Credential(kind="LICENCE", title="L")
    add_to_person(person=person.pk, part=part, by=OFFICE, at=NOW)
    change_person(person=person.pk, grade="CHIEF", by=OFFICE, at=NOW)
    sequence()
    for model in (Person, Credential):
        assert fold(model) == table(model)


def test_the_pages_of_a_record_open_for_who_keeps_it(signed_in: dict[str, Client]) -> None:
    person = a_person(specialty="ONCOLOGY", birth_year=1979)
    for address in ("/people/", f"/people/{person.pk}/", f"/people/{person.pk}/care/"):
        assert signed_in["office"].get(address).status_code == 200, address
    assert "Wang Test" in signed_in["office"].get("/people/").content.decode()
    assert signed_in["auditor"].get(f"/people/{person.pk}/").status_code == 200
    assert signed_in["specialist"].get(f"/people/{person.pk}/").status_code == 404
    assert signed_in["specialist"].get("/people/").status_code == 403
    entered = signed_in["office"].post(
        f"/people/{person.pk}/add/credential/",
        {"kind": "LICENCE", "title": "Licence", "expires_on": "2027-05-01"},
    )
    assert entered.status_code == 302
    assert "2027-05-01" in signed_in["office"].get(f"/people/{person.pk}/").content.decode()


def test_the_journal_tells_an_office_of_elsewhere_no_names_of_people(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    a_person("Hidden Test")
    gansu = viewer("office", AREA, places["CN-GS"].pk)
    shown, _older = journal_page(gansu, before=None)
    names = {t.what.name for act in shown for t in act.told if t.what}
    assert "Hidden Test" not in names
    assert any("Hidden Test" in str(c.after) for c in changes_of(OFFICE))
    assert not any("Hidden Test" in str(c.after) for c in changes_of(gansu))


def changes_of(who: Viewer) -> list[Change]:
    shown, _older = journal_page(who, before=None)
    return [c for act in shown for t in act.told for c in t.line.changes]
