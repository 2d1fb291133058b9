"""Signatures given on a phone: the same action as the page's, once, never for oneself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.capacity.models import StepSignature
from marrow.core.models import Operation
from marrow.entrusting.models import LogCase
from marrow.people.models import Person
from tests.builders.capability import a_service, proposed
from tests.builders.entrusted import TODAY, House, a_house, logged
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(people: dict[str, Account]) -> House:
    """Its visitor has the leader's account, its nurse the member's."""
    found = a_house()
    Person.objects.filter(pk=found.expert.pk).update(account=people["leader"].pk)
    Person.objects.filter(pk=found.nurse.pk).update(account=people["member"].pk)
    return found


def signs(phone: Phone, of: str, **told: Any) -> list[tuple[object, object]]:
    data = {"of": of, **told}
    phone.line({"r": str(uuid4()), "t": "signature", "k": "create", "d": data})
    return [(n["st"], n["why"]) for n in phone.push().notes if n["q"] == len(phone.lines)]


def test_a_step_is_signed_once_for_ones_own_side(people: dict[str, Account], house: House) -> None:
    phone = Phone(people["leader"])
    step = proposed(house.ward, a_service(), 1, TODAY, by=house.ward.head)
    assert signs(phone, "step", step=str(step.pk), side="VISITOR") == []
    assert signs(phone, "step", step=str(step.pk), side="VISITOR") == [("identical", "")]
    assert signs(phone, "step", step=str(step.pk), side="HEAD") == [
        ("quarantined", "NOT-ALLOWED")
    ]  # fmt: skip
    signature = StepSignature.objects.get(side="VISITOR")
    assert signature.signer == people["leader"].pk
    line = Operation.objects.get(record=signature.pk)
    assert (line.origin, line.origin_q, line.action) == (phone.row.pk, 1, "sign_step")


def test_who_watched_confirms_a_case_and_nobody_their_own(
    people: dict[str, Account], house: House
) -> None:
    case = logged(house, a_service(), by=viewer_of(people["member"]))
    mine, theirs = Phone(people["member"]), Phone(people["leader"])
    assert signs(mine, "case", case=str(case.pk)) == [("quarantined", "NOT-ALLOWED")]
    assert signs(theirs, "case", case=str(case.pk)) == []
    assert signs(theirs, "case", case=str(case.pk)) == [("identical", "")]
    assert LogCase.objects.get().state == LogCase.State.CONFIRMED


def test_what_is_no_signature_is_set_aside(people: dict[str, Account], house: House) -> None:
    phone = Phone(people["leader"])
    assert signs(phone, "step") == [("quarantined", "MALFORMED")]
    assert signs(phone, "cheque") == [("quarantined", "UNKNOWN_TYPE")]
    assert signs(phone, "case", case=str(uuid4())) == [("quarantined", "UNSEEN")]


def test_a_step_that_was_not_so_is_dropped_with_the_reason_by_who_would_sign(
    people: dict[str, Account], house: House
) -> None:
    phone = Phone(people["leader"])
    step = proposed(house.ward, a_service(), 1, TODAY, by=house.ward.head)
    told = {"step": str(step.pk), "side": "VISITOR", "so": False}
    assert signs(phone, "step", **told, reason=" ") == [("quarantined", "REFUSED")]
    assert signs(phone, "step", **{**told, "side": "HEAD"}, reason="No") == [
        ("quarantined", "NOT-ALLOWED")
    ]  # fmt: skip
    assert signs(phone, "step", **told, reason="Two of them were mine.") == []
    assert signs(phone, "step", **told, reason="Two of them were mine.") == [("identical", "")]
    step.refresh_from_db()
    assert (step.state, step.ended_why) == ("DROPPED", "Two of them were mine.")
    assert not StepSignature.objects.filter(side="VISITOR").exists()
    line = Operation.objects.filter(record=step.pk).latest("pk")
    assert (line.origin, line.action) == (phone.row.pk, "decline_step")
    assert signs(phone, "step", step=str(step.pk), side="VISITOR") == [("quarantined", "OVERTAKEN")]


def test_a_case_that_was_not_so_is_declined_with_the_reason_as_on_its_page(
    people: dict[str, Account], house: House
) -> None:
    case = logged(house, a_service(), by=viewer_of(people["member"]))
    phone = Phone(people["leader"])
    told = {"case": str(case.pk), "so": False}
    assert signs(phone, "case", **told) == [("quarantined", "REFUSED")]
    assert signs(phone, "case", **told, reason="I was not there.") == []
    assert signs(phone, "case", **told, reason="I was not there.") == [("identical", "")]
    row = LogCase.objects.get()
    assert (row.state, row.reason) == (LogCase.State.DECLINED, "I was not there.")
    assert signs(phone, "case", case=str(case.pk)) == [("quarantined", "OVERTAKEN")]


def test_who_would_sign_a_step_says_on_its_page_that_it_was_not_so(
    people: dict[str, Account], house: House, signed_in: dict[str, Client]
) -> None:
    step = proposed(house.ward, a_service(), 1, TODAY, by=house.ward.head)
    where = f"/care/steps/{step.pk}/"
    assert f"{where}decline/visitor/" in signed_in["leader"].get(where).content.decode()
    assert signed_in["leader"].get(f"{where}decline/head/").status_code == 403
    assert signed_in["leader"].post(f"{where}decline/visitor/", {"reason": ""}).status_code == 422
    told = {"reason": "Nobody did it."}
    assert signed_in["leader"].post(f"{where}decline/visitor/", told).status_code == 302
    step.refresh_from_db()
    assert (step.state, step.ended_why) == ("DROPPED", "Nobody did it.")
