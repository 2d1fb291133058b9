"""What teams, hospitals and offices do on pages, programs do through the API: each behind its lock.

Every lock is asked three times: who may, who sees it but may not (403), and a stranger (404).
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from marrow.accounts.models import Account
from marrow.agreements.models import Mark
from marrow.consults.models import Reading
from tests.builders import (
    NOW,
    a_batch,
    a_donation,
    a_hospital,
    a_sending_unit,
    a_site,
    an_event,
    an_honour,
)
from tests.builders.agreeing import a_requirement, agreed
from tests.builders.calling import a_token, bearing, is_problem, sent
from tests.builders.consulting import a_photograph, consulting
from tests.builders.honouring import a_team_at_home, the_fallen
from tests.builders.leaving import a_handover, an_account, leaving
from tests.builders.on_post import a_team_on_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SOURCE = {"title": "A paper", "words": "as it says"}
DAY = NOW.date().isoformat()


def ok(answer: Any) -> Any:
    assert answer.status_code < 300, answer.content
    return answer.json()


def caller(account: Account) -> Client:
    return bearing(a_token(account)[1])


def met(clients: list[Client], method: str, where: str, told: Any = None) -> list[int]:
    return [sent(client, method, where, told).status_code for client in clients]


@pytest.fixture
def elsewhere() -> Client:
    """Somebody of a hospital that has nothing to do with it."""
    return caller(an_account("far", "recipient", a_hospital("Hôpital Loin Test")))


def test_a_team_lives_on_post(
    people: dict[str, Account], calling: dict[str, Client], elsewhere: Client
) -> None:
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    where = f"/api/v1/posts/{team.mission.pk}"
    leader, member = calling["leader"], calling["member"]
    host = caller(an_account("host", "recipient", team.site.organisation))
    ok(sent(member, "POST", f"{where}/check-ins", {"state": "SAFE", "note": "all well"}))
    listed = ok(leader.get("/api/v1/posts"))["items"]
    assert [one["mission"] for one in listed] == [str(team.mission.pk)]
    assert ok(leader.get(f"{where}/check-ins"))["items"][0]["note"] == "all well"
    assert ok(host.get(where))["inside"] is None
    assert met([leader, host, elsewhere], "GET", f"{where}/incidents") == [200, 403, 404]
    told = {"kind": "ACCIDENT", "severity": "SERIOUS", "happened_on": DAY, "what": "a car"}
    places = [member, host, elsewhere]
    assert met(places, "POST", f"{where}/incidents", told) == [201, 403, 404]
    incident = ok(leader.get(f"{where}/incidents"))["items"][0]["id"]
    close = f"/api/v1/incidents/{incident}/close"
    assert met([elsewhere, member, leader], "POST", close, {"outcome": "mended"}) == [404, 403, 200]
    watch = {"leader_after": 12, "office_after": 24, "last_after": 36}
    knock = [calling["office"], leader, elsewhere]
    assert met(knock, "PUT", f"{where}/watch", watch) == [200, 403, 403]
    goal = {"text": "Two surgeons operate alone", "language": "en"}
    assert met([member, elsewhere], "POST", f"{where}/objectives", goal) == [403, 404]
    objective = ok(sent(leader, "POST", f"{where}/objectives", goal))
    agree = f"/api/v1/objectives/{objective['id']}/agree"
    assert met([elsewhere, leader, host], "POST", agree) == [404, 403, 200]
    step = {"what": "The ward opens", "due_on": DAY}
    assert met([leader, host, elsewhere], "POST", f"{where}/milestones", step) == [201, 403, 404]
    milestone = ok(leader.get(where))["milestones"][0]["id"]
    ok(sent(leader, "POST", f"/api/v1/milestones/{milestone}/reach", {"on": DAY}))
    regards = {"occasion": "NEW_YEAR", "text": "Thank you", "language": "en", "signed": "Host"}
    assert met([host, elsewhere], "POST", f"{where}/regards", regards) == [201, 404]


def test_a_change_that_overwrites_says_what_it_read(
    people: dict[str, Account], calling: dict[str, Client]
) -> None:
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    where, office = f"/api/v1/posts/{team.mission.pk}/watch", calling["office"]
    told = {"leader_after": 12, "office_after": 24, "last_after": 36}
    unsaid: Any = office.put(where, told, content_type="application/json")
    assert is_problem(unsaid, 428)
    read = office.get(where).headers["ETag"]
    ok(sent(office, "PUT", where, told, **{"If-Match": read}))
    assert is_problem(sent(office, "PUT", where, told, **{"If-Match": read}), 412)


def test_a_handover_is_written_and_signed(elsewhere: Client) -> None:
    world = leaving()
    row = a_handover(world)
    outgoing, incoming, hospital = (
        caller(world.accounts[who]) for who in ("outgoing", "incoming", "hospital")
    )
    where = f"/api/v1/handovers/{row.pk}"
    fault = {"equipment": "drill", "broken": "no power"}
    assert met([outgoing, incoming, elsewhere], "POST", f"{where}/faults", fault) == [201, 403, 404]
    now = ok(outgoing.get(where))
    assert {one["equipment"] for one in now["faults"]} == {"drill", "autoclave"}
    gone = f"{where}/lines/fault/{now['faults'][-1]['id']}"
    assert met([incoming, outgoing], "DELETE", gone) == [403, 200]
    ok(sent(outgoing, "POST", f"{where}/hand-in", {"none_of": []}))
    seen = {"seen": ok(outgoing.get(where))["fingerprint"]}
    assert met([elsewhere, hospital], "POST", f"{where}/signatures/OUTGOING", seen) == [404, 403]
    wrong = {"seen": "0" * 64}
    assert is_problem(sent(outgoing, "POST", f"{where}/signatures/OUTGOING", wrong), 409)
    for side, who in (("OUTGOING", outgoing), ("INCOMING", incoming), ("RECIPIENT", hospital)):
        ok(sent(who, "POST", f"{where}/signatures/{side}", seen))
    now = ok(incoming.get(where))
    assert now["state"] == "COMPLETE"
    settle = f"/api/v1/left/promise/{now['promises'][0]['id']}/settle"
    how = {"how": "bought", "on": NOW.date().isoformat()}
    assert met([elsewhere, outgoing, incoming], "POST", settle, how) == [404, 403, 200]
    follow = f"/api/v1/follow-ups/{now['follow_ups'][0]['id']}/outcome"
    came = {"done": True, "outcome": "it goes on", "on": NOW.date().isoformat()}
    assert met([elsewhere, hospital, incoming], "POST", follow, came) == [404, 403, 200]


def test_a_case_is_asked_and_answered(calling: dict[str, Client]) -> None:
    world = consulting()
    asker, expert, second, far = (
        caller(world.accounts[who]) for who in ("asker", "expert", "second", "elsewhere")
    )
    told = {
        "priority": "URGENT", "specialty": "OPHTHALMOLOGY", "age": "ADULT", "story": "a red eye",
        "question": "what now?", "consent_by": "PATIENT", "consent_how": "SPOKEN",
        "consent_on": str(timezone.localdate()),
    }  # fmt: skip
    ask = f"/api/v1/organisations/{world.hospital.pk}/consults"
    assert met([far], "POST", ask, told) == [404]
    case = ok(sent(asker, "POST", ask, told))
    where = f"/api/v1/consults/{case['id']}"
    read = asker.get(where)
    assert read.headers["Cache-Control"] == "no-store, private"
    changed = {**told, "question": "what before a transfer?"}
    ok(sent(asker, "PUT", where, changed, **{"If-Match": read.headers["ETag"]}))
    picture = ok(asker.post(f"{where}/photos", {"file": _file()}))
    shown = f"{where}/photos/{picture['id']}"
    assert asker.get(shown).headers["Content-Type"] == "image/jpeg"
    assert met([far, expert], "GET", shown) == [404, 404]
    assert met([far, asker], "POST", f"{where}/send") == [404, 200]
    assert ok(expert.get("/api/v1/consult-queue"))["items"][0]["id"] == case["id"]
    office = calling["office"]
    assert ok(office.get("/api/v1/consult-counts"))["items"][0]["id"] == case["id"]
    assert met([office, calling["auditor"], second], "GET", where) == [403, 403, 404]
    assert met([asker, expert, second], "POST", f"{where}/take") == [403, 200, 404]
    advice = {"text": "Drops now, transfer within a day."}
    assert met([second, asker, expert], "POST", f"{where}/opinions", advice) == [404, 403, 201]
    assert ok(asker.get(where))["opinions"][0]["holds"]
    ok(sent(asker, "POST", f"{where}/outcome", {"what": "FOLLOWED"}))
    assert ok(asker.get(where))["outcome"]["what"] == "FOLLOWED"
    assert Reading.objects.filter(consult=case["id"]).count() == 4


def _file() -> Any:
    return SimpleUploadedFile("photo.jpg", a_photograph(), content_type="image/jpeg")


def test_a_hospital_asks_and_is_answered(calling: dict[str, Client], elsewhere: Client) -> None:
    hospital = a_hospital("Hôpital Test")
    own = caller(an_account("own", "recipient", hospital))
    head = caller(an_account("chief", "head", hospital))
    ask = f"/api/v1/organisations/{hospital.pk}/requests"
    told = {"kind": "TRAINING", "text": "Somebody who teaches dressing wounds"}
    assert met([elsewhere, head, own], "POST", ask, told) == [404, 403, 201]
    request = ok(own.get("/api/v1/hospital-requests?state=OPEN"))["items"][0]["id"]
    where = f"/api/v1/hospital-requests/{request}"
    assert met([elsewhere, calling["auditor"]], "GET", where) == [404, 200]
    report = f"/api/v1/organisations/{hospital.pk}/equipment-reports"
    broken = {"label": "X-ray", "broken": "the tube"}
    assert met([elsewhere, head], "POST", report, broken) == [404, 201]
    one = ok(own.get("/api/v1/equipment-reports?mended=false"))["items"][0]
    mended = f"/api/v1/machines/{one['equipment']}/changes"
    works = {"state": "WORKS", "on": one["reported_at"][:10]}
    assert met([elsewhere, calling["auditor"], own], "POST", mended, works) == [403, 403, 201]
    assert ok(own.get(f"/api/v1/equipment-reports/{one['id']}"))["mended_on"] == works["on"]
    assert met([own, calling["office"]], "PUT", f"{where}/answer", {"answer": "Yes"}) == [403, 200]
    assert met([elsewhere, own], "POST", f"{where}/close") == [404, 200]


def test_agreement_work_is_kept_by_its_office(
    calling: dict[str, Client], elsewhere: Client
) -> None:
    world = agreed()
    office, host = calling["office"], caller(an_account("host", "recipient", world.hospital))
    part = f"/api/v1/programmes/{world.programme.key}"
    assert met([office, host, elsewhere], "GET", f"{part}/agreement-work") == [200, 200, 404]
    sheet = ok(sent(office, "POST", f"{part}/task-sheets", {"year": 2027}))
    task = {"text": "Train nurses", "language": "en", "aim": 12, "measured_in": "persons"}
    add = f"/api/v1/task-sheets/{sheet['id']}/tasks"
    assert met([host, elsewhere], "POST", add, task) == [403, 403]
    aim = ok(sent(office, "POST", add, task))
    far = {"reached": 4, "as_of": "2027-03", "source": SOURCE}
    assert ok(sent(office, "POST", f"/api/v1/aims/{aim['id']}/how-far", far))["reached"] == 4
    requirement = a_requirement(world)
    answer = f"/api/v1/requirements/{requirement.pk}/answer"
    assert met([office, host], "PUT", answer, {"answer": "By courses"}) == [200, 403]
    for path, told in (
        ("benefits", {"to": "SENDER", "text": "Young doctors learn", "language": "en"}),
        ("firsts", {"side": "RECIPIENT", "text": "First graft", "language": "en"}),
        ("tenets", {"names": {"en": "To serve"}}),
        ("plan-periods", {"names": {"en": "Plan"}, "starts_on": "2026", "ends_on": "2030"}),
    ):
        ok(sent(office, "POST", f"{part}/{path}", {**told, "source": SOURCE}))
    ok(sent(office, "POST", f"{part}/targets", {"text": "A ward", "language": "en", "aim": 1,
                                                "measured_in": "wards"}))  # fmt: skip
    member = ok(sent(office, "POST", f"{part}/office-members", {"name": "Lin", "duty": "rota"}))
    ok(sent(office, "POST", f"/api/v1/office-members/{member['id']}/leave", {"until": "2027"}))
    lesson = {"kind": "LESSON", "title": "T", "text": "See, do, teach", "language": "en"}
    shut = ok(sent(office, "POST", f"{part}/lessons", lesson))
    told = ok(sent(office, "POST", f"{part}/lessons", {**lesson, "public": True}))
    stranger = calling["stranger"]
    assert met([stranger], "GET", f"/api/v1/lessons/{told['id']}") == [200]
    assert met([stranger], "GET", f"/api/v1/lessons/{shut['id']}") == [404]
    assert len(ok(stranger.get(f"{part}/service"))["benefits"]) == 1
    drop = f"/api/v1/aims/{aim['id']}/drop"
    assert met([host, office], "POST", drop, {"reason": "No course"}) == [403, 200]


def test_both_sides_give_their_health_check(calling: dict[str, Client]) -> None:
    world = agreed()
    host = caller(an_account("host", "recipient", world.hospital))
    where = f"/api/v1/partnerships/{world.partnership.pk}/health"
    marks = [{"point": p, "score": 3, "sentence": "as it is"} for p in Mark.Point.values]
    told = {"language": "en", "marks": marks}
    assert met([host], "POST", f"{where}/OFFICE", told) == [403]
    ok(sent(calling["office"], "POST", f"{where}/OFFICE", told))
    assert ok(host.get(where))["years"][0]["points"] == []
    ok(sent(host, "POST", f"{where}/RECIPIENT", told))
    assert len(ok(host.get(where))["years"][0]["points"]) == len(marks)


def test_those_who_served_are_honoured(calling: dict[str, Client]) -> None:
    mission, _people = a_team_at_home(2)
    office, auditor, stranger = calling["office"], calling["auditor"], calling["stranger"]
    where = f"/api/v1/missions/{mission.pk}/certificates"
    told = {"issuer": {"en": "Office"}, "languages": "EN", "issued_on": _today()}
    assert met([auditor], "POST", where, told) == [403]
    made = ok(sent(office, "POST", where, told))["items"]
    assert len(made) == 2
    proof = ok(stranger.get(f"/api/v1/certificates/{made[0]['code']}"))
    assert proof["number"] == made[0]["number"]
    assert is_problem(stranger.get("/api/v1/certificates/AAAAAAAAAAAA"), 404)
    gone = f"/api/v1/issued-certificates/{made[0]['id']}/withdraw"
    assert met([auditor, office], "POST", gone, {"reason": "a letter is wrong"}) == [403, 200]
    event = an_event(mission.programme)
    day = f"/api/v1/ceremonies/{event.pk}"
    agenda = {"items": [{"at": "09:30", "what": "Words", "who": "Chair"}, {"what": "Photograph"}]}
    assert met([auditor, office], "PUT", f"{day}/agenda", agenda) == [403, 200]
    lists = {
        "groups": {"award": {"en": "Model team"}, "lines": [{"name": "Team of a test"}]},
        "source": SOURCE,
    }
    assert len(ok(sent(office, "POST", f"{day}/honours", lists))["groups"]) == 1
    assert met([auditor, stranger], "GET", day) == [200, 401]


def test_the_fallen_are_remembered_with_consent(calling: dict[str, Client]) -> None:
    mission, _people = a_team_at_home(1)
    row = the_fallen(mission.programme)
    office = calling["office"]
    family = {
        "family_name": "A sister", "relation": "sister", "covers": "NAME", "given_on": DAY,
        "paper": "letter 1",
    }  # fmt: skip
    where = f"/api/v1/fallen/{row.pk}/names"
    assert met([calling["auditor"]], "POST", where, {**family, "name": "N"}) == [403]
    kept = ok(sent(office, "POST", where, {**family, "name": "Somebody of a test"}))
    assert "Somebody" not in str(kept)
    names = ok(office.get("/api/v1/fallen-names"))["items"]
    assert "Somebody of a test" in str(names)
    one = f"/api/v1/remembered/{kept['id']}"
    ok(sent(office, "PATCH", one, {"name": "Somebody else of a test"}))
    assert is_problem(sent(office, "PATCH", one, {"fell_on": "2999"}), 422)
    assert "Somebody else of a test" in str(ok(office.get("/api/v1/fallen-names")))
    ok(sent(office, "POST", f"/api/v1/remembered/{kept['id']}/withdraw-consent"))
    ok(sent(office, "POST", f"/api/v1/remembered/{kept['id']}/consents", family))
    assert is_problem(sent(office, "POST", f"/api/v1/fallen/{uuid4()}/names",
                           {**family, "name": "N"}), 404)  # fmt: skip


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def test_an_office_corrects_what_hangs_on_a_mission(calling: dict[str, Client]) -> None:
    batch, hospital = a_batch(), a_hospital()
    site, unit = a_site(batch), a_sending_unit(batch, hospital)
    honour, donation = an_honour(batch), a_donation(batch)
    office, leader = calling["office"], calling["leader"]
    for where, told in (
        (f"sites/{site.pk}", {"as_told": "The old hospital"}), (f"units/{unit.pk}", {"persons": 7}),
        (f"honours/{honour.pk}", {"count": 9, "body": {"fr": "Le ministère"}}),
        (f"donations/{donation.pk}", {"given_on": "2019"}),
    ):  # fmt: skip
        knock = [leader, office]
        assert met(knock, "PATCH", f"/api/v1/{where}", {**told, "source": SOURCE}) == [403, 200]
        nowhere = f"/api/v1/{where.split('/')[0]}/{uuid4()}"
        assert met([office], "PATCH", nowhere, {**told, "source": SOURCE}) == [404]
    parts = ok(office.get(f"/api/v1/missions/{batch.pk}/parts"))
    assert parts["sites"][0]["as_told"] == "The old hospital"
    assert parts["units"][0] == {"id": str(unit.pk), "organisation": str(hospital.pk), "persons": 7}
    kept = ok(office.get(f"/api/v1/honours/{honour.pk}"))
    assert (kept["count"], kept["body"]["fr"], kept["names"]["en"]) == (
        9, "Le ministère", honour.names["en"],
    )  # fmt: skip
    assert ok(office.get(f"/api/v1/donations/{donation.pk}"))["given_on"] == "2019"
