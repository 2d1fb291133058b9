"""Incidents, objectives of two sides, milestones, staying on, regards: who may, and what holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.desk.actions import say_also
from marrow.missions.models import Mission
from marrow.people import access as people_access
from marrow.people.models import Person
from marrow.posts import access, queries
from marrow.posts.actions import (
    agree_objective,
    check_in,
    close_incident,
    drop_objective,
    extend,
    plan_milestone,
    propose_objective,
    reach_milestone,
    report_incident,
    score_objective,
    send_regards,
)
from marrow.posts.models import Extension, Incident, Objective, Stay
from marrow.sources.models import WorkItem
from marrow.teams.models import Seat
from marrow.ui.waiting import waiting
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER, a_hospital, a_site
from tests.builders.on_post import Team, a_team_on_post, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def an_incident(team: Team, by: Viewer, **told: object) -> Incident:
    columns = {"kind": "SECURITY", "severity": "SERIOUS", "happened_on": TODAY, "what": "Unrest"}
    row = Incident(id=uuid4(), **{**columns, **told})
    return report_incident(mission=team.mission.pk, incident=row, by=by, at=NOW)


def an_objective(team: Team, by: Viewer, **told: object) -> Objective:
    return propose_objective(
        mission=team.mission.pk, text="Two surgeons operate alone", language="en", by=by, at=NOW,
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


def agreed(team: Team) -> Objective:
    row = an_objective(team, team.leader)
    return agree_objective(objective=row.pk, by=team.host, at=NOW)


def test_an_incident_is_told_by_the_team_and_seen_by_team_office_and_auditor() -> None:
    team = a_team_on_post()
    row = an_incident(team, team.member)
    for viewer in (team.leader, OFFICE, AUDITOR):
        assert access.incident_for(viewer, row.pk) == row
    for viewer in (team.host, team.head, STRANGER, a_team_on_post(32).leader):
        with pytest.raises(Unseen):
            access.incident_for(viewer, row.pk)
    with pytest.raises(NotAllowed):
        an_incident(team, team.host)
    with pytest.raises(NotAllowed):
        an_incident(team, AUDITOR)
    with pytest.raises(Refused, match="not come"):
        an_incident(team, team.member, happened_on=TODAY + 3 * DAY)
    with pytest.raises(Unseen):
        an_incident(team, team.member, site_id=a_site(a_team_on_post(33).mission).pk)


@pytest.mark.parametrize(
    "named",
    [
        "Patient Mamadou Diallo 13800138000 died",
        "patient diallo died",
        "患者王芳死亡",
        "张三 术后死亡",
        "Patient: Mamadou Diallo fell in ward 2",
        "Le patient M. Diallo est tombé",
        "malade nommé Ibrahima Sory, chute",
        "患者王小明从床上摔下",
        "患者：王小明，男，45岁，骨折",
        "operated on patient: Mamadou Diallo",
    ],
)
def test_no_incident_and_no_word_of_safety_names_a_patient(named: str) -> None:
    team = a_team_on_post()
    with pytest.raises(Refused, match="looks like"):
        an_incident(team, team.member, what=named)
    with pytest.raises(Refused, match="looks like"):
        an_incident(team, team.member, done=named)
    row = an_incident(team, team.member, what="Theft of 12 000 000 GNF near Donka Hospital")
    with pytest.raises(Refused, match="looks like"):
        close_incident(incident=row.pk, outcome=named, by=team.leader, at=NOW)
    with pytest.raises(Refused, match="looks like"):
        check_in(mission=team.mission.pk, state="SAFE", note=named, by=team.member, at=NOW)
    help_ = check_in(
        mission=team.mission.pk, state="NEEDS_HELP", note=named, by=team.member, at=NOW
    )
    assert help_.note == named  # a call for help is taken whatever its words


def test_what_is_serious_is_work_of_the_office_until_it_is_closed_with_its_outcome() -> None:
    team = a_team_on_post()
    an_incident(team, team.member, severity="MINOR")
    assert not WorkItem.objects.filter(code="POST_INCIDENT").exists()
    row = an_incident(team, team.member)
    assert WorkItem.objects.get(code="POST_INCIDENT").done_at is None
    with pytest.raises(NotAllowed):
        close_incident(incident=row.pk, outcome="over", by=team.member, at=NOW)
    with pytest.raises(Refused, match="came of it"):
        close_incident(incident=row.pk, outcome=" ", by=team.leader, at=NOW)
    close_incident(incident=row.pk, outcome="Nobody hurt", by=team.leader, at=NOW)
    assert WorkItem.objects.get(code="POST_INCIDENT").done_at == NOW
    with pytest.raises(Refused, match="already"):
        close_incident(incident=row.pk, outcome="again", by=OFFICE, at=NOW)


def test_an_incident_lies_within_the_time_of_its_team() -> None:
    team = a_team_on_post()
    Mission.objects.filter(pk=team.mission.pk).update(departed_on="2025")
    with pytest.raises(Refused, match="1990-01-01 lies too far back: not before 2024-12-01"):
        an_incident(team, team.member, happened_on=dt.date(1990, 1, 1))


def test_a_team_does_not_stay_until_2199() -> None:
    team = a_team_on_post()
    staying = [a.pk for a in access.serving(team.mission)]
    with pytest.raises(Refused, match="2199-12-31 lies too far ahead"):
        extend(
            mission=team.mission.pk, on=TODAY, planned_end_on=dt.date(2199, 12, 31), by=OFFICE,
            reason="The next team is late", staying=staying, at=NOW,
        )  # fmt: skip


def test_a_grave_incident_leads_today_with_its_team_and_what_happened() -> None:
    team = a_team_on_post()
    an_incident(team, team.member, what="The car fell into the river", severity="GRAVE")
    an_incident(team, team.member, what="Shots near the lodging", happened_on=TODAY - DAY)
    told = [line.what for line in waiting(OFFICE, TODAY)]
    grave = f"{team.mission}: a grave incident is open. The car fell into the river"
    assert told[0] == grave
    assert f"{team.mission}: a serious incident is open. Shots near the lodging" in told
    close_incident(
        incident=Incident.objects.get(severity="GRAVE").pk, outcome="Nobody hurt", by=OFFICE, at=NOW
    )
    assert grave not in [line.what for line in waiting(OFFICE, TODAY)]


def test_who_agreed_is_unknown_where_no_account_has_the_name() -> None:
    team = a_team_on_post()
    row = agreed(team)
    shown = queries.objectives_of(OFFICE, team.mission, may_end=False)[0]
    assert not shown.host_by, "no account stands behind this viewer"
    page = render_to_string("posts/objective.html", {"o": shown, "mission": team.mission})
    assert f"Hosts: unknown, {row.host_agreed_at:%Y-%m-%d}" in " ".join(page.split())


def test_an_objective_is_agreed_by_two_sides_from_two_accounts() -> None:
    team = a_team_on_post()
    row = an_objective(team, team.leader)
    with pytest.raises(NotAllowed, match="the other side"):
        agree_objective(objective=row.pk, by=team.leader, at=NOW)
    with pytest.raises(Refused, match="other side"):
        agree_objective(objective=row.pk, by=OFFICE, at=NOW)
    for viewer in (team.member, team.head, AUDITOR):
        with pytest.raises(NotAllowed):
            agree_objective(objective=row.pk, by=viewer, at=NOW)
    with pytest.raises(Unseen):
        agree_objective(objective=row.pk, by=STRANGER, at=NOW)
    row = agree_objective(objective=row.pk, by=team.host, at=NOW)
    assert (row.team_agreed_by, row.host_agreed_by) == (team.leader.person, team.host.person)
    both = Viewer(team.host.person, "Both", (*team.host.grants, Grant("office")))
    own = an_objective(team, team.host)
    with pytest.raises(NotAllowed, match="agreed already"):
        agree_objective(objective=own.pk, by=both, at=NOW)


def test_of_several_sites_each_host_speaks_for_its_own() -> None:
    team = a_team_on_post()
    other = a_site(team.mission, organisation=a_hospital("Deux Test"))
    there = an_objective(team, team.leader, site=other.pk)
    with pytest.raises(NotAllowed):
        agree_objective(objective=there.pk, by=team.host, at=NOW)
    here = an_objective(team, team.leader, site=team.site.pk)
    assert agree_objective(objective=here.pk, by=team.host, at=NOW).agreed


def test_both_sides_score_at_the_end_and_see_each_other_once_both_have() -> None:
    team = a_team_on_post()
    row = agreed(team)
    with pytest.raises(Refused, match="at the end"):
        score_objective(objective=row.pk, score=3, words="well", by=team.leader, at=NOW)
    mission = moved(team.mission, "HANDING_OVER")
    with pytest.raises(Refused, match="0 to 4"):
        score_objective(objective=row.pk, score=5, words="well", by=team.leader, at=NOW)
    score_objective(objective=row.pk, score=3, words="nearly there", by=team.leader, at=NOW)
    shown = queries.objectives_of(team.host, mission, may_end=True)[0]
    assert (shown.shows_team, shown.may_score) == (False, True)
    moved(team.mission, "DEBRIEFING")
    with pytest.raises(Refused, match="not scored by both"):
        moved(team.mission, "CLOSED")
    score_objective(objective=row.pk, score=2, words="one of two", by=team.host, at=NOW)
    shown = queries.objectives_of(team.host, mission, may_end=True)[0]
    assert (shown.shows_team, shown.shows_host, shown.may_score) == (True, True, False)
    with pytest.raises(Refused, match="already"):
        score_objective(objective=row.pk, score=4, words="better", by=team.host, at=NOW)
    with pytest.raises(Refused) as left:
        moved(team.mission, "CLOSED")
    assert "scored" not in str(left.value.message), "what is left is the handover"


def test_what_only_one_side_wants_is_not_scored_and_may_be_dropped_with_a_reason() -> None:
    team = a_team_on_post()
    row = an_objective(team, team.host)
    moved(team.mission, "HANDING_OVER")
    with pytest.raises(Refused, match="both sides agreed"):
        score_objective(objective=row.pk, score=1, words="no", by=team.host, at=NOW)
    with pytest.raises(NotAllowed):
        drop_objective(objective=row.pk, reason="no", by=team.host, at=NOW)
    with pytest.raises(Refused, match="why"):
        drop_objective(objective=row.pk, reason="", by=team.leader, at=NOW)
    drop_objective(objective=row.pk, reason="no power", by=team.leader, at=NOW)
    with pytest.raises(Refused, match="already"):
        agree_objective(objective=row.pk, by=team.leader, at=NOW)


def test_a_milestone_is_planned_and_reached_by_those_who_look_after_the_team() -> None:
    team = a_team_on_post()
    for viewer in (team.member, team.host):
        with pytest.raises(NotAllowed):
            plan_milestone(
                mission=team.mission.pk, what="Course", due_on=TODAY, by=viewer, at=NOW
            )  # fmt: skip
    step = plan_milestone(
        mission=team.mission.pk, what="Course", due_on=TODAY + DAY, by=team.leader, at=NOW
    )  # fmt: skip
    with pytest.raises(Refused, match="not come"):
        reach_milestone(milestone=step.pk, on=TODAY + DAY, by=team.leader, at=NOW)
    assert reach_milestone(milestone=step.pk, on=TODAY, by=OFFICE, at=NOW).reached_on == TODAY
    with pytest.raises(Unseen):
        reach_milestone(milestone=uuid4(), on=TODAY, by=OFFICE, at=NOW)


def test_a_team_stays_through_an_emergency_and_those_who_stay_keep_their_seats() -> None:
    team = a_team_on_post()
    stays, _goes = access.serving(team.mission)
    until = TODAY + 90 * DAY
    told = {"on": TODAY, "reason": "outbreak", "emergency": True}
    with pytest.raises(NotAllowed):
        extend(
            mission=team.mission.pk, planned_end_on=until, staying=[stays.pk], by=team.leader,
            at=NOW, **told,  # type: ignore[arg-type]
        )  # fmt: skip
    with pytest.raises(Refused, match="who stays"):
        extend(
            mission=team.mission.pk, planned_end_on=until, staying=[], by=OFFICE, at=NOW,
            **told,  # type: ignore[arg-type]
        )  # fmt: skip
    assert Mission.objects.get(pk=team.mission.pk).status == "ON_POST"
    for days in (90, 120):
        extend(
            mission=team.mission.pk, planned_end_on=TODAY + days * DAY, staying=[stays.pk],
            by=OFFICE, at=NOW, **told,  # type: ignore[arg-type]
        )  # fmt: skip
    row = Mission.objects.get(pk=team.mission.pk)
    assert (row.status, row.tags) == ("EXTENDED", ["STAYED_ON"])
    assert row.planned_end_on == (TODAY + 120 * DAY).isoformat()
    seat = Seat.objects.get(pk=stays.seat_id)
    assert seat.until_on == TODAY + 121 * DAY, "the first day after"
    assert seat.last_on == TODAY + 120 * DAY, "the last day is the planned one"
    assert (Extension.objects.count(), Stay.objects.count()) == (2, 2)
    with pytest.raises(Refused, match="after the planned"):
        extend(
            mission=team.mission.pk, planned_end_on=until, staying=[stays.pk], by=OFFICE, at=NOW,
            **told,  # type: ignore[arg-type]
        )  # fmt: skip


def test_regards_reach_those_who_serve_and_to_all_those_who_served_before() -> None:
    team = a_team_on_post()
    told: dict[str, str] = {
        "occasion": "NEW_YEAR",
        "language": "en",
        "text": "Thank you",
        "signed": "The office",
    }
    for viewer, to_all in ((team.leader, False), (team.host, True)):
        with pytest.raises(NotAllowed):
            send_regards(
                mission=team.mission.pk, to_all=to_all, by=viewer, at=NOW,
                **told,
            )  # fmt: skip
    send_regards(mission=team.mission.pk, by=team.head, at=NOW, **told)  # type: ignore[arg-type]
    assert len(queries.regards_to(team.mate)) == 1
    other = a_team_on_post(32)
    assert queries.regards_to(other.mate) == []
    Mission.objects.filter(pk=other.mission.pk).update(programme=team.mission.programme_id)
    send_regards(
        mission=team.mission.pk, to_all=True, by=OFFICE, at=NOW,
        **told,
    )  # fmt: skip
    assert len(queries.regards_to(Person.objects.get(pk=other.mate.pk))) == 1
    here, everywhere = queries.reached_by(Mission.objects.get(pk=team.mission.pk))
    assert (here.persons, everywhere.persons) == (2, 4)


def test_a_colleague_who_died_is_named_in_words_of_regard_and_no_patient_is() -> None:
    team = a_team_on_post()
    told: dict[str, Any] = {"occasion": "DIFFICULTY", "language": "fr", "signed": "Le bureau"}
    mourned = "Nous pensons à M. Camara. M. Camara est décédé en mission."
    sent = send_regards(mission=team.mission.pk, text=mourned, by=team.head, at=NOW, **told)
    also = {"text": {"en": "Mr Camara died on duty."}}
    said = say_also(label="posts.regard", record=sent.pk, also=also, by=team.head, at=NOW)
    assert said.also("text") == also["text"]
    with pytest.raises(Refused, match="name"):
        send_regards(
            mission=team.mission.pk, text="Le patient M. Diallo est guéri", by=team.head, at=NOW,
            **told,
        )  # fmt: skip


def test_one_word_for_all_is_one_line_and_who_spoke_alone_has_their_own() -> None:
    team = a_team_on_post()
    check_in(mission=team.mission.pk, state="SAFE", whole_team=True, by=team.leader, at=NOW)
    (news,) = queries.news_of([team.mission], NOW)
    assert [len(group) for group in news.alike] == [1, 1], "the leader's own word, and the other"
    one = replace(news, people=[*news.people[1:], *news.people[1:]])
    assert [len(group) for group in one.alike] == [2]


def test_whoever_must_still_agree_or_score_finds_it_on_today() -> None:
    team = a_team_on_post()
    an_objective(team, team.leader)

    def lines(viewer: Viewer) -> list[str]:
        return [w.what for w in waiting(viewer, TODAY) if "objective" in w.what]

    assert len(lines(team.host)) == 1
    assert lines(team.leader) == lines(OFFICE) == lines(a_team_on_post(32).host) == []
    agree_objective(objective=Objective.objects.get().pk, by=team.host, at=NOW)
    assert lines(team.host) == []
    Mission.objects.filter(pk=team.mission.pk).update(status="DEBRIEFING")
    row = Objective.objects.get()
    assert len(lines(team.leader)) == len(lines(team.host)) == 1
    assert "not scored by both sides" in lines(OFFICE)[0]
    score_objective(objective=row.pk, score=3, words="well", by=team.leader, at=NOW)
    assert lines(team.leader) == []
    assert lines(OFFICE)
    score_objective(objective=row.pk, score=4, words="well", by=team.host, at=NOW)
    assert lines(OFFICE) == lines(team.host) == []


def test_a_leader_knows_whom_to_call_and_not_how_somebody_feels() -> None:
    """The form says who reads it: the person and the programme office."""
    team = a_team_on_post()
    mate = Person.objects.get(pk=team.mate.pk)
    assert people_access.may_see_private(team.leader, mate)
    assert not people_access.may_see_wellbeing(team.leader, mate)
    assert people_access.may_see_wellbeing(team.member, mate)
    assert people_access.may_see_wellbeing(OFFICE, mate)
    sends = Viewer(uuid4(), "Office", (Grant("office", PROGRAMME, team.mission.programme_id),))
    assert people_access.may_see_wellbeing(sends, mate)
    Mission.objects.filter(pk=team.mission.pk).update(status="CLOSED")
    assert not people_access.may_see_private(team.leader, mate)
    assert not people_access.may_see_wellbeing(sends, mate)
