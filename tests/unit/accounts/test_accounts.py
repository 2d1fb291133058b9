"""The administrator opens, closes and reopens accounts; each leaves a line in the journal."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from marrow.accounts.actions import revoke_role
from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.queries import viewer_of
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.directory.models import Area
from tests.builders import NOW, a_hospital, a_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_closed_account_opens_no_door_until_it_is_opened_again(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    unit = people["unit"]
    address = f"/settings/accounts/{unit.pk}/close/"
    assert signed_in["unit"].get("/desk/").status_code == 200
    signed_in["admin"].post(address)
    assert signed_in["unit"].get("/desk/").status_code == 302
    signed_in["admin"].post(address, {"open": "1"})
    fresh = Client()
    fresh.force_login(unit, backend="django.contrib.auth.backends.ModelBackend")
    assert fresh.get("/desk/").status_code == 200
    whats = Operation.objects.filter(model="accounts.accountmark").values_list("action", flat=True)
    assert list(whats).count("close_account") == 2


def test_nobody_closes_their_own_account(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    answer = signed_in["admin"].post(f"/settings/accounts/{people['admin'].pk}/close/")
    assert answer.status_code == 422
    assert Account.objects.get(username="admin").is_active


def test_a_new_password_ends_the_sessions_of_the_old(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    address = f"/settings/accounts/{people['unit'].pk}/password/"
    assert signed_in["unit"].post(address, {"password": "correct horse 9"}).status_code == 403
    signed_in["admin"].post(address, {"password": "123"})
    assert signed_in["unit"].get("/desk/").status_code == 200, "a weak one changes nothing"
    signed_in["admin"].post(address, {"password": "correct horse 9"})
    assert signed_in["unit"].get("/desk/").status_code == 302
    assert Client().login(username="unit", password="correct horse 9")


def test_a_role_is_limited_by_what_people_call_the_thing(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    hospital, programme = a_hospital("Hôpital Donka"), a_programme("gansu")
    address = f"/settings/accounts/{people['unit'].pk}/"
    for scope, typed, thing in (
        ("organisation", "hopital donka", hospital.pk), ("programme", "gansu", programme.pk),
        ("area", "cn-gs", Area.objects.get(code="CN-GS").pk),
    ):  # fmt: skip
        told = {"role": "recipient", "scope": scope, "thing": typed}
        assert signed_in["admin"].post(address, told).status_code == 302
        assert RoleGrant.objects.filter(scope=scope, thing=thing).exists()
    answer = signed_in["admin"].post(
        address, {"role": "recipient", "scope": "area", "thing": "Atlantis"}
    )
    assert answer.status_code == 422
    assert "Nothing is called so" in answer.content.decode()


def test_the_operator_opens_the_first_account(
    places: dict[str, Area], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: "correct horse 5\n", raising=False)
    call_command("account", "open", "mary", "--name", "Mary Smith")
    call_command("account", "give", "mary", "office", "--scope", "area", "--for", "CN-BJ")
    mary = Account.objects.get(username="mary")
    assert mary.grants.get().thing == places["CN-BJ"].pk
    assert Client().login(username="mary", password="correct horse 5")


def test_a_limit_that_is_written_is_never_lost(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    told = {"role": "office", "scope": "everywhere", "thing": "CN-GS"}
    answer = signed_in["admin"].post(f"/settings/accounts/{people['unit'].pk}/", told)
    assert answer.status_code == 422
    assert "Choose what it is limited to" in answer.content.decode()
    assert not people["unit"].grants.filter(role="office").exists()


def test_an_administrator_never_takes_their_own_role(people: dict[str, Account]) -> None:
    admin = people["admin"]
    with pytest.raises(Refused, match="your own"):
        revoke_role(grant=admin.grants.get().pk, by=viewer_of(admin), at=NOW)
    assert admin.grants.filter(revoked_at=None).exists()
