"""R73, R71, R77, R78, R79, R80, R85: local staff are brought on, and sign-offs say so. On pages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.models import Account
from marrow.entrusting.models import Base, Entrustment, LogCase, Pair, Study
from marrow.people.models import Person
from tests.builders import ADMIN, NOW, a_hospital, a_sending_hospital
from tests.builders.calling import a_token, bearing
from tests.builders.capability import Ward, a_service, a_ward
from tests.builders.entrusted import TODAY

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]


def entered(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def speaking(name: str, role: str, thing: object) -> Client:
    account = open_account(
        username=name, password="correct horse 9", full_name=name.title(), by=ADMIN, at=NOW
    )
    scope = "organisation" if thing else "everywhere"
    give_role(
        account=account, role=role, scope=scope, thing=getattr(thing, "pk", None), by=ADMIN, at=NOW
    )
    return entered(account)


def posted(client: Client, address: str, **told: object) -> None:
    answer = client.post(address, told)
    assert answer.status_code == 302, re.findall(r"errorlist.*", answer.content.decode())


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def words(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(client, address)))


@pytest.fixture
def ward() -> Ward:
    return a_ward()


@pytest.fixture
def head(ward: Ward) -> Client:
    return speaking("chief", "head", ward.hospital)


def a_colleague(head: Client, ward: Ward, name: str) -> Person:
    posted(head, f"/entrusting/at/{ward.hospital.pk}/colleague/", name_fr=name, kind="DOCTOR",
           specialty="NEPHROLOGY")  # fmt: skip
    return Person.objects.get(unit=ward.hospital, names__fr=name)


def test_r73_a_local_doctor_logs_cases_the_expert_signs_them_and_she_works_alone(
    ward: Ward, head: Client
) -> None:
    item = a_service()
    doctor = a_colleague(head, ward, "Docteure Essai")
    hers, expert = speaking("her", "member", None), speaking("expert", "member", None)
    for name, row in (("her", doctor), ("expert", Person.objects.get(account=ward.visitor.person))):
        account = Account.objects.get(username=name).pk
        Person.objects.filter(pk=row.pk).update(account=account)
    watched = Person.objects.get(account=Account.objects.get(username="expert").pk)
    book = f"/entrusting/people/{doctor.pk}/"
    case = {"item": item.key, "role": "SUPERVISED", "on": TODAY, "supervisor": watched.pk}
    posted(hers, f"{book}case/", count=2, **case)
    again = text(hers, f"{book}case/")  # the next is chosen already: one tap keeps it
    assert f'value="{item.key}" selected' in again
    assert "waits for the supervisor" in text(hers, book)
    assert hers.post(f"/entrusting/cases/{LogCase.objects.get().pk}/confirm/").status_code == 403
    assert "case of a logbook waits for your sign-off" in text(expert, "/desk/")
    assert "Haemodialysis" in text(expert, "/entrusting/cases/")
    posted(expert, f"/entrusting/cases/{LogCase.objects.get().pk}/confirm/")
    posted(expert, f"{book}entrust/", item=item.key, level=4, on=TODAY)
    level = Entrustment.objects.get()
    assert (level.level, level.cases, level.side) == (4, 2, "VISITOR")
    table = text(head, f"/entrusting/at/{ward.hospital.pk}/")
    assert "Docteure Essai" in table
    assert "one person" in table  # a capability that rests on one
    second, another = a_service("Peritoneal dialysis"), a_colleague(head, ward, "Docteur Autre")
    posted(head, f"{book}case/", **{**case, "item": second.key, "count": 2})
    posted(expert, f"/entrusting/cases/{LogCase.objects.latest('told_at').pk}/confirm/")
    posted(expert, f"{book}entrust/", item=second.key, level=4, on=TODAY)
    theirs = f"/entrusting/people/{another.pk}/"
    posted(head, f"{theirs}case/", count=2, **case)
    posted(expert, f"/entrusting/cases/{LogCase.objects.latest('told_at').pk}/confirm/")
    posted(expert, f"{theirs}entrust/", item=item.key, level=4, on=TODAY)
    said = words(head, f"/entrusting/at/{ward.hospital.pk}/")
    assert "Work alone: doctor 2 (each at 1 to 2 techniques)" in said


def test_r73_going_back_is_recorded_with_a_reason(ward: Ward, head: Client) -> None:
    item, doctor = a_service(), a_colleague(head, ward, "Docteur Essai")
    book = f"/entrusting/people/{doctor.pk}/"
    posted(head, f"{book}case/", item=item.key, role="ALONE", count=5, on=TODAY)
    confirm = f"/entrusting/cases/{LogCase.objects.get().pk}/confirm/"
    assert head.post(confirm).status_code == 403  # who entered it does not confirm it
    posted(speaking("second", "head", ward.hospital), confirm)
    posted(head, f"{book}entrust/", item=item.key, level=5, on=TODAY)
    refused = head.post(f"{book}entrust/", {"item": item.key, "level": 3, "on": TODAY})
    assert refused.status_code == 422
    posted(head, f"{book}entrust/", item=item.key, level=3, on=TODAY, reason="a year away")
    page = text(head, book)
    assert "went back" in page
    assert "a year away" in page
    assert Entrustment.objects.count() == 2


def test_r73_a_logbook_is_not_there_for_strangers(
    ward: Ward, head: Client, signed_in: dict[str, Client]
) -> None:
    doctor = a_colleague(head, ward, "Docteur Essai")
    elsewhere = speaking("elsewhere", "head", a_hospital("Hôpital Ailleurs"))
    for page in (f"people/{doctor.pk}/", f"at/{ward.hospital.pk}/", f"at/{ward.hospital.pk}/pair/"):
        assert elsewhere.get(f"/entrusting/{page}").status_code == 404, page
        assert signed_in["stranger"].get(f"/entrusting/{page}").status_code == 302
    assert signed_in["auditor"].get(f"/entrusting/people/{doctor.pk}/").status_code == 200
    assert signed_in["auditor"].get(f"/entrusting/at/{ward.hospital.pk}/pair/").status_code == 403


def test_r78_an_apprentice_has_a_teacher_techniques_an_agreement_and_an_outcome(
    ward: Ward, head: Client
) -> None:
    item, nurse = a_service(), a_colleague(head, ward, "Infirmier Essai")
    expert = Person.objects.get(account=ward.visitor.person)
    start = f"/entrusting/at/{ward.hospital.pk}"
    posted(head, f"{start}/pair/", teacher=expert.pk, apprentice=nurse.pk, items=[item.key],
           track="CLINICAL", begun_on=TODAY, source="Agreement of the test",
           words="teacher and apprentice for one year")  # fmt: skip
    page = text(head, f"{start}/brought-on/")
    assert "under way" in page
    assert "clinical key staff" in page  # R77: as what somebody is brought on
    assert f"{Pair.objects.get().pk}/begun_on/" in page  # the agreement's words
    assert "no agreement is recorded" not in page
    posted(head, f"/entrusting/pairs/{Pair.objects.get().pk}/end/", outcome="REACHED", on=TODAY,
           words="dialyses alone")  # fmt: skip
    assert "reached what was agreed" in text(head, f"{start}/brought-on/")


def test_r78_a_pair_without_an_agreement_says_so(ward: Ward, head: Client) -> None:
    item, nurse = a_service(), a_colleague(head, ward, "Infirmier Essai")
    expert = Person.objects.get(account=ward.visitor.person)
    start = f"/entrusting/at/{ward.hospital.pk}"
    posted(head, f"{start}/pair/", teacher=expert.pk, apprentice=nurse.pk, items=[item.key],
           track="CLINICAL", begun_on=TODAY)  # fmt: skip
    assert "no agreement is recorded" in text(head, f"{start}/brought-on/")


def test_r79_who_studied_away_came_back_and_what_they_do_since(ward: Ward, head: Client) -> None:
    nurse, abroad = a_colleague(head, ward, "Infirmier Essai"), a_sending_hospital("Far Test")
    start = f"/entrusting/at/{ward.hospital.pk}"
    posted(head, f"{start}/study/", person=nurse.pk, host=f"{abroad} [{abroad.pk}]",
           specialty="NEPHROLOGY", track="MANAGEMENT", begun_on="2025")  # fmt: skip
    posted(head, f"/entrusting/studies/{Study.objects.get().pk}/end/", state="RETURNED",
           on="2026-02", now_does="leads the unit")  # fmt: skip
    page = text(head, f"{start}/brought-on/")
    for words in ("came back", "leads the unit", "management key staff", "Far Test"):
        assert words in page


def test_r79_the_house_that_takes_them_in_sees_who_came_to_learn_and_from_where(
    ward: Ward, head: Client, people: dict[str, Account]
) -> None:
    host = a_sending_hospital("Far Test")
    start = f"/entrusting/at/{ward.hospital.pk}"
    for name in ("Infirmier Essai", "Infirmière Essai"):
        nurse = a_colleague(head, ward, name)
        posted(head, f"{start}/study/", person=nurse.pk, host=f"{host} [{host.pk}]",
               specialty="NEPHROLOGY", track="CLINICAL", begun_on="2025")  # fmt: skip
    posted(head, f"/entrusting/studies/{Study.objects.earliest('id').pk}/end/", state="RETURNED",
           on="2026-02", now_does="leads the unit")  # fmt: skip
    unit, other = (
        speaking("their-unit", "unit", host),
        speaking("other-unit", "unit", a_sending_hospital("Other Test")),
    )
    shown = words(unit, "/entrusting/hosted/")
    for said in ("2 people in all, 1 there now", "Guinea 2", "Infirmier Essai", "leads the unit"):
        assert said in shown, said
    assert "Infirmier Essai" in words(head, "/entrusting/hosted/")  # those whom they sent
    assert "Nobody is recorded" in words(other, "/entrusting/hosted/")
    account = Account.objects.get(username="their-unit")
    program = bearing(a_token(account, scope="READ")[1])
    assert len(program.get("/api/v1/studies").json()["items"]) == 2


def test_r85_r80_a_base_has_green_channels_and_experience_goes_down_a_level(
    ward: Ward, head: Client
) -> None:
    below = a_hospital("Centre de santé Essai")
    start, named = f"/entrusting/at/{ward.hospital.pk}", f"{below} [{below.pk}]"
    posted(head, f"{start}/base/", kind="RESIDENTS", specialty="NEPHROLOGY", started_on="2024")
    base = Base.objects.get()
    posted(head, f"/entrusting/bases/{base.pk}/channel/", organisation=named)
    posted(head, f"{start}/hand-down/", taker=named, specialty="NEPHROLOGY", on=TODAY,
           what="To see it early")  # fmt: skip
    page = text(head, f"{start}/brought-on/")
    for words in ("standardised training of residents", "green channels:", "To see it early",
                  "how many it reached: unknown"):  # fmt: skip
        assert words in page
    posted(head, f"/entrusting/bases/{base.pk}/end/", on="2026")
    assert "ended 2026" in text(head, f"{start}/brought-on/")


def test_pages_of_a_hospital_ask_few_questions(ward: Ward, head: Client) -> None:
    item = a_service()
    for number in range(6):
        row = a_colleague(head, ward, f"Docteur Essai {number}")
        posted(head, f"/entrusting/people/{row.pk}/case/", item=item.key, role="ALONE", count=1,
               on=TODAY)  # fmt: skip
    for page in ("cases/", f"at/{ward.hospital.pk}/", f"people/{row.pk}/", "firsts/",
                 f"at/{ward.hospital.pk}/brought-on/", f"people/{row.pk}/case/"):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            text(head, f"/entrusting/{page}")
        assert len(asked) <= 30, (page, len(asked))
