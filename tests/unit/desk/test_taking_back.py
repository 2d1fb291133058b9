"""Who may take a change back, and what follows it."""

from __future__ import annotations

from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from marrow.accounts.actions import give_role, open_account, revoke_role
from marrow.accounts.models import Account, RoleGrant
from marrow.agreements.actions import open_sheet
from marrow.agreements.models import TaskSheet
from marrow.core.journal.gone import as_they_were
from marrow.core.models import Operation
from marrow.core.viewer import Grant, Viewer
from marrow.directory.actions import add_alias, merge_organisations, name_organisation
from marrow.directory.models import Area
from marrow.directory.queries import hits
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from marrow.people.actions import add_to_person, say_how_i_am
from marrow.people.models import LanguageSkill, Person
from marrow.programmes.models import Programme
from marrow.sources.actions import keep_document
from marrow.sources.models import Document
from tests.builders import ADMIN, NOW, OFFICE, a_batch, a_hospital, a_person, a_programme

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


def test_how_somebody_was_is_not_read_once_it_was_taken_back_either(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    """By an office of another programme, an auditor and the administrator."""
    me = Viewer(uuid4(), "Me", (Grant("member"),))
    person = a_person()
    Person.objects.filter(pk=person.pk).update(account=me.person)
    say_how_i_am(person=person.pk, feeling="STRAINED", words="I miss home", by=me, at=NOW)
    said = act_of("say_how_i_am")
    office = signed_in["office"]
    assert office.post(f"/journal/undo/{said}/").status_code == 302
    pages = (f"/journal/acts/{said}/", f"/journal/acts/{act_of('undo')}/", "/journal/")
    for page in pages[:2]:
        assert "strained" in office.get(page).content.decode(), page
    others = [an_office_of(a_programme("mine"), places), signed_in["auditor"], signed_in["admin"]]
    for other in others:
        for page in (*pages, f"/journal/undo/{said}/"):
            assert "strained" not in other.get(page).content.decode(), page
        assert other.get(f"/journal/undo/{said}/").status_code in (403, 404)


def test_what_hangs_on_what_is_gone_too_is_not_brought_back_before_it(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    """Nor does its page break: who may, is told what stands in the way."""
    office, person = signed_in["office"], a_person()
    french = LanguageSkill(language="fr", level="B2")
    add_to_person(person=person.pk, part=french, by=OFFICE, at=NOW)
    told = act_of("add_to_person")
    assert office.post(f"/journal/undo/{told}/").status_code == 302
    gone = f"/journal/undo/{act_of('undo')}/"
    assert office.post(f"/journal/undo/{act_of('enter_person')}/").status_code == 302
    assert "What it belongs to is gone too" in office.get(gone).content.decode()
    assert office.post(gone).status_code == 409
    assert signed_in["member"].get(gone).status_code in (403, 404)


def test_a_page_offers_to_bring_back_what_was_taken_back(signed_in: dict[str, Client]) -> None:
    office, person = signed_in["office"], a_person()
    assert office.post(f"/journal/undo/{act_of('enter_person')}/").status_code == 302
    undone = act_of("undo")
    page = office.get(f"/journal/acts/{undone}/").content.decode()
    assert f"/journal/undo/{undone}/" in page
    assert office.post(f"/journal/undo/{undone}/").status_code == 302
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_pointed_at_something_that_is_gone_does_not_point_at_it_again(
    signed_in: dict[str, Client],
) -> None:
    office, one, other = signed_in["office"], a_hospital("One"), a_hospital("Other")
    entered = act_of("enter_organisation")
    merge_organisations(loser=one.pk, winner=other.pk, by=OFFICE, at=NOW)
    assert office.post(f"/journal/undo/{act_of('merge_organisations')}/").status_code == 302
    parted = f"/journal/undo/{act_of('undo')}/"
    assert office.post(f"/journal/undo/{entered}/").status_code == 302
    assert "What it belongs to is gone too" in office.get(parted).content.decode()
    assert office.post(parted).status_code == 409
    assert office.post(f"/journal/undo/{act_of('undo')}/").status_code == 302
    assert office.post(parted).status_code == 302


def test_what_is_unknown_takes_nobodys_place_while_what_is_gone_is_judged(
    signed_in: dict[str, Client],
) -> None:
    """The sheet of another programme for the same year, of no agreement either, stays."""
    kept, gone = a_programme("kept"), a_programme("mine")
    open_sheet(programme=kept.key, year=2026, by=OFFICE, at=NOW)
    sheet = open_sheet(programme=gone.key, year=2026, by=OFFICE, at=NOW)
    assert signed_in["office"].post(f"/journal/undo/{act_of('open_sheet')}/").status_code == 302
    there = as_they_were({("agreements.tasksheet", sheet.pk)}, TaskSheet.objects.count)
    assert (there, TaskSheet.objects.count()) == (2, 1)


def test_while_the_base_is_locked_the_journal_says_try_again_not_that_it_is_for_other_eyes(
    signed_in: dict[str, Client],
) -> None:
    office, person = signed_in["office"], a_person()
    assert office.post(f"/journal/undo/{act_of('enter_person')}/").status_code == 302
    pages = ("/journal/", f"/journal/acts/{act_of('undo')}/", f"/journal/undo/{act_of('undo')}/")
    office.raise_request_exception = False
    locked = OperationalError("database is locked")
    with patch("marrow.core.journal.gone.transaction.atomic", side_effect=locked):
        for page in pages:
            answer = office.get(page)
            assert answer.status_code == 500, page
            assert "Please try again" in answer.content.decode()
    for page in pages:
        assert office.get(page).status_code == 200, page
    assert not Person.objects.filter(pk=person.pk).exists()
