"""A person's own tokens: made once, seen once, ended at once; never more than their person."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from marrow.accounts.actions import close_account, revoke_role, set_password
from marrow.accounts.models import Account, RoleGrant, Token
from marrow.accounts.queries import viewer_of
from marrow.accounts.tokens.actions import end_token, make_token
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from tests.builders import ADMIN, NOW, a_batch, a_hospital
from tests.builders.calling import a_token, bearing, is_problem, now, sent

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ME = "/api/v1/me"
PAGE = "/settings/tokens/"


def test_a_token_is_made_on_the_page_and_its_secret_seen_once(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    told = {"name": "monthly report", "scope": "READ", "days": "30"}
    answer = signed_in["office"].post(PAGE, told)
    secret = answer.content.decode().split('class="token">')[1].split("<")[0]
    assert bearing(secret).get(ME).json()["name"] == "Office"
    assert secret not in signed_in["office"].get(PAGE).content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_nothing_that_is_kept_tells_the_secret(people: dict[str, Account]) -> None:
    row, secret = a_token(people["office"])
    kept = [str(Token.objects.values().get(pk=row.pk))]
    kept += Operation.objects.filter(record=row.pk).values_list("changes", flat=True)
    assert len(kept) == 2
    assert not [text for text in kept if secret in text or secret[4:] in text]


def test_making_and_ending_stand_in_the_journal(people: dict[str, Account]) -> None:
    row, _secret = a_token(people["office"])
    end_token(token=row.pk, by=viewer_of(people["office"]), at=NOW)
    acts = Operation.objects.filter(record=row.pk).order_by("id").values_list("action", flat=True)
    assert list(acts) == ["make_token", "end_token"]


def test_a_token_that_was_ended_a_moment_ago_opens_nothing(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    row, secret = a_token(people["office"])
    program = bearing(secret)
    assert program.get(ME).status_code == 200
    signed_in["office"].post(f"{PAGE}{row.pk}/end/")
    answer = program.get(ME)
    assert is_problem(answer, 401)
    assert answer.json()["code"] == "bad-token"
    assert is_problem(program.get("/api/v1/missions"), 401), "not even what is public"


def test_a_token_expires(people: dict[str, Account]) -> None:
    viewer = viewer_of(people["office"])
    past = now() - dt.timedelta(days=2)
    _row, secret = make_token(name="x", scope="READ", roles=[], days=1, by=viewer, at=past)
    assert is_problem(bearing(secret).get(ME), 401)


def test_a_closed_account_and_a_new_password_end_its_tokens(people: dict[str, Account]) -> None:
    one, other = bearing(a_token(people["unit"])[1]), bearing(a_token(people["office"])[1])
    close_account(account=people["unit"].pk, by=ADMIN, at=NOW)
    set_password(account=people["office"].pk, password="correct horse 9", by=ADMIN, at=NOW)
    assert is_problem(one.get(ME), 401)
    assert is_problem(other.get(ME), 401)


def test_a_role_that_was_taken_back_a_moment_ago_is_carried_no_more(
    people: dict[str, Account],
) -> None:
    program = bearing(a_token(people["office"])[1])
    assert program.get("/api/v1/findings").status_code == 200
    grant = RoleGrant.objects.get(account=people["office"])
    revoke_role(grant=grant.pk, by=ADMIN, at=NOW)
    assert is_problem(program.get("/api/v1/findings"), 403)


def test_a_token_carries_the_roles_that_were_chosen_and_never_the_administrators(
    people: dict[str, Account],
) -> None:
    both = Viewer(people["office"].pk, "", (Grant("office"), Grant("auditor"), Grant("admin")))
    with pytest.raises(Refused, match="administrator"):
        make_token(name="x", scope="READ", roles=["admin"], days=1, by=both, at=NOW)
    with pytest.raises(Refused, match="you hold"):
        a_token(people["office"], roles=["auditor"])
    fewer = bearing(a_token(people["office"], roles=["office"])[1])
    assert [g["role"] for g in fewer.get(ME).json()["grants"]] == ["office"]
    assert bearing(a_token(people["admin"])[1]).get(ME).json()["grants"] == []


def test_a_token_that_reads_changes_nothing(people: dict[str, Account]) -> None:
    program = bearing(a_token(people["office"], scope="READ")[1])
    hospital = a_hospital()
    answer = sent(program, "POST", f"/api/v1/organisations/{hospital.pk}/aliases", {"text": "x"})
    assert is_problem(answer, 403)
    assert "only reads" in answer.json()["detail"]


def test_a_call_with_a_token_makes_no_session_and_says_where_it_came_from(
    people: dict[str, Account],
) -> None:
    batch = a_batch(size=20)
    Session.objects.all().delete()
    program = bearing(a_token(people["office"])[1])
    source = {"title": "T", "words": "23 persons"}
    answer = sent(program, "PATCH", f"/api/v1/missions/{batch.pk}", {"size": 23, "source": source})
    assert answer.status_code == 200, answer.content
    assert not answer.cookies
    assert Session.objects.count() == 0
    line = Operation.objects.filter(model="missions.mission", record=batch.pk).order_by("-id")[0]
    assert (line.via, line.by) == ("api", people["office"].pk)
    assert json.loads(line.changes) == {"size": [20, 23]}


def test_whoever_bears_a_token_and_a_cookie_is_who_the_token_says(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    _row, secret = a_token(people["member"])
    answer = signed_in["office"].get(ME, headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["name"] == "Member"
    assert is_problem(signed_in["office"].get(ME), 401), "a cookie is nobody here"


def test_nobody_ends_or_sees_the_tokens_of_another(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    row, _secret = a_token(people["office"])
    assert signed_in["member"].post(f"{PAGE}{row.pk}/end/").status_code == 404
    assert ">test<" not in signed_in["member"].get(PAGE).content.decode()
    with pytest.raises(Unseen):
        end_token(token=row.pk, by=viewer_of(people["member"]), at=NOW)


def test_a_token_makes_no_tokens(people: dict[str, Account]) -> None:
    with pytest.raises(NotAllowed):
        make_token(
            name="x", scope="READ", roles=[], days=1, by=viewer_of(people["office"], via="api"),
            at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(("days", "name"), [(0, "x"), (366, "x"), (30, "  ")])
def test_a_token_has_a_name_and_lives_at_most_a_year(
    people: dict[str, Account], days: int, name: str
) -> None:
    with pytest.raises(Refused):
        make_token(
            name=name, scope="READ", roles=[], days=days, by=viewer_of(people["office"]), at=NOW
        )


@pytest.mark.parametrize("told", ["Bearer", "Bearer nothing", "Basic eA==", "mrw_x", "Bearer ü"])
def test_what_is_no_token_opens_nothing(people: dict[str, Account], told: str) -> None:
    assert is_problem(Client().get("/api/v1/areas", headers={"Authorization": told}), 401)
