"""A program does an office's work through the API, within its person's scope and no further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marrow.accounts.actions import give_role, open_account
from marrow.core.jobs import run_one
from marrow.core.journal import Act, journal
from marrow.directory.models import Area, Organisation
from marrow.sources.models import Finding, WorkItem
from tests.builders import (
    ADMIN,
    NOW,
    OFFICE,
    a_batch,
    a_hospital,
    a_programme,
    a_sending_hospital,
    a_series,
)
from tests.builders.calling import a_token, bearing, is_problem, sent

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOURCE = {"title": "Report", "words": "as it says", "published_on": "2026-01"}
DOUBT = Act("raise_doubt_of_work", "Raised a doubt")


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def one_who_is(role: str, scope: str, thing: Any) -> Client:
    """A program of somebody who holds this role within this scope."""
    account = open_account(
        username=f"{role}-{thing}", password="correct horse 7", full_name="X", by=ADMIN, at=NOW
    )
    give_role(account=account, role=role, scope=scope, thing=thing, by=ADMIN, at=NOW)
    return bearing(a_token(account)[1])


def test_a_programme_grows_from_its_founding_to_its_honours(calling: dict[str, Client]) -> None:
    office, api = calling["office"], "/api/v1"
    names = {"en": "Teams of test", "zh": "试验医疗队"}
    told = {"names": names, "kind": "RESIDENT_SERIES", "sender": "CN-BJ", "source": SOURCE}
    programme = ok(sent(office, "POST", f"{api}/programmes", told), 201)
    at = f"{api}/programmes/{programme['key']}"
    series = ok(sent(office, "POST", f"{at}/series", {"place": "GN", "source": SOURCE}), 201)
    batches = f"{api}/series/{series['id']}/batches"
    batch = {"number": 1, "size": 20, "departed_on": "1968-06", "source": SOURCE}
    mission = ok(sent(office, "POST", batches, batch), 201)
    assert (mission["sender"], mission["size"], mission["arrived_on"]) == ("CN-BJ", 20, "")
    assert is_problem(sent(office, "POST", batches, batch), 422), "a number is used once"
    where = f"{api}/missions/{mission['id']}"
    hospital = a_hospital("Hôpital Donka")
    site = {"as_told": "Donka", "source": SOURCE}
    parts = ok(sent(office, "POST", f"{where}/sites", site), 201)
    which = {"organisation": str(hospital.pk), "source": SOURCE}
    placed = f"{api}/sites/{parts['sites'][0]['id']}/organisation"
    assert ok(sent(office, "PUT", placed, which))["sites"][0]["organisation"] == str(hospital.pk)
    ok(sent(office, "POST", f"{where}/units", {**which, "persons": 4}), 201)
    honour = {"names": {"en": "Medal"}, "body": "Guinea", "to": "TEAM", "source": SOURCE}
    ok(sent(office, "POST", f"{where}/honours", honour), 201)
    gift = {"names": {"en": "A scanner"}, "kind": "EQUIPMENT", "area": "GN", "source": SOURCE}
    ok(sent(office, "POST", f"{where}/donations", gift), 201)
    ok(sent(office, "POST", f"{at}/fallen", {"area": "GN", "persons": 2, "source": SOURCE}), 201)
    goal = {"names": {"en": "Health"}, "code": "SDG3", "source": SOURCE}
    ok(sent(office, "POST", f"{at}/goals", goal), 201)
    event = {
        "names": {"en": "Meeting"}, "kind": "SUMMARY", "held_on": "2025",
        "speakers": [{"name": "A. Person", "office": "Minister"}], "source": SOURCE,
    }  # fmt: skip
    found = ok(sent(office, "POST", f"{at}/events", event), 201)
    assert found["events"][0]["speakers"][0]["office"] == {"en": "Minister"}
    pause = {"stopped_on": "1990", "source": SOURCE}
    ok(sent(office, "POST", f"{api}/series/{series['id']}/pauses", pause), 201)
    stranger = calling["stranger"]
    for name in ("honours", "donations", "fallen"):
        listed = ok(stranger.get(f"{api}/{name}?programme={programme['key']}"))
        assert len(listed["items"]) == 1, name
    facts = ok(stranger.get(f"{api}/records/missions.mission/{mission['id']}/facts"))["items"]
    assert {f["field"] for f in facts} >= {"number", "size", "departed_on"}
    assert facts[0]["quote"]["text"] == "as it says"


def test_two_hospitals_are_merged_and_parted(calling: dict[str, Client]) -> None:
    office, one, other = calling["office"], a_hospital("Un"), a_hospital("Deux")
    where = f"/api/v1/organisations/{one.pk}"
    assert ok(sent(office, "POST", f"{where}/merge", {"into": str(other.pk)}))["merged_into"]
    listed = ok(office.get("/api/v1/organisations?area=GN"))["items"]
    assert [row["id"] for row in listed] == [str(other.pk)]
    assert ok(sent(office, "POST", f"{where}/part"))["merged_into"] is None
    nowhere = {"into": "00000000-0000-0000-0000-000000000000"}
    refused = sent(office, "POST", f"{where}/merge", nowhere)
    assert is_problem(refused, 422), "the address is right, the body is not"
    assert refused.json()["errors"][0]["field"] == "into"


def test_a_doubt_is_accepted_and_work_is_finished(calling: dict[str, Client]) -> None:
    batch = a_batch(size=20)
    about = {"about_model": "missions.mission", "about": batch.pk}
    doubt = Finding(key="f", code="UNIT_DIFFERS", raised_at=NOW, **about)
    item = WorkItem(key="w", code="A_CHECK", role="office", opened_at=NOW, **about)
    with journal(DOUBT, by=OFFICE, at=NOW) as page:
        page.save_all([doubt, item])
    office = calling["office"]
    assert [f["id"] for f in ok(office.get("/api/v1/findings"))["items"]] == [str(doubt.pk)]
    told = {"reason": "the table says so"}
    decided = ok(sent(office, "POST", f"/api/v1/findings/{doubt.pk}/accept", told))
    assert (decided["state"], decided["reason"]) == ("ACCEPTED", told["reason"])
    assert is_problem(sent(office, "POST", f"/api/v1/findings/{doubt.pk}/dismiss", told), 422)
    assert [w["id"] for w in ok(office.get("/api/v1/work-items"))["items"]] == [str(item.pk)]
    assert is_problem(sent(calling["leader"], "POST", f"/api/v1/work-items/{item.pk}/finish"), 404)
    assert ok(sent(office, "POST", f"/api/v1/work-items/{item.pk}/finish"))["done_at"]
    assert ok(office.get("/api/v1/work-items"))["items"] == []


def test_a_change_is_found_in_the_history_and_taken_back(calling: dict[str, Client]) -> None:
    batch = a_batch(size=20)
    office, where = calling["office"], f"/api/v1/missions/{batch.pk}"
    ok(sent(office, "PATCH", where, {"size": 23, "source": SOURCE}))
    history = ok(office.get(f"/api/v1/records/missions.mission/{batch.pk}/history?limit=1"))
    line = history["items"][0]
    assert (line["via"], line["changes"][0]["before"], line["changes"][0]["after"]) == (
        "api", "20", "23",
    )  # fmt: skip
    undo = f"/api/v1/acts/{line['act']}/undo"
    assert ok(office.get(undo))["possible"]
    assert is_problem(calling["auditor"].get(undo), 403)
    ok(sent(office, "POST", undo, {"note": "a slip"}))
    assert ok(office.get(where))["size"] == 20
    again = sent(office, "POST", undo)
    assert is_problem(again, 409)
    assert "already" in again.json()["detail"]


def test_a_register_is_sent_looked_at_and_taken_in(
    calling: dict[str, Client], settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path
    office, imports = calling["office"], "/api/v1/imports"
    rows = b"facility name,country\nHopital Test,GN\nHopital Autre,GN\nSans pays,\n"
    file = SimpleUploadedFile("a.csv", rows)
    row = ok(office.post(imports, {"kind": "register", "file": file}), 201)
    assert row["mapping"]["name"] == "facility name", "guessed"
    where = f"{imports}/{row['id']}"
    assert is_problem(sent(office, "POST", f"{where}/start"), 422), "nobody looked at it yet"
    told = {"mapping": row["mapping"], "title": "Register"}
    ok(sent(office, "PUT", f"{where}/columns", told))
    preview = ok(office.get(f"{where}/preview"))
    assert (preview["counts"]["rows"], preview["problems"]) == (2, {"NO_COUNTRY": 1})
    assert Organisation.objects.count() == 0
    ok(sent(office, "POST", f"{where}/start"), 202)
    assert run_one()
    done = ok(office.get(where))
    assert (done["state"], done["counts"]["new"]) == ("DONE", 2)
    assert ok(office.get(f"{where}/problems"))["items"] == [{"row": 4, "why": "no country"}]
    assert is_problem(office.post(imports, {"kind": "nothing"}), 422)


def test_visits_are_counted_by_the_team_and_voided(calling: dict[str, Client]) -> None:
    batch = a_batch(status="ON_POST")
    where = f"/api/v1/missions/{batch.pk}/visits"
    told = {"held_on": "2026-03-01", "count": 31, "note": "no names"}
    row = ok(sent(calling["leader"], "POST", where, told), 201)
    assert "note" not in row, "it stays sealed"
    void = f"/api/v1/visits/{row['id']}/void"
    assert ok(sent(calling["leader"], "POST", void, {"reason": "twice"}))["void_reason"] == "twice"
    assert is_problem(sent(calling["leader"], "POST", void, {"reason": "twice"}), 422)
    assert is_problem(sent(calling["leader"], "POST", where, {**told, "count": 0}), 422)


def test_an_office_changes_its_own_programmes_alone(places: dict[str, Area]) -> None:
    mine, others = a_programme("mine"), a_programme("others", sender=places["CN-GS"])
    own, foreign = a_batch(1, a_series(mine)), a_batch(1, a_series(others, "VU"))
    clients = {
        "its programme": one_who_is("office", "programme", mine.pk),
        "its area": one_who_is("office", "area", places["CN-BJ"].pk),
    }
    told = {"size": 7, "source": SOURCE}
    for said, client in clients.items():
        ok(sent(client, "PATCH", f"/api/v1/missions/{own.pk}", told))
        refused = sent(client, "PATCH", f"/api/v1/missions/{foreign.pk}", told)
        assert is_problem(refused, 403), said
        ok(client.get(f"/api/v1/missions/{foreign.pk}"))
        key = {"names": {"en": "X"}, "code": "SDG3", "source": SOURCE}
        assert is_problem(sent(client, "POST", "/api/v1/programmes/others/goals", key), 403), said
    above = one_who_is("office", "area", places["CN"].pk)
    ok(sent(above, "PATCH", f"/api/v1/missions/{foreign.pk}", told))


def test_a_team_records_for_its_own_mission_alone(places: dict[str, Area]) -> None:
    own, sister = a_batch(1, a_series(a_programme("one"))), a_batch(1, a_series(a_programme("two")))
    leader = one_who_is("leader", "programme", own.programme_id)
    told = {"held_on": "2026-03-01", "count": 3}
    row = ok(sent(leader, "POST", f"/api/v1/missions/{own.pk}/visits", told), 201)
    assert is_problem(sent(leader, "POST", f"/api/v1/missions/{sister.pk}/visits", told), 403)
    assert is_problem(leader.get(f"/api/v1/missions/{sister.pk}/visits"), 403)
    other = one_who_is("leader", "programme", sister.programme_id)
    void = f"/api/v1/visits/{row['id']}/void"
    assert is_problem(sent(other, "POST", void, {"reason": "x"}), 404)


def test_a_file_on_its_way_in_is_seen_by_who_sent_it(
    places: dict[str, Area], settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path
    one = one_who_is("office", "area", places["CN-BJ"].pk)
    other = one_who_is("office", "area", places["CN-GS"].pk)
    file = SimpleUploadedFile("a.csv", b"name,country\nA,GN\n")
    row = ok(one.post("/api/v1/imports", {"kind": "register", "file": file}), 201)
    assert is_problem(other.get(f"/api/v1/imports/{row['id']}"), 404)
    assert is_problem(sent(other, "POST", f"/api/v1/imports/{row['id']}/start"), 404)
    assert ok(other.get("/api/v1/imports"))["items"] == []


def test_what_a_page_does_not_show_the_api_does_not_tell(
    calling: dict[str, Client], signed_in: dict[str, Client]
) -> None:
    """The grants of people: an administrator's and an auditor's eyes alone, and never a token's."""
    from marrow.accounts.models import RoleGrant  # noqa: PLC0415

    grant = RoleGrant.objects.get(role="leader")
    for role in ("member", "office", "auditor"):
        page = signed_in[role].get(f"/history/accounts.rolegrant/{grant.pk}/").status_code
        api = f"/api/v1/records/accounts.rolegrant/{grant.pk}/history"
        assert calling[role].get(api).status_code == page, role
    facts = f"/api/v1/records/accounts.rolegrant/{grant.pk}/facts"
    assert is_problem(calling["stranger"].get(facts), 404)


