"""No news is unknown, never safe: words, silences, and the ladder that is climbed meanwhile."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import translation

from marrow.core.journal.undoing import undo
from marrow.core.models import Job, Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.posts import queries
from marrow.posts.access import CLOCK, expected_from
from marrow.posts.actions import bring_word, check_in, climb, keep_watch
from marrow.posts.actions.watching import JOB
from marrow.posts.calls import ended_calls, standing_call
from marrow.posts.models import CheckIn, Rung, Watch
from marrow.posts.rules.silence import Ladder, due_at, heard_at, silent_since, state_now, worst
from marrow.posts.standing import states_on_post
from marrow.sources.access import work_for
from marrow.sources.actions import finish_work
from marrow.sources.models import WorkItem
from marrow.sources.sentences import sentence_of_work
from marrow.sync.reference import KEPT
from marrow.teams.actions import end_service
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER, a_site
from tests.builders.on_post import Team, a_team_on_post, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
HOUR = dt.timedelta(hours=1)
THE_CLOCK = Viewer(via=CLOCK)


def climbed(team: Team, at: dt.datetime) -> list[int]:
    """The clock at `at`: every job that is due by then is done; returns the rungs climbed now."""
    before = set(Rung.objects.values_list("pk", flat=True))
    for job in Job.objects.filter(kind=JOB, state=Job.QUEUED, not_before__lte=at):
        told = job.payload
        since = dt.datetime.fromisoformat(told["since"])
        climb(watch=team_watch(team).pk, step=told["step"], since=since, by=THE_CLOCK, at=at)
    return sorted(Rung.objects.exclude(pk__in=before).values_list("step", flat=True))


def team_watch(team: Team) -> Watch:
    return Watch.objects.get(mission=team.mission)


def open_codes() -> list[tuple[str, str]]:
    found = WorkItem.objects.filter(done_at=None, code__startswith="POST_")
    return sorted(found.values_list("code", "role"))


def test_what_was_said_long_ago_is_unknown_and_a_call_for_help_stays() -> None:
    ago = NOW - 24 * HOUR
    assert state_now("SAFE", NOW - 23 * HOUR, NOW, 24) == "SAFE"
    assert state_now("SAFE", ago, NOW, 24) == "UNKNOWN"
    assert state_now("", None, NOW, 24) == "UNKNOWN"
    assert state_now("NEEDS_HELP", ago, NOW, 24) == "NEEDS_HELP"
    assert worst(["SAFE", "UNKNOWN"]) == "UNKNOWN"
    assert worst([]) == "UNKNOWN"


def test_the_silence_of_a_team_is_that_of_the_one_not_heard_for_longest() -> None:
    joined = {"a": NOW, "b": NOW}
    heard = heard_at(joined, [("a", NOW + 5 * HOUR), ("gone", NOW + 9 * HOUR)])
    assert heard == {"a": NOW + 5 * HOUR, "b": NOW}
    assert silent_since(heard, NOW) == NOW
    assert silent_since(heard_at(joined, [(None, NOW + 6 * HOUR)]), NOW) == NOW + 6 * HOUR
    assert due_at(NOW, Ladder(), 2) == NOW + 36 * HOUR


def test_a_team_that_comes_on_post_is_waited_for_and_three_rungs_follow() -> None:
    team = a_team_on_post()
    assert climbed(team, NOW + 23 * HOUR) == []
    assert climbed(team, NOW + 24 * HOUR) == [1]
    assert open_codes() == [("POST_SILENT_1", "leader")]
    assert climbed(team, NOW + 24 * HOUR) == [], "a rung is climbed once"
    assert climbed(team, NOW + 49 * HOUR) == [2, 3]
    assert open_codes() == [
        ("POST_SILENT_1", "leader"), ("POST_SILENT_2", "office"), ("POST_SILENT_3", "office"),
        ("POST_SILENT_NEAR", "head"),
    ]  # fmt: skip


def test_the_ladder_comes_down_only_when_everybody_is_heard() -> None:
    team = a_team_on_post()
    assert climbed(team, NOW + 25 * HOUR) == [1]
    check_in(mission=team.mission.pk, state="SAFE", by=team.leader, at=NOW + 25 * HOUR)
    assert open_codes() == [("POST_SILENT_1", "leader")], "the member is silent still"
    check_in(mission=team.mission.pk, state="SAFE", by=team.member, at=NOW + 26 * HOUR)
    assert open_codes() == []
    assert climbed(team, NOW + 48 * HOUR) == []
    assert climbed(team, NOW + 50 * HOUR) == [1], "24 hours after the leader's own word"


def test_a_leader_may_speak_for_the_whole_team_and_a_member_may_not() -> None:
    team = a_team_on_post()
    with pytest.raises(Refused, match="whole team"):
        check_in(
            mission=team.mission.pk, state="SAFE", whole_team=True, by=team.member, at=NOW
        )  # fmt: skip
    later = NOW + 10 * HOUR
    check_in(mission=team.mission.pk, state="SAFE", whole_team=True, by=team.leader, at=later)
    news = queries.news_of([team.mission], later + HOUR)[0]
    assert news.state == "SAFE"
    assert queries.silence_of(team_watch(team)) == later
    assert queries.news_of([team.mission], later + 24 * HOUR)[0].state == "UNKNOWN"


def test_who_needs_help_is_work_at_once_and_stays_so_until_they_say_otherwise() -> None:
    team = a_team_on_post()
    check_in(mission=team.mission.pk, state="NEEDS_HELP", by=team.member, at=NOW)
    assert open_codes() == [("POST_HELP", "leader"), ("POST_HELP", "office")]
    check_in(mission=team.mission.pk, state="SAFE", whole_team=True, by=team.leader, at=NOW + HOUR)
    assert queries.news_of([team.mission], NOW + HOUR)[0].state == "NEEDS_HELP"
    check_in(mission=team.mission.pk, state="SAFE", by=team.member, at=NOW + 2 * HOUR)
    assert queries.news_of([team.mission], NOW + 2 * HOUR)[0].state == "SAFE"


def told_of_a_call(reader: Viewer) -> list[str]:
    """What still stands before somebody of a call for help."""
    items = work_for(reader).filter(code__startswith="POST_HELP").order_by("opened_at")
    return [sentence_of_work(i.code, i.params, i.done_at) for i in items]


def test_who_tapped_by_mistake_takes_their_own_call_back_and_whoever_was_alerted_reads_it() -> None:
    team = a_team_on_post()
    here = team.mission.pk
    for minutes in (0, 1):  # tapped twice
        at = NOW + dt.timedelta(minutes=minutes)
        check_in(mission=here, state="NEEDS_HELP", by=team.member, at=at)
    for reader in (team.leader, OFFICE):
        assert len(told_of_a_call(reader)) == 2
    over = NOW + HOUR
    check_in(mission=here, state="SAFE", note="A mistaken tap", by=team.member, at=over)
    for reader in (team.leader, OFFICE):
        (told,) = told_of_a_call(reader)
        assert "Mate Test 31" in told
        assert "has taken the call back" in told
        assert f"{over:%Y-%m-%d %H:%M} UTC" in told
        assert "A mistaken tap" in told
    calls = WorkItem.objects.filter(code="POST_HELP")
    assert {(c.done_by, c.done_at) for c in calls} == {(team.member.person, over)}
    word = CheckIn.objects.get(state="SAFE")
    act = Operation.objects.get(record=word.pk).act
    ended = Operation.objects.filter(act=act, record__in=calls.values("pk"))
    assert ended.count() == 4, "the word and what it ended are one page of the journal"
    (first, last) = ended_calls(team.mission)
    assert first.word == last.word == word
    assert not word.by_office


def test_the_office_ends_a_call_as_what_it_heard_never_as_the_members_own_word() -> None:
    team = a_team_on_post()
    here = team.mission.pk
    check_in(mission=here, state="NEEDS_HELP", by=team.member, at=NOW)
    told = {"mission": here, "person": team.mate.pk, "by": OFFICE}
    check_in(**told, state="SAFE", note="Back at the house", at=NOW + HOUR)  # type: ignore[arg-type]
    (line,) = told_of_a_call(team.leader)
    assert "The office has heard" in line
    assert "Back at the house" in line
    assert ended_calls(team.mission)[0].word.by_office


def test_neither_an_earlier_word_nor_anothers_ends_a_call_for_help() -> None:
    team = a_team_on_post()
    here = team.mission.pk
    check_in(mission=here, state="NEEDS_HELP", by=team.member, at=NOW + HOUR)
    kept = CheckIn(id=uuid4(), state="SAFE", said_at=NOW)
    bring_word(mission=here, said=kept, by=team.member, at=NOW + 2 * HOUR)
    check_in(mission=here, state="SAFE", whole_team=True, by=team.leader, at=NOW + 2 * HOUR)
    assert open_codes() == [("POST_HELP", "leader"), ("POST_HELP", "office")]
    assert ended_calls(team.mission) == []
    assert standing_call(team.mission, team.mate)


def test_a_call_that_the_office_has_seen_to_is_not_told_it_again() -> None:
    team = a_team_on_post()
    here = team.mission.pk
    check_in(mission=here, state="NEEDS_HELP", by=team.member, at=NOW)
    finish_work(item=WorkItem.objects.get(role="office", code="POST_HELP").pk, by=OFFICE, at=NOW)
    check_in(mission=here, state="SAFE", by=team.member, at=NOW + HOUR)
    assert open_codes() == [("POST_HELP_SELF", "leader")]
    assert len(ended_calls(team.mission)) == 1, "its page tells of it all the same"


def test_the_office_enters_whom_it_heard_on_the_telephone() -> None:
    team = a_team_on_post()
    with pytest.raises(Refused, match="whom"):
        check_in(mission=team.mission.pk, state="SAFE", by=OFFICE, at=NOW)
    told = check_in(
        mission=team.mission.pk, state="SAFE", person=team.mate.pk, by=OFFICE, at=NOW
    )  # fmt: skip
    assert (told.person, told.by_office) == (team.mate, True)
    with pytest.raises(Refused, match="oneself"):
        check_in(mission=team.mission.pk, state="SAFE", person=team.mate.pk, by=team.leader, at=NOW)


def test_strangers_and_other_teams_say_nothing_here() -> None:
    team, other = a_team_on_post(), a_team_on_post(32)
    for viewer, refusal in (
        (STRANGER, Unseen), (other.leader, Unseen), (AUDITOR, NotAllowed), (team.host, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(refusal):
            check_in(mission=team.mission.pk, state="SAFE", by=viewer, at=NOW)
    with pytest.raises(Unseen):
        check_in(
            mission=team.mission.pk, state="SAFE", site=a_site(other.mission).pk, by=team.leader,
            at=NOW,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        climb(watch=team_watch(team).pk, step=1, since=NOW, by=OFFICE, at=NOW)
    assert not CheckIn.objects.exists()


def test_each_leader_and_each_head_sees_the_silence_of_their_own_team_alone() -> None:
    team, other = a_team_on_post(), a_team_on_post(32)
    climbed(team, NOW + 50 * HOUR)
    mine = WorkItem.objects.filter(about=team_watch(team).pk)
    assert [w.code for w in work_for(team.leader)] == ["POST_SILENT_1"]
    assert set(work_for(team.leader)) <= set(mine)
    assert [w.code for w in work_for(team.head)] == ["POST_SILENT_NEAR"]
    assert not set(work_for(other.leader)) & set(mine)
    assert not set(work_for(other.head)) & set(mine)
    nobody = Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, uuid4()),))
    assert not work_for(nobody).exists()


def test_nobody_waits_for_a_team_that_is_home() -> None:
    team = a_team_on_post()
    climbed(team, NOW + 25 * HOUR)
    moved(team.mission, "HANDING_OVER", "DEBRIEFING", at=NOW + 26 * HOUR)
    assert open_codes() == []
    assert climbed(team, NOW + 99 * HOUR) == []
    with pytest.raises(Refused, match="not away"):
        check_in(mission=team.mission.pk, state="SAFE", by=team.leader, at=NOW + 27 * HOUR)


def test_a_team_that_is_suspended_abroad_calls_for_help_and_its_silence_counts() -> None:
    team = a_team_on_post()
    moved(team.mission, "SUSPENDED", at=NOW + HOUR, reason="fighting in the town")
    assert climbed(team, NOW + 24 * HOUR) == [1]
    said = check_in(mission=team.mission.pk, state="NEEDS_HELP", by=team.member, at=NOW + 25 * HOUR)
    assert said.person == team.mate
    assert ("POST_HELP", "office") in open_codes()
    heard = check_in(
        mission=team.mission.pk, state="NEEDS_HELP", person=team.chief.pk, by=OFFICE,
        at=NOW + 26 * HOUR,
    )  # fmt: skip
    assert heard.by_office
    told = {"leader_after": 6, "office_after": 8, "last_after": 12}
    keep_watch(mission=team.mission.pk, by=OFFICE, at=NOW + 27 * HOUR, **told)  # type: ignore[arg-type]
    assert states_on_post(OFFICE, NOW + 28 * HOUR) == {team.mission.pk: "NEEDS_HELP"}
    moved(team.mission, "ON_POST", at=NOW + 29 * HOUR)
    assert team_watch(team).stopped_at is None


def test_nobody_waits_any_more_once_the_last_of_a_suspended_team_went_home() -> None:
    team = a_team_on_post()
    moved(team.mission, "SUSPENDED", at=NOW + HOUR, reason="fighting in the town")
    gone = NOW + 2 * HOUR
    for one in (team.chief, team.mate):
        row = one.assignments.get()
        end_service(assignment=row.pk, on=gone.date(), reason="flown out", by=OFFICE, at=gone)
    assert climbed(team, NOW + 50 * HOUR) == []
    assert team_watch(team).stopped_at == NOW + 50 * HOUR
    with pytest.raises(Refused, match="not away"):
        check_in(
            mission=team.mission.pk, state="SAFE", person=team.mate.pk, by=OFFICE,
            at=NOW + 51 * HOUR,
        )  # fmt: skip


def test_the_office_sets_the_hours_and_they_count_from_the_last_word() -> None:
    team = a_team_on_post()
    told = {"leader_after": 6, "office_after": 8, "last_after": 12, "contact": "Duty desk"}
    with pytest.raises(NotAllowed):
        keep_watch(mission=team.mission.pk, by=team.leader, at=NOW, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="later than"):
        keep_watch(
            mission=team.mission.pk, leader_after=6, office_after=6, last_after=7, by=OFFICE, at=NOW
        )  # fmt: skip
    keep_watch(mission=team.mission.pk, by=OFFICE, at=NOW + HOUR, **told)  # type: ignore[arg-type]
    assert climbed(team, NOW + 6 * HOUR) == [1]
    assert climbed(team, NOW + 12 * HOUR) == [2, 3]
    assert WorkItem.objects.get(code="POST_SILENT_3").params["contact"] == "Duty desk"


def test_the_last_rung_calls_its_contact_in_the_language_of_the_reader() -> None:
    team = a_team_on_post()
    watch = team_watch(team)
    watch.contact = "值班室（虚构）"
    watch.tongues = {"contact": {"zh": "值班室（虚构）", "fr": "Permanence (fictive)"}}
    watch.save()
    climbed(team, NOW + 49 * HOUR)
    told = WorkItem.objects.get(code="POST_SILENT_3")
    with translation.override("fr"):
        said = sentence_of_work(told.code, told.params, None)
    assert "Permanence (fictive)" in said
    assert "值班室" not in said


def test_a_homecoming_that_is_taken_back_leaves_no_team_without_its_clock() -> None:
    team = a_team_on_post()
    moved(team.mission, "HANDING_OVER", "DEBRIEFING", at=NOW + HOUR, reason="a mistake")
    act = Operation.objects.filter(action="move_stage").order_by("-id")[0].act
    assert not Job.objects.filter(kind=JOB, state=Job.QUEUED).exists()
    undo(act=act, by=OFFICE, at=NOW + 2 * HOUR)
    assert team_watch(team).stopped_at is None
    assert climbed(team, NOW + 24 * HOUR) == [1]


def test_hours_that_are_taken_back_lose_no_rung() -> None:
    team = a_team_on_post()
    keep_watch(
        mission=team.mission.pk, leader_after=6, office_after=8, last_after=12, by=OFFICE, at=NOW
    )  # fmt: skip
    act = Operation.objects.filter(action="keep_watch").order_by("-id")[0].act
    undo(act=act, by=OFFICE, at=NOW + HOUR)
    assert climbed(team, NOW + 12 * HOUR) == []
    assert climbed(team, NOW + 48 * HOUR) == [1, 2, 3]


def test_when_the_silent_one_leaves_the_team_the_next_ones_silence_has_its_ladder() -> None:
    team = a_team_on_post()
    check_in(mission=team.mission.pk, state="SAFE", by=team.leader, at=NOW + 40 * HOUR)
    assert climbed(team, NOW + 48 * HOUR) == [1, 2, 3]
    gone = NOW + 49 * HOUR
    end_service(
        assignment=team.mate.assignments.get().pk, on=gone.date(), reason="ill", by=OFFICE, at=gone
    )  # fmt: skip
    assert climbed(team, NOW + 72 * HOUR) == [], "the daily look finds another silence"
    assert climbed(team, NOW + 72 * HOUR) == [1], "of the leader, heard 32 hours before"


def test_who_comes_later_is_waited_for_after_their_first_day() -> None:
    watch = Watch(started_at=NOW)
    assert expected_from(watch, NOW.date()) == NOW
    came = NOW.date() + dt.timedelta(days=9)
    midnight = dt.datetime(2026, 12, 4, tzinfo=dt.UTC)
    assert expected_from(watch, came) == midnight


def test_nobody_ticks_a_silence_off_only_word_from_the_team_ends_it() -> None:
    team, other = a_team_on_post(), a_team_on_post(32)
    climbed(team, NOW + 24 * HOUR)
    item = WorkItem.objects.get(code="POST_SILENT_1", about=team_watch(team).pk)
    with pytest.raises(Unseen):
        finish_work(item=item.pk, by=other.leader, at=NOW)
    with pytest.raises(Refused, match="own page"):
        finish_work(item=item.pk, by=team.leader, at=NOW)
    later = NOW + 25 * HOUR
    text = sentence_of_work(item.code, item.params, NOW + 41 * HOUR)
    assert "for 41 hours" in text, "for how long, not after how long it is told"
    said = check_in(
        mission=team.mission.pk, state="SAFE", whole_team=True, by=team.leader, at=later
    )
    assert said.whole_team
    assert WorkItem.objects.get(pk=item.pk).done_at


def test_the_phones_of_a_team_keep_whom_to_telephone_as_its_office_told_it() -> None:
    team = a_team_on_post()
    told = {"leader_after": 24, "office_after": 36, "last_after": 48}

    def kept(viewer: Viewer) -> list[object]:
        return [(one["call"], one["numbers"]) for one in KEPT["team"](viewer, NOW + HOUR)]

    assert kept(team.member) == [({}, [])], "nobody told whom"
    keep_watch(
        mission=team.mission.pk, by=OFFICE, at=NOW, contact="Permanence de l’ambassade",
        telephone="117", **told,
    )  # fmt: skip
    assert kept(team.member) == [({"fr": "Permanence de l’ambassade"}, ["117"])]
    assert kept(STRANGER) == []
