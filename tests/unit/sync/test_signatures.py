"""Signatures given on a phone: the same action as the page's, once, never for oneself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

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
