"""What stood on pages alone, programs do too: entries corrected, calls, panels, lists, letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marrow.teams.queries import beginning
from tests.builders import NOW, a_person, a_programme, a_series, an_agreement, an_event
from tests.builders.agreeing import a_requirement, a_sheet, agreed
from tests.builders.calling import is_problem, sent
from tests.builders.forming import a_seat, chosen
from tests.builders.forming import agreed as in_agreement

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
API = "/api/v1"
SOURCE = {"title": "A paper", "words": "as it says"}
TODAY = dt.datetime.now(dt.UTC).date()
DAY = dt.timedelta(days=1)


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def refused(calling: dict[str, Client], method: str, where: str, told: Any, **met: int) -> None:
    """What each of these personas meets."""
    for persona, status in met.items():
        answer = sent(calling[persona], method, where, told)
        assert is_problem(answer, status), (persona, answer.content)


def test_an_entry_is_corrected_and_taken_back(calling: dict[str, Client]) -> None:
    world, office = agreed(), calling["office"]
    asked = a_requirement(world)
    where = f"{API}/agreement-entries/requirement/{asked.pk}"
    read = office.get(where)
    told = {"text": "Local staff lead", "source": SOURCE}
    refused(calling, "PATCH", where, told, stranger=401, member=403, auditor=403)
    assert is_problem(sent(office, "PATCH", where, {**told, "year": 2026}), 422), "of a sheet"
    assert is_problem(sent(office, "PATCH", where, {"text": "X"}), 422), "no source"
    version = {"If-Match": read.headers["ETag"]}
    mended = ok(sent(office, "PATCH", where, told, **version))
    assert mended == {**ok(read), "text": "Local staff lead"}, "the rest stays"
    assert is_problem(sent(office, "PATCH", where, told, **version), 412)
    emptied = ok(sent(office, "PATCH", where, {"period": None, "source": SOURCE}))
    assert emptied["period"] is None
    assert is_problem(sent(office, "POST", f"{where}/take-back", {"reason": ""}), 422)
    refused(calling, "POST", f"{where}/take-back", {"reason": "twice"}, member=403)
    ok(sent(office, "POST", f"{where}/take-back", {"reason": "twice"}), 204)
    assert is_problem(office.get(where), 404)
    sheet = f"{API}/agreement-entries/sheet/{a_sheet(world).pk}"
    assert ok(sent(office, "PATCH", sheet, {"year": 2027}))["year"] == 2027
    assert is_problem(office.get(f"{API}/agreement-entries/nothing/{asked.pk}"), 404)


def test_a_motto_is_recorded(calling: dict[str, Client]) -> None:
    where = f"{API}/programmes/{agreed().programme.key}"
    told = {"text": "Teach, do not only treat", "source": SOURCE}
    refused(calling, "POST", f"{where}/motto", told, stranger=401, leader=403)
    assert ok(calling["stranger"].get(f"{where}/service"))["motto"] == ""
    assert ok(sent(calling["office"], "POST", f"{where}/motto", told), 201)["motto"] == told["text"]


def test_a_series_an_agreement_and_an_event_change(calling: dict[str, Client]) -> None:
    programme, office = a_programme("changes-test"), calling["office"]
    series = f"{API}/series/{a_series(programme).pk}"
    told = {"since": "1968", "source": SOURCE}
    refused(calling, "PATCH", series, told, stranger=401, recipient=403)
    before = ok(office.get(series))
    assert ok(sent(office, "PATCH", series, told)) == {**before, "since": "1968"}
    agreement = f"{API}/agreements/{an_agreement(programme, signed_on='2020').pk}"
    told = {"parties": ["One", "Two"], "names": {"fr": "Protocole"}, "source": SOURCE}
    refused(calling, "PATCH", agreement, told, stranger=401, member=403)
    changed = ok(sent(office, "PATCH", agreement, told))
    assert (changed["parties"], changed["signed_on"]) == (["One", "Two"], "2020")
    assert changed["names"] == {"en": "Protocol", "zh": "议定书", "fr": "Protocole"}
    assert (
        ok(sent(office, "PATCH", agreement, {"signed_on": "", "source": SOURCE}))["signed_on"] == ""
    ), "what is emptied is unknown again"
    event = f"{API}/events/{an_event(programme).pk}"
    speakers = [{"name": "A. Test", "office": "Minister"}]
    held_by: Any = {"speakers": speakers, "place": {"en": "Conakry"}, "source": SOURCE}
    refused(calling, "PATCH", event, held_by, stranger=401, member=403)
    held = ok(sent(office, "PATCH", event, held_by))
    assert held["place"] == {"en": "Conakry"}
    assert [s["names"] for s in held["speakers"]] == [{"en": "A. Test"}]
    assert held == ok(calling["stranger"].get(event))


def test_a_record_grows(calling: dict[str, Client]) -> None:
    office, person = calling["office"], a_person()
    where = f"{API}/people/{person.pk}"
    parts = {
        "credentials": {"kind": "LICENCE", "number": "1"},
        "languages": {"language": "fr", "level": "B1"},
        "benefits": {"kind": "PROMOTION", "source": SOURCE},
        "distinctions": {"name": "Model worker", "body": "Beijing"},
        "career": {"kind": "LEADING_POST", "what": "Head of department"},
        "learnings": {"what": "Surgery with little light"},
        "absences": {"why": "LEAVE", "from_on": "2026-01-01"},
    }
    for part, told in parts.items():
        refused(calling, "POST", f"{where}/{part}", told, stranger=401, member=404, auditor=403)
        record = ok(sent(office, "POST", f"{where}/{part}", told), 201)
        assert len(record[part]) == 1, part
    assert is_problem(
        sent(office, "POST", f"{where}/languages", {"language": "xx", "level": "B1"}), 422
    )
    away = f"{API}/absences/{record['absences'][0]['id']}/end"
    refused(calling, "POST", away, {"until_on": "2026-02-01"}, stranger=401, member=404)
    assert is_problem(sent(office, "POST", away, {"until_on": "2025-02-01"}), 422)
    ended = ok(sent(office, "POST", away, {"until_on": "2026-02-01"}))
    assert ended["absences"][0]["until_on"] == "2026-02-01"


def test_a_call_is_opened_prolonged_and_answered(calling: dict[str, Client]) -> None:
    office, unit, person = calling["office"], calling["unit"], a_person()
    mission = a_seat().mission
    calls = f"{API}/teams/{mission.pk}/calls"
    told = {"text": "We look for a surgeon", "opens_on": TODAY.isoformat(),
            "closes_on": (TODAY + DAY).isoformat(), "units": [str(person.unit_id)]}  # fmt: skip
    refused(calling, "POST", calls, told, stranger=401, unit=403)
    call = ok(sent(office, "POST", calls, told), 201)
    where = f"{API}/calls/{call['id']}"
    assert call["stands"] == "OPEN"
    assert is_problem(calling["member"].get(where), 404)
    later = {"closes_on": (TODAY + 9 * DAY).isoformat()}
    refused(calling, "POST", f"{where}/last-day", later, stranger=401, unit=403)
    assert ok(sent(office, "POST", f"{where}/last-day", later))["closes_on"] == later["closes_on"]
    assert [c["id"] for c in ok(unit.get(f"{API}/calls-to-me"))["items"]] == [call["id"]]
    assert ok(calling["stranger"].get(f"{API}/calls"))["items"] == [], "it is not public"
    nobody = f"{API}/asked-units/{call['asked'][0]['id']}/nobody"
    refused(calling, "POST", nobody, {"reason": "all away"}, office=403, stranger=401)
    answered = ok(sent(unit, "POST", nobody, {"reason": "all away"}))
    assert answered["asked"][0]["reason"] == "all away"
    assert ok(office.get(calls))["items"][0]["id"] == call["id"]


def test_a_panel_judges(calling: dict[str, Client]) -> None:
    office, row = calling["office"], in_agreement(a_seat(), a_person())
    panels = f"{API}/teams/{row.seat.mission_id}/panels"
    told = {
        "meets_on": NOW.date().isoformat(),
        "members": [{"name": "Chair Test", "post": "chair"}],
    }
    refused(calling, "POST", panels, told, stranger=401, unit=403)
    panel = ok(sent(office, "POST", panels, told), 201)
    where = f"{API}/panels/{panel['id']}/judgements/{row.pk}"
    said = {"decision": "RECOMMENDED", "score": 88}
    refused(calling, "PUT", where, said, stranger=401, auditor=403)
    assert ok(office.get(where))["decision"] == ""
    judged = ok(sent(office, "PUT", where, said))
    assert (judged["decision"], judged["score"]) == ("RECOMMENDED", 88)
    assert is_problem(sent(office, "PUT", where, {"decision": "PERHAPS"}), 422)
    assert ok(calling["auditor"].get(panels))["items"][0]["judgements"] == [judged]
    assert is_problem(calling["unit"].get(panels), 403)


def test_a_list_is_kept_given_ticked_and_let_be(calling: dict[str, Client]) -> None:
    office, row = calling["office"], chosen()
    mission = row.seat.mission
    listed = f"{API}/programmes/{mission.programme.key}/checklist"
    steps = [
        {"step": "VISA", "owner": "OFFICE", "days_before": 21, "required": True},
        {"step": "MEDICAL", "owner": "UNIT", "days_before": 60},
        {"step": "TRAINING", "owner": "OFFICE", "days_before": 7},
    ]
    refused(calling, "PUT", listed, {"steps": steps}, stranger=401, unit=403)
    kept = ok(sent(office, "PUT", listed, {"steps": steps}))
    assert [s["step"] for s in kept["steps"]] == ["MEDICAL", "VISA", "TRAINING"]
    board = f"{API}/teams/{mission.pk}/checklists"
    refused(calling, "POST", board, {}, stranger=401, unit=403)
    assert ok(sent(office, "POST", board), 201) == {"added": 3}
    items = {i["step"]: i for i in ok(office.get(board))["items"]}
    assert items["VISA"]["person"] == str(row.person_id)
    visa = f"{API}/checklist-items/{items['VISA']['id']}"
    done = {"on": TODAY.isoformat(), "note": "in hand"}
    refused(calling, "POST", f"{visa}/tick", done, stranger=401, unit=403, member=404)
    assert ok(sent(office, "POST", f"{visa}/tick", done))["state"] == "DONE"
    assert ok(sent(office, "POST", f"{visa}/reopen"))["state"] == "OPEN"
    refused(calling, "POST", f"{visa}/waiver", {"reason": "no visa"}, stranger=401, unit=403)
    assert ok(sent(office, "POST", f"{visa}/waiver", {"reason": "no visa"}))["state"] == "WAIVED"
    assert is_problem(calling["member"].get(visa), 404)
    trainings = f"{API}/teams/{mission.pk}/trainings"
    day = {"held_on": NOW.date().isoformat(), "topic": "First aid"}
    refused(calling, "POST", trainings, day, stranger=401, unit=403)
    held = ok(sent(office, "POST", trainings, day), 201)
    there = f"{API}/trainings/{held['id']}/attendance"
    marks = {"marks": [{"assignment": str(row.pk), "state": "PRESENT"}]}
    refused(calling, "PATCH", there, marks, stranger=401, unit=403)
    marked = ok(sent(office, "PATCH", there, marks))
    assert marked["marks"] == marks["marks"]
    assert ok(office.get(f"{API}/checklist-items/{items['TRAINING']['id']}"))["state"] == "DONE"
    nobody = {"marks": [{"assignment": held["id"], "state": "PRESENT"}]}
    assert is_problem(sent(office, "PATCH", there, nobody), 422)


def test_a_template_of_a_letter_is_kept_and_dropped(calling: dict[str, Client]) -> None:
    office, programme = calling["office"], a_programme("letters-test")
    where = f"{API}/programmes/{programme.key}/letter-templates"

    def told(content: bytes) -> dict[str, Any]:
        file = SimpleUploadedFile("ours.docx", content)
        return {"kind": "DISPATCH", "language": "en", "file": file}

    content = beginning("DISPATCH", "en", "docx")
    assert is_problem(calling["stranger"].post(where, told(content)), 401)
    assert is_problem(calling["member"].post(where, told(content)), 403)
    assert is_problem(office.post(where, told(b"no file of any office")), 422)
    assert is_problem(office.post(where, {**told(content), "kind": "LOVE"}), 422)
    kept = ok(office.post(where, told(content)), 201)
    assert [t["id"] for t in ok(office.get(where))["items"]] == [kept["id"]]
    drop = f"{API}/letter-templates/{kept['id']}/drop"
    refused(calling, "POST", drop, {}, stranger=401, member=403)
    assert ok(sent(office, "POST", drop))["dropped_on"]
    assert ok(office.get(where))["items"] == []