def test_people_are_entered_and_come_into_a_seat_each_side_through_its_own_token(
    calling: dict[str, Client],
) -> None:
    office, unit = calling["office"], calling["unit"]
    hospital = a_sending_hospital()
    told = {"unit": str(hospital.pk), "names": {"zh": "王试"}, "kind": "DOCTOR", "willing": True,
            "specialty": "ANAESTHESIA", "birth_year": 1980}  # fmt: skip
    person = ok(sent(office, "POST", "/api/v1/people", told), 201)
    assert (person["willing"], person["names"]["zh"]) == (True, "王试")
    assert is_problem(sent(office, "POST", "/api/v1/people", told), 422), "entered already"
    assert is_problem(sent(calling["member"], "POST", "/api/v1/people", told), 403)
    where = f"/api/v1/people/{person['id']}"
    assert is_problem(sent(office, "PATCH", where, told), 422), "a unit is not changed here"
    body = {"names": {"zh": "王试"}, "kind": "DOCTOR", "grade": "CHIEF"}
    changed = ok(sent(office, "PATCH", where, body))
    stays = {"specialty": "ANAESTHESIA", "willing": True, "birth_year": 1980}
    assert changed == {**person, **stays, "grade": "CHIEF"}
    listed = ok(office.get("/api/v1/people?specialty=ANAESTHESIA"))["items"]
    assert [p["id"] for p in listed] == [person["id"]]
    assert is_problem(calling["member"].get(where), 404)
    assert ok(office.get(f"{where}/record"))["credentials"] == []
    batch = a_batch(31)
    team = f"/api/v1/teams/{batch.pk}"
    seats = ok(sent(office, "POST", f"{team}/seats", {"role": "MEMBER"}), 201)["seats"]
    moved = {"stage": "RECRUITING", "on": NOW.date().isoformat()}
    assert ok(sent(office, "POST", f"{team}/stages", moved))["stage"] == "RECRUITING"
    seat = f"/api/v1/seats/{seats[0]['id']}"
    assert ok(office.get(f"{seat}/candidates"))["people"][0]["person"] == person["id"]
    asked = ok(sent(office, "POST", f"{seat}/invitations", {"person": person["id"]}), 201)
    one = f"/api/v1/assignments/{asked['id']}"
    assert is_problem(sent(office, "POST", f"{one}/answer", {"agrees": True}), 403)
    assert ok(sent(unit, "POST", f"{one}/answer", {"agrees": True}))["state"] == "AGREED"
    assert ok(sent(office, "POST", f"{one}/selection"))["state"] == "SELECTED"
    assert ok(office.get(team))["seats"][0]["holder"]["person"] == person["id"]
    assert [t["held"] for t in ok(office.get("/api/v1/teams"))["items"]] == [1]
    assert is_problem(calling["member"].get(team), 404)
