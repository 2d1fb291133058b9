"""R49, R55, R107, R110: a team on post, on its pages: safe or unknown, what happened, what is
agreed with the hosts, staying on, and regards.
"""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marrow.accounts.models import Account, RoleGrant
from marrow.core.models import Job
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.posts.actions.watching import JOB
from marrow.posts.forms import WatchForm
from marrow.posts.jobs import climb_when_due
from marrow.posts.models import Incident, Milestone, Objective, Rung
from tests.builders import a_hospital, a_site, as_shown
from tests.builders.on_post import Team, a_team_on_post, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def team(people: dict[str, Account]) -> Team:
    """On post since now; its leader, its member and its hospital's office are the personas."""
    made = a_team_on_post(
        at=dt.datetime.now(dt.UTC), accounts=(people["leader"].pk, people["member"].pk)
    )
    RoleGrant.objects.filter(role__in=("recipient", "head")).update(
        scope="organisation", thing=made.site.organisation_id
    )
    return made


def page(client: Client, team: Team, part: str = "") -> str:
    answer = client.get(f"/posts/{team.mission.pk}/{part}", headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client: Client, where: str, **told: object) -> int:
    return client.post(f"/posts/{where}", told).status_code


def later(hours: float) -> None:
    """The clock moves on; what is due by then is done."""
    now = dt.datetime.now(dt.UTC) + hours * HOUR
    with patch("marrow.posts.jobs.timezone.now", lambda: now):
        for job in Job.objects.filter(kind=JOB, state=Job.QUEUED, not_before__lte=now):
            climb_when_due(job)  # type: ignore[arg-type]  # the payload is all that it reads


def test_r55_one_tap_says_safe_and_no_news_is_unknown_never_safe(
    team: Team, signed_in: dict[str, Client]
) -> None:
    member, office = signed_in["member"], signed_in["office"]
    here = f"{team.mission.pk}/check-in/"
    assert "unknown" in page(office, team)
    assert "No word yet." in page(office, team)
    assert sent(member, here, state="SAFE") == 302
    shown = page(office, team)
    assert "safe" in shown
    assert "1 of 2 not heard within 24 h" in shown, "the leader has not said a word"
    told = {"state": "SAFE", "whole_team": "on", "note": "All back at the house"}
    assert sent(signed_in["leader"], here, **told) == 302
    assert "not heard within" not in page(office, team)
    assert "All back at the house" in page(office, team)
    assert sent(member, here) == 422


def test_r55_silence_climbs_to_leader_office_and_contact_and_a_word_ends_it(
    team: Team, signed_in: dict[str, Client]
) -> None:
    leader, office, head = signed_in["leader"], signed_in["office"], signed_in["head"]
    hours = {"leader_after": 24, "office_after": 36, "last_after": 48}
    told = {"leader_after": 12, "office_after": 18, "last_after": 24, "contact": "Duty desk 12"}
    assert (
        sent(office, f"{team.mission.pk}/watch/", **as_shown(WatchForm(initial=hours)) | told)
        == 302
    )
    later(13)
    assert "No word from your team" in leader.get("/desk/").content.decode()
    assert "Call the leader" not in office.get("/desk/").content.decode()
    later(25)
    assert "Call the contact near it: Duty desk 12" in office.get("/desk/").content.decode()
    assert "Please look for them" in head.get("/desk/").content.decode()
    assert Rung.objects.count() == 3
    later(30)
    assert Rung.objects.count() == 3
    assert sent(leader, f"{team.mission.pk}/check-in/", state="SAFE", whole_team="on") == 302
    for client in (leader, office, head):
        shown = client.get("/desk/").content.decode()
        assert "No word" not in shown
        assert "look for them" not in shown
    assert "the contact was to be called" in page(office, team)


def test_r55_who_needs_help_stands_on_the_offices_page_at_once(
    team: Team, signed_in: dict[str, Client]
) -> None:
    assert sent(signed_in["member"], f"{team.mission.pk}/check-in/", state="NEEDS_HELP") == 302
    assert "Mate Test 31 needs help" in signed_in["office"].get("/desk/").content.decode()
    assert "needs help" in page(signed_in["leader"], team)
    assert signed_in["recipient"].get("/desk/").content.decode().count("needs help") == 0


