"""An auditor reads everything and an administrator keeps everything: a limit that would not hold is
not taken."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account, RoleGrant
from tests.builders import a_programme

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_a_limit_that_would_not_hold_is_refused_with_a_reason(
    signed_in: dict[str, Client], people: dict[str, Account], role: str
) -> None:
    programme = a_programme("gansu")
    account, held = people["unit"], RoleGrant.objects.filter(role=role).count()
    told = {"role": role, "scope": "programme", "thing": programme.key}
    answer = signed_in["admin"].post(
        f"/settings/accounts/{account.pk}/", told, headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    assert "An auditor reads everything" in answer.content.decode()
    answer = signed_in["admin"].post(
        "/settings/invitations/",
        {"full_name": "Somebody", **told},
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 422
    assert RoleGrant.objects.filter(role=role).count() == held
    told = {"role": role, "scope": "everywhere", "thing": ""}
    answer = signed_in["admin"].post(f"/settings/accounts/{account.pk}/", told)
    assert answer.status_code == 302
