"""Codes on paper: who may invite to what, single use, and nothing of the code is kept."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from marrow.accounts.actions import (
    accept_invitation,
    close_account,
    give_role,
    invite,
    open_account,
    print_reset,
    revoke_role,
    withdraw,
)
from marrow.accounts.models import Account, AccountMark, PrintedCode, RoleGrant
from marrow.accounts.queries import code_in_hand, viewer_of
from marrow.accounts.rules import device_words, fingerprint, new_code
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.directory.models import Area
from marrow.sync.actions import enrol
from tests.builders import ADMIN, LEADER, NOW, OFFICE, a_hospital, a_programme
from tests.builders.calling import a_token, bearing

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MEMBER = [Grant("member")]
DAY = dt.timedelta(days=1)


def told(page: str) -> str:
    """The code on a paper."""
    found = re.search(r'id="code">([^<]+)<', page)
    assert found
    return found[1]


def test_a_code_is_read_as_people_write_it() -> None:
    code = new_code()
    assert len(code) == 24
    assert fingerprint(code) == fingerprint(f" {code.lower().replace('-', ' ')} ")
    assert fingerprint("0l1O-ABCD") == fingerprint("O1I0 abcd")
    assert new_code() != code


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537 Edg/140", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604", ("Safari", "iPhone")),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, words: tuple[str, str]) -> None:
    assert device_words(agent) == words


def test_an_invited_person_chooses_a_name_and_gets_the_roles_once(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    asked = {"full_name": "Aminata Test", "role": "recipient", "scope": "area", "thing": "GN",
             "paper": "fr"}  # fmt: skip
    paper = signed_in["office"].post("/settings/invitations/", asked).content.decode()
    assert "Vous êtes invité" in paper
    code, browser = told(paper), Client()
    assert browser.get("/code/use/").headers["Location"] == "/code/"
    assert browser.post("/code/", {"code": code.lower()}).headers["Location"] == "/code/use/"
    chosen = {"username": "aminata", "password": "correct horse 8"}
    assert browser.post("/code/use/", {**chosen, "password": "123"}).status_code == 422
    assert browser.post("/code/use/", {**chosen, "username": "office"}).status_code == 422
    assert browser.post("/code/use/", chosen).headers["Location"] == "/hospital/"
    assert browser.get("/desk/").status_code == 200
    account = Account.objects.get(username="aminata")
    assert str(account) == "Aminata Test"
    (grant,) = account.grants.all()
    assert (grant.role, grant.scope, grant.thing) == ("recipient", "area", places["GN"].pk)
    again = Client().post("/code/", {"code": code})
    assert again.status_code == 422
    assert "opens nothing" in again.content.decode()
    assert not verify().broken


def test_a_paper_may_give_two_roles(signed_in: dict[str, Client], places: dict[str, Area]) -> None:
    asked = {"full_name": "A", "role": "member", "scope": "everywhere", "thing": "", "paper": "en",
             "also-role": "recipient", "also-scope": "area", "also-thing": "VU"}  # fmt: skip
    wrong = signed_in["office"].post("/settings/invitations/", asked | {"also-thing": "Nowhere"})
    assert wrong.status_code == 422
    paper = signed_in["office"].post("/settings/invitations/", asked).content.decode()
    issued = PrintedCode.objects.get()
    row = code_in_hand(told(paper), issued.issued_at)
    account = accept_invitation(
        code=row.pk, username="a", password="correct horse 8", at=issued.issued_at
    )
    assert sorted(account.grants.values_list("role", flat=True)) == ["member", "recipient"]
    assert (
        signed_in["office"]
        .post("/settings/invitations/", asked | {"also-role": "admin"})
        .status_code
        == 422
    )


def test_nothing_of_the_code_or_the_name_is_kept_in_clear(people: dict[str, Account]) -> None:
    row, code = invite(full_name="Aminata Test", grants=MEMBER, by=ADMIN, at=NOW)
    kept = str(PrintedCode.objects.filter(pk=row.pk).values().get())
    kept += "".join(Operation.objects.filter(record=row.pk).values_list("changes", flat=True))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert "Aminata" not in kept
    assert PrintedCode.objects.get(pk=row.pk).full_name == "Aminata Test"


def test_a_code_that_is_old_withdrawn_or_used_opens_nothing(people: dict[str, Account]) -> None:
    row, code = invite(full_name="A", grants=MEMBER, by=ADMIN, at=NOW)
    assert code_in_hand(code, NOW + 29 * DAY)
    with pytest.raises(Unseen):
        code_in_hand(code, NOW + 30 * DAY)
    with pytest.raises(Unseen):
        code_in_hand("0000-0000-0000-0000-0000", NOW)
    withdraw(invitation=row.pk, by=ADMIN, at=NOW)
    with pytest.raises(Unseen):
        accept_invitation(code=row.pk, username="a", password="correct horse 8", at=NOW)


def test_two_who_use_one_code_at_once_make_one_account(people: dict[str, Account]) -> None:
    row, _code = invite(full_name="A", grants=MEMBER, by=viewer_of(people["admin"]), at=NOW)
    stale = PrintedCode.objects.get(pk=row.pk)
    accept_invitation(code=row.pk, username="first", password="correct horse 8", at=NOW)
    with pytest.raises(Unseen):
        accept_invitation(code=row.pk, username="second", password="correct horse 8", at=NOW)
    from marrow.accounts.actions.printed_codes import ACCEPT  # noqa: PLC0415
    from marrow.core.journal import journal  # noqa: PLC0415

    stale.used_at = NOW
    with pytest.raises(Overtaken), journal(ACCEPT, by=ADMIN, at=NOW) as page:
        page.save(stale)
    assert not Account.objects.filter(username="second").exists()


def test_an_office_invites_below_itself_and_within_its_own_scope(places: dict[str, Area]) -> None:
    guinea = Viewer(OFFICE.person, "Guinea", (Grant("office", "area", places["GN"].pk),))
    beijing = Viewer(OFFICE.person, "Beijing", (Grant("office", "area", places["CN-BJ"].pk),))
    hospital, programme = a_hospital(), a_programme("gansu", places["CN-GS"])
    at_hospital = [Grant("recipient", "organisation", hospital.pk)]
    invite(full_name="A", grants=at_hospital, by=guinea, at=NOW)
    for by, grants in (
        (beijing, at_hospital), (guinea, MEMBER), (guinea, [Grant("admin")]),
        (guinea, [Grant("office", "area", places["GN"].pk)]),
        (guinea, [*at_hospital, Grant("auditor")]), (LEADER, MEMBER),
        (beijing, [Grant("member", "programme", programme.pk)]),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            invite(full_name="A", grants=grants, by=by, at=NOW)
    china = Viewer(OFFICE.person, "China", (Grant("office", "area", places["CN"].pk),))
    invite(full_name="A", grants=[Grant("member", "programme", programme.pk)], by=china, at=NOW)
    invite(full_name="A", grants=[Grant("admin")], by=ADMIN, at=NOW)
    with pytest.raises(Refused, match="limited"):
        invite(full_name="A", grants=[Grant("member", "area")], by=ADMIN, at=NOW)


def test_who_lost_the_right_to_invite_invites_nobody_any_more(people: dict[str, Account]) -> None:
    office = people["office"]
    row, _code = invite(full_name="A", grants=MEMBER, by=viewer_of(office), at=NOW)
    revoke_role(grant=office.grants.get().pk, by=ADMIN, at=NOW)
    with pytest.raises(Refused, match="may no longer"):
        accept_invitation(code=row.pk, username="a", password="correct horse 8", at=NOW)
    assert not Account.objects.filter(username="a").exists()


def test_an_office_sees_and_withdraws_its_own_invitations_alone(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    row, _code = invite(full_name="Of admin", grants=MEMBER, by=ADMIN, at=NOW)
    assert "Of admin" not in signed_in["office"].get("/settings/invitations/").content.decode()
    assert "Of admin" in signed_in["admin"].get("/settings/invitations/").content.decode()
    address = f"/settings/invitations/{row.pk}/withdraw/"
    assert signed_in["office"].post(address).status_code == 404
    assert signed_in["admin"].post(address).status_code == 302


def test_a_new_password_by_paper_ends_every_session_and_works_once(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    unit, admin = people["unit"], signed_in["admin"]
    assert signed_in["unit"].get("/desk/").status_code == 200
    before = Session.objects.count()
    paper = admin.post(f"/settings/accounts/{unit.pk}/reset/").content.decode()
    assert Session.objects.count() < before
    older = told(paper)
    code = told(admin.post(f"/settings/accounts/{unit.pk}/reset/").content.decode())
    browser = Client()
    assert browser.post("/code/", {"code": older}).status_code == 422, "the newer one stands"
    assert browser.post("/code/", {"code": code}).status_code == 302
    assert browser.post("/code/use/", {"password": "correct horse 9"}).status_code == 302
    assert signed_in["unit"].get("/desk/").status_code == 302
    assert browser.get("/desk/").status_code == 302, "a second step may be asked for"
    assert Client().login(username="unit", password="correct horse 9")
    assert browser.post("/code/", {"code": code}).status_code == 422
    assert AccountMark.objects.filter(account=unit, what="RESET").exists()


def test_a_new_password_by_paper_ends_tokens_and_phones_and_says_so(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    member = people["member"]
    phone, _token = enrol(by=viewer_of(member), at=NOW)
    others, _token = enrol(by=viewer_of(people["leader"]), at=NOW)
    program = bearing(a_token(member)[1])
    assert program.get("/api/v1/me").status_code == 200
    code = told(signed_in["admin"].post(f"/settings/accounts/{member.pk}/reset/").content.decode())
    browser = Client()
    browser.post("/code/", {"code": code})
    page = browser.post("/code/use/", {"password": "correct horse 9"}, follow=True)
    assert "phones of this account have ended" in page.content.decode()
    assert program.get("/api/v1/me").status_code == 401
    phone.refresh_from_db()
    others.refresh_from_db()
    assert (phone.revoked_by, others.revoked_at) == (member.pk, None)
    assert phone.revoked_at is not None


def test_a_lost_device_is_taken_away_with_the_new_password(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    admin = people["admin"]
    page = signed_in["admin"].post(f"/settings/accounts/{admin.pk}/reset/", {"clears_factors": "1"})
    browser = Client()
    browser.post("/code/", {"code": told(page.content.decode())})
    browser.post("/code/use/", {"password": "correct horse 9"})
    assert not Authenticator.objects.filter(user=admin).exists()


def test_a_stolen_telephone_is_shut_out_as_soon_as_the_paper_is_made(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    member = people["member"]
    member.set_password("correct horse 8")
    member.save()
    thief, program = Client(), bearing(a_token(member)[1])
    thief.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert thief.get("/settings/sessions/").status_code == 200
    phone, _token = enrol(by=viewer_of(member), at=NOW)
    Authenticator.objects.create(user=member, type="webauthn", data={})
    page = signed_in["admin"].get(f"/settings/accounts/{member.pk}/").content.decode()
    assert "phones end as soon as the paper is made" in page
    paper = signed_in["admin"].post(
        f"/settings/accounts/{member.pk}/reset/", {"clears_factors": "1"}
    )
    assert "have ended" in paper.content.decode()
    assert thief.get("/settings/sessions/").status_code == 302
    assert program.get("/api/v1/me").status_code == 401
    phone.refresh_from_db()
    assert phone.revoked_at is not None
    assert not Authenticator.objects.filter(user=member).exists()
    assert not Client().login(username="member", password="correct horse 8")
    owner = Client()
    owner.post("/code/", {"code": told(paper.content.decode())})
    assert owner.post("/code/use/", {"password": "correct horse 9"}).status_code == 302
    assert Client().login(username="member", password="correct horse 9")


def test_a_forgotten_password_still_opens_until_the_paper_is_used(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    member = people["member"]
    member.set_password("correct horse 8")
    member.save()
    signed_in["admin"].post(f"/settings/accounts/{member.pk}/reset/")
    assert Client().login(username="member", password="correct horse 8")


def test_an_administrator_keeps_their_own_session_until_their_paper_is_used(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    admin, own = signed_in["admin"], f"/settings/accounts/{people['admin'].pk}/"
    assert "end once you use the code" in admin.get(own).content.decode()
    assert admin.post(f"{own}reset/").status_code == 200
    assert admin.get(own).status_code == 200


def test_a_password_is_not_the_user_name_with_figures_behind_it(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    member = people["member"]
    Account.objects.filter(pk=member.pk).update(username="mariam")
    admin = signed_in["admin"]
    code = told(admin.post(f"/settings/accounts/{member.pk}/reset/").content.decode())
    browser = Client()
    browser.post("/code/", {"code": code})
    page = browser.post("/code/use/", {"password": "mariam12"})
    assert page.status_code == 422
    assert "too similar to the username" in page.content.decode()
    admin.post(f"/settings/accounts/{member.pk}/password/", {"password": "mariam12"})
    _row, paper = invite(full_name="Mariam", grants=MEMBER, by=OFFICE, at=dt.datetime.now(dt.UTC))
    guest = Client()
    guest.post("/code/", {"code": paper})
    chosen = {"username": "mariam.b", "password": "mariam.b1"}
    assert guest.post("/code/use/", chosen).status_code == 422
    member.refresh_from_db()
    assert not member.check_password("mariam12")
    assert browser.post("/code/use/", {"password": "correct horse 9"}).status_code == 302


def test_a_closed_account_gets_no_new_password(people: dict[str, Account]) -> None:
    row, _code = print_reset(account=people["unit"].pk, clears_factors=False, by=ADMIN, at=NOW)
    close_account(account=people["unit"].pk, by=ADMIN, at=NOW)
    from marrow.accounts.actions import choose_new_password  # noqa: PLC0415

    with pytest.raises(Refused, match="closed"):
        choose_new_password(code=row.pk, password="correct horse 9", at=NOW)
    with pytest.raises(NotAllowed):
        print_reset(account=people["unit"].pk, clears_factors=False, by=OFFICE, at=NOW)


def test_guessing_codes_is_stopped(db: None) -> None:
    browser = Client()
    answers = [browser.post("/code/", {"code": str(n)}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_reset_is_no_invitation(people: dict[str, Account]) -> None:
    row, _code = print_reset(account=people["unit"].pk, clears_factors=False, by=ADMIN, at=NOW)
    with pytest.raises(Unseen):
        accept_invitation(code=row.pk, username="a", password="correct horse 8", at=NOW)
    other = open_account(username="o", password="correct horse 8", full_name="O", by=ADMIN, at=NOW)
    give_role(account=other, role="member", scope="everywhere", thing=None, by=ADMIN, at=NOW)
    assert RoleGrant.objects.filter(account=other).count() == 1


def test_the_operator_lets_an_administrator_back_in(people: dict[str, Account]) -> None:
    out = io.StringIO()
    call_command("account", "paper", "admin", "--lost-device", stdout=out)
    browser = Client()
    browser.post("/code/", {"code": out.getvalue().splitlines()[0]})
    browser.post("/code/use/", {"password": "correct horse 9"})
    answer = browser.post("/sign-in/", {"login": "admin", "password": "correct horse 9"})
    assert answer.headers["Location"] == "/desk/"
    assert browser.get("/desk/").headers["Location"] == "/settings/security/"
    with pytest.raises(CommandError, match="no account"):
        call_command("account", "paper", "nobody", stdout=out)