def test_r55_who_called_by_mistake_is_shown_how_to_take_it_back_and_the_page_tells_who_ended_it(
    team: Team, signed_in: dict[str, Client]
) -> None:
    member, office = signed_in["member"], signed_in["office"]
    here = f"{team.mission.pk}/check-in/"
    assert "You called for help at" not in page(member, team)
    assert sent(member, here, state="NEEDS_HELP") == 302
    for part in ("", "check-in/"):
        assert "You called for help at" in page(member, team, part)
        assert "You called for help at" not in page(office, team, part)
    assert sent(member, here, state="SAFE", note="My thumb slipped") == 302
    shown = page(member, team)
    assert "The call for help is ended" in shown
    assert "You called for help at" not in shown
    for who in ("office", "leader", "auditor"):
        shown = page(signed_in[who], team)
        assert "Calls for help that have ended" in shown
        assert "said in person that all is well “My thumb slipped”" in shown
    for who in ("office", "leader"):
        today = signed_in[who].get("/desk/").content.decode()
        assert "needs help. Call now" not in today
        assert "has taken the call back" in today
        assert "My thumb slipped" in today
    assert "thumb" not in signed_in["recipient"].get(f"/posts/{team.mission.pk}/").content.decode()


def test_r55_who_needs_help_is_named_in_the_readers_language(
    team: Team, signed_in: dict[str, Client]
) -> None:
    member = Person.objects.get(names__en="Mate Test 31")
    Person.objects.filter(pk=member.pk).update(names={"en": "Mate Test 31", "zh": "马特"})
    caller, office = signed_in["member"], signed_in["office"]
    caller.cookies["django_language"] = "zh-hans"
    assert sent(caller, f"{team.mission.pk}/check-in/", state="NEEDS_HELP") == 302
    assert "Mate Test 31 needs help" in office.get("/desk/").content.decode()
    office.cookies["django_language"] = "zh-hans"
    assert "马特" in office.get("/desk/").content.decode()


def test_r55_an_incident_is_told_and_closed_and_is_not_for_the_hosts(
    team: Team, signed_in: dict[str, Client]
) -> None:
    told = {
        "kind": "SECURITY", "severity": "GRAVE", "happened_on": timezone.localdate().isoformat(),
        "what": "Shots near the house", "site": str(team.site.pk),
    }  # fmt: skip
    assert sent(signed_in["member"], f"{team.mission.pk}/incidents/", **told) == 302
    for who in ("leader", "office", "auditor"):
        assert "Shots near the house" in page(signed_in[who], team)
    for who in ("recipient", "head"):
        shown = page(signed_in[who], team)
        assert "Shots" not in shown
        assert "Mate Test" not in shown
    for who in ("specialist", "unit", "admin"):
        assert signed_in[who].get(f"/posts/{team.mission.pk}/").status_code == 404
    assert "grave incident" in signed_in["office"].get("/desk/").content.decode()
    incident = Incident.objects.get()
    close = f"incidents/{incident.pk}/"
    assert sent(signed_in["member"], close, outcome="over") == 403
    assert sent(signed_in["recipient"], close, outcome="over") == 404
    assert sent(signed_in["leader"], close, outcome="") == 422
    assert sent(signed_in["leader"], close, outcome="Moved to another house") == 302
    assert "Moved to another house" in page(signed_in["auditor"], team)
    assert "grave incident" not in signed_in["office"].get("/desk/").content.decode()


def test_objectives_are_agreed_and_scored_by_both_sides_and_stand_side_by_side(
    team: Team, signed_in: dict[str, Client]
) -> None:
    leader, host = signed_in["leader"], signed_in["recipient"]
    told = {"text": "Deux chirurgiens opèrent seuls", "language": "fr", "target": "2 chirurgiens"}
    assert sent(host, f"{team.mission.pk}/objectives/", **told) == 302
    row = Objective.objects.get()
    assert "waits for the other side" in page(leader, team)
    assert sent(host, f"objectives/{row.pk}/agree/") == 403
    assert sent(leader, f"objectives/{row.pk}/agree/") == 302
    assert "agreed by both sides" in page(host, team)
    moved(Mission.objects.get(pk=team.mission.pk), "HANDING_OVER", at=dt.datetime.now(dt.UTC))
    score = f"objectives/{row.pk}/score/"
    assert sent(leader, score, score=3, words="One alone, one nearly") == 302
    assert "One alone, one nearly" not in page(host, team), "each side scores for itself"
    assert sent(host, score, score=2, words="Un seul opère seul") == 302
    shown = page(signed_in["auditor"], team)
    assert "3: mostly" in shown
    assert "One alone, one nearly" in shown
    assert "2: half" in shown
    assert "Un seul opère seul" in shown


