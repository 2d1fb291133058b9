"""Who may take a change back, and what follows it."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.actions import give_role, open_account, revoke_role
from marrow.accounts.models import Account, RoleGrant
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.directory.actions import add_alias, name_organisation
from marrow.directory.models import Area
from marrow.directory.queries import hits
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.sources.actions import keep_document
from marrow.sources.models import Document
from tests.builders import ADMIN, NOW, OFFICE, a_batch, a_hospital, a_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def act_of(action: str) -> str:
    return str(Operation.objects.filter(action=action).order_by("-id")[0].act)


def an_office_of(programme: Programme, places: dict[str, Area]) -> Client:
    account = open_account(
        username="eve", password="correct horse 8", full_name="Eve", by=ADMIN, at=NOW
    )
    give_role(
        account=account,
        role="office",
        scope="programme",
        thing=programme.pk,
        by=ADMIN,
        at=NOW,
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_no_office_gets_a_role_back_by_an_undo(places: dict[str, Area]) -> None:
    eve = an_office_of(a_programme("mine"), places)
    account = Account.objects.get(username="eve")
    grant = give_role(
        account=account, role="admin", scope="everywhere", thing=None, by=ADMIN, at=NOW
    )
    revoke_role(grant=grant.pk, by=ADMIN, at=NOW)
    answer = eve.post(f"/journal/undo/{act_of('revoke_role')}/")
    assert answer.status_code in (403, 404, 409)
    assert not RoleGrant.objects.filter(account=account, role="admin", revoked_at=None).exists()


def test_the_office_of_one_programme_takes_back_nothing_of_another(
    places: dict[str, Area],
) -> None:
    eve = an_office_of(a_programme("mine"), places)
    batch = a_batch(3, size=20)
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, size=24)
    assert eve.post(f"/journal/undo/{act_of('change_batch')}/").status_code == 403
    batch.refresh_from_db()
    assert batch.size == 24


def test_the_office_of_one_programme_takes_back_no_paper_that_another_kept(
    places: dict[str, Area],
) -> None:
    eve = an_office_of(a_programme("mine"), places)
    kept = keep_document(key="r", kind="PAPER", title="Roster", by=OFFICE, at=NOW)
    assert eve.post(f"/journal/undo/{act_of('keep_document')}/").status_code == 403
    assert Document.objects.filter(pk=kept.pk).exists()


def test_search_finds_the_old_name_again_after_a_renaming_is_taken_back(
    signed_in: dict[str, Client],
) -> None:
    hospital = a_hospital("Hôpital Donka")
    name_organisation(organisation=hospital.pk, names={"fr": "Clinique Neuve"}, by=OFFICE, at=NOW)
    assert not hits("donka")
    answer = signed_in["office"].post(f"/journal/undo/{act_of('name_organisation')}/")
    assert answer.status_code == 302
    assert [h.id for h in hits("donka")] == [hospital.pk]
    assert not hits("neuve")


def test_search_forgets_a_spelling_that_is_taken_back(signed_in: dict[str, Client]) -> None:
    hospital = a_hospital("Hôpital Donka")
    add_alias(organisation=hospital.pk, text="Kipé", language="", by=OFFICE, at=NOW)
    assert hits("kipe")
    signed_in["office"].post(f"/journal/undo/{act_of('add_alias')}/")
    assert not hits("kipe")
    assert hits("donka")


def test_an_undo_shows_values_in_words(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    batch = a_batch(3, status="ON_POST")
    change_batch(mission=batch.pk, by=Viewer(None, "", OFFICE.grants), at=NOW, status="CLOSED")
    shown = signed_in["office"].get(f"/journal/undo/{act_of('change_batch')}/").content.decode()
    assert "<del>closed</del>" in shown
    assert "<ins>on post</ins>" in shown


def test_the_journal_shows_an_act_once_with_all_its_records(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    answer = signed_in["office"].get("/journal/")
    acts = [a for a in answer.context["acts"] if a.first.line.action == "Loaded places"]
    assert len(acts) == 1
    assert acts[0].count > 10
    whole = signed_in["office"].get(f"/journal/acts/{acts[0].first.line.act}/")
    assert len(whole.context["told"]) == min(acts[0].count, 50)
    assert signed_in["recipient"].get("/journal/").status_code == 403


def test_what_was_removed_is_brought_back_by_its_office_alone(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    batch = a_batch(3)
    office = signed_in["office"]
    assert office.post(f"/journal/undo/{act_of('enter_batch')}/").status_code == 302
    assert not Mission.objects.filter(pk=batch.pk).exists()
    gone = f"/journal/undo/{act_of('undo')}/"
    for role, client in signed_in.items():
        if role not in ("office", "auditor"):
            assert client.get(gone).status_code in (302, 403, 404), role
            assert client.post(gone).status_code in (302, 403, 404), role
    assert signed_in["auditor"].post(gone).status_code == 403
    assert an_office_of(a_programme("mine"), places).post(gone).status_code == 403
    assert not Mission.objects.filter(pk=batch.pk).exists()
    assert office.get(gone).status_code == 200
    assert not Mission.objects.filter(pk=batch.pk).exists()
    assert office.post(gone).status_code == 302
    assert Mission.objects.filter(pk=batch.pk).exists()


def test_an_act_on_what_is_gone_shows_nothing_of_it_to_others(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    batch = a_batch(3, size=20)
    change_batch(mission=batch.pk, by=OFFICE, at=NOW, size=24)
    changed = act_of("change_batch")
    for act in (changed, act_of("enter_batch")):
        assert signed_in["office"].post(f"/journal/undo/{act}/").status_code == 302
    assert signed_in["auditor"].get(f"/journal/undo/{changed}/").status_code == 403
    assert (
        an_office_of(a_programme("mine"), places).get(f"/journal/undo/{changed}/").status_code
        == 404
    )
    assert signed_in["leader"].get(f"/journal/undo/{changed}/").status_code == 404