def test_r49_milestones_several_sites_and_an_extension_through_an_emergency(
    team: Team, signed_in: dict[str, Client]
) -> None:
    office, leader = signed_in["office"], signed_in["leader"]
    second = a_site(team.mission, organisation=a_hospital("Deux Test"))
    due = timezone.localdate() - dt.timedelta(days=1)
    told = {"what": "First course held", "due_on": due.isoformat(), "site": str(second.pk)}
    assert sent(leader, f"{team.mission.pk}/milestones/", **told) == 302
    assert "overdue" in page(office, team)
    assert "Deux Test" in page(office, team)
    step = Milestone.objects.get()
    assert sent(leader, f"milestones/{step.pk}/reached/", on=due.isoformat()) == 302
    assert f"reached on {due}" in page(office, team)
    until = timezone.localdate() + dt.timedelta(days=120)
    serving = [str(a.pk) for a in team.mate.assignments.all()]
    longer = {
        "on": timezone.localdate().isoformat(), "planned_end_on": until.isoformat(),
        "emergency": "on", "reason": "Epidemic", "staying": serving,
    }  # fmt: skip
    assert sent(leader, f"{team.mission.pk}/extend/", **longer) == 403
    assert sent(office, f"{team.mission.pk}/extend/", **{**longer, "staying": []}) == 422
    assert sent(office, f"{team.mission.pk}/extend/", **longer) == 302
    shown = page(leader, team)
    assert f"until {until}" in shown
    assert "Who stays:" in shown
    assert "stayed through an emergency" in shown, "R107: it stands among the tags"


def test_r110_regards_reach_all_who_serve_or_served(
    team: Team, signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    told = {
        "occasion": "SPRING_FESTIVAL", "language": "zh-hans", "text": "新春快乐，平安归来",
        "signed": "项目办公室",
    }  # fmt: skip
    assert sent(signed_in["leader"], f"{team.mission.pk}/regards/", **told) == 403
    assert "2 persons" in page(signed_in["office"], team, "regards/")
    assert sent(signed_in["office"], f"{team.mission.pk}/regards/", **told, to_all="on") == 302
    assert "新春快乐" in page(signed_in["member"], team)
    now = dt.datetime.now(dt.UTC)
    mission = Mission.objects.get(pk=team.mission.pk)
    moved(mission, "HANDING_OVER", "DEBRIEFING", at=now)  # home again: it reaches them still
    me = Person.objects.get(account=people["member"].pk)
    assert "新春快乐" in signed_in["member"].get(f"/people/{me.pk}/").content.decode()
    assert "新春快乐" not in signed_in["office"].get(f"/people/{me.pk}/").content.decode()


def test_the_pages_ask_little(team: Team, signed_in: dict[str, Client]) -> None:
    for number in range(4):
        told = {"text": f"Objective {number}", "language": "en"}
        assert sent(signed_in["leader"], f"{team.mission.pk}/objectives/", **told) == 302
    for who in ("leader", "office", "recipient", "auditor"):
        for where in (
            "/posts/",
            f"/posts/{team.mission.pk}/",
            f"/posts/{team.mission.pk}/regards/",
        ):
            client = signed_in[who]
            with CaptureQueriesContext(connection) as asked:
                client.get(where)
            assert len(asked) <= 30, (who, where, len(asked))


def test_the_teams_desk_shows_the_last_word(team: Team, signed_in: dict[str, Client]) -> None:
    sent(signed_in["leader"], f"{team.mission.pk}/check-in/", state="SAFE", whole_team="on")
    shown = signed_in["office"].get(f"/teams/{team.mission.pk}/").content.decode()
    assert "Last word:" in shown
    assert f"/posts/{team.mission.pk}/" in shown


def test_words_incidents_and_objectives_leave_as_tables_the_hosts_take_objectives(
    team: Team, signed_in: dict[str, Client]
) -> None:
    sent(signed_in["leader"], f"{team.mission.pk}/check-in/", state="SAFE", note="=1+1")
    told = {"text": "Two surgeons operate alone", "language": "en"}
    sent(signed_in["leader"], f"{team.mission.pk}/objectives/", **told)

    def taken(who: str, name: str) -> str:
        answer = signed_in[who].get(f"/posts/{team.mission.pk}/{name}.csv")
        assert answer.status_code == 200, (who, name)
        return answer.getvalue().decode()

    assert "Two surgeons operate alone" in taken("recipient", "objectives")
    assert "'=1+1" in taken("office", "words")
    assert "What happened" in taken("auditor", "incidents")
    for name in ("words", "incidents"):
        assert signed_in["recipient"].get(f"/posts/{team.mission.pk}/{name}.csv").status_code == 403
    assert signed_in["office"].get(f"/posts/{team.mission.pk}/words.pdf").status_code == 404
