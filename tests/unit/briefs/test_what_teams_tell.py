"""Briefs, daily sheets and operating lists: who may, what is refused, what holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils import translation
from pypdfium2 import PdfDocument

from marrow.activity.actions import count_visits, take_out_picture, void_deed
from marrow.briefs import access, papers
from marrow.briefs.actions import (
    operate_on,
    put_on_list,
    send_brief,
    tell_check,
    void_screened,
    write_brief,
)
from marrow.briefs.forms import BriefForm
from marrow.briefs.models import Brief, Screened
from marrow.briefs.queries import briefing, daily, operating
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.posts.models import Watch
from marrow.ui.waiting import waiting
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER, a_hospital, a_site
from tests.builders.briefing import a_shot, done
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
MONTH = NOW.date().replace(day=1)
SOON = MONTH + 34 * DAY  # in the next month, before the brief is late
LATER = MONTH + 50 * DAY


@pytest.fixture
def team(settings: LazySettings, tmp_path: Path) -> Team:
    settings.UPLOADS = tmp_path
    return a_team_on_post()


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def a_brief(team: Team, by: Viewer | None = None, **told: object) -> Brief:
    values = {"texts": {"zh-hans": "一切顺利"}, "pictures": [], "month": MONTH, **told}
    return write_brief(mission=team.mission.pk, by=by or team.leader, at=at(SOON), **values)  # type: ignore[arg-type]


def test_the_leader_writes_and_sends_and_then_nothing_changes(team: Team) -> None:
    deed = done(team, NOW.date())
    brief = a_brief(team)
    assert brief.state == "DRAFT"
    brief = a_brief(team, texts={"zh-hans": "顺利", "fr": "Tout va bien", "xx": "no"})
    assert set(brief.texts) == {"zh-hans", "fr"}
    sent = send_brief(brief=brief.pk, by=team.leader, at=at(SOON))
    told = {f["code"]: f["value"] for f in sent.figures}
    assert told["OPERATION_DONE"] == "1"
    assert told["VISIT"] is None, "nobody told of visits: unknown"
    with pytest.raises(Refused):
        a_brief(team)
    with pytest.raises(Refused):
        send_brief(brief=brief.pk, by=team.leader, at=at(SOON))
    void_deed(deed=deed.pk, reason="twice", by=team.leader, at=at(SOON))
    line = next(one for one in briefing.shown(sent).lines if one.figure.code == "OPERATION_DONE")
    assert (line.figure.value, line.now, line.differs) == ("1", None, True)


def test_a_brief_is_sent_once_its_month_is_over(team: Team) -> None:
    brief = a_brief(team)
    with pytest.raises(Refused, match="not over"):
        send_brief(brief=brief.pk, by=team.leader, at=at(NOW.date()))
    Watch.objects.filter(mission=team.mission).update(stopped_at=NOW)
    assert send_brief(brief=brief.pk, by=team.leader, at=at(NOW.date())).is_sent, "they went home"


def test_who_writes_who_reads_and_who_sees_nothing(team: Team) -> None:
    for by, refusal in ((team.member, NotAllowed), (AUDITOR, NotAllowed), (STRANGER, Unseen)):
        with pytest.raises(refusal):
            a_brief(team, by)
    brief = a_brief(team, OFFICE)
    with pytest.raises(Unseen):
        access.brief_for(team.member, brief.pk)
    send_brief(brief=brief.pk, by=OFFICE, at=at(SOON))
    assert access.brief_for(team.member, brief.pk) == brief
    assert access.brief_for(AUDITOR, brief.pk) == brief
    for by in (team.host, team.head, STRANGER):
        with pytest.raises(Unseen):
            access.brief_for(by, brief.pk)


def test_what_no_brief_may_be(team: Team) -> None:
    for told in (
        {"month": MONTH - 60 * DAY}, {"month": LATER + 90 * DAY}, {"pictures": [uuid4()]},
        {"texts": {"fr": "Appelez le +224 620 12 34 56"}}, {"texts": {"fr": "x" * 6001}},
    ):  # fmt: skip
        with pytest.raises(Refused):
            a_brief(team, **told)
    empty = a_brief(team, texts={"fr": "  "})
    with pytest.raises(Refused):
        send_brief(brief=empty.pk, by=team.leader, at=at(SOON))


def test_up_to_three_photographs_and_one_taken_out_is_shown_no_more(team: Team) -> None:
    deed = done(team, NOW.date())
    shots = [a_shot(team, deed, shade).pk for shade in (10, 80, 150, 220)]
    with pytest.raises(Refused):
        a_brief(team, pictures=shots)
    brief = a_brief(team, pictures=[shots[2], shots[0]])
    assert [p.pk for p in briefing.chosen(brief)] == [shots[2], shots[0]]
    form = BriefForm(texts={}, photographs=briefing.chosen(brief), lines=[])
    assert str(form["pictures"]).count("<img") == 2, "they are seen where they are chosen"
    brief = a_brief(team, pictures=[shots[0], shots[1]])
    assert [p.pk for p in briefing.chosen(brief)] == shots[:2]
    for language in ("zh-hans", "fr", "en"):
        assert papers.brief_pdf(brief, language)[:5] == b"%PDF-"
    take_out_picture(picture=shots[0], reason="a face", by=team.leader, at=at(SOON))
    assert [p.pk for p in briefing.chosen(brief)] == shots[1:2]


def test_today_asks_the_leader_and_tells_the_office_once_it_is_late(team: Team) -> None:
    asked = [w.what for w in waiting(team.leader, SOON)]
    assert any(what.startswith("This month’s brief") for what in asked)
    assert not any("brief" in w.what for w in waiting(OFFICE, SOON))
    late = [w.what for w in waiting(OFFICE, LATER)]
    assert any(what.endswith("1 monthly brief is late.") for what in late)
    send_brief(brief=a_brief(team).pk, by=team.leader, at=at(SOON))
    for by in (team.leader, OFFICE):
        assert not any("brief" in w.what for w in waiting(by, LATER))


def test_the_daily_sheet_is_what_the_records_say(team: Team) -> None:
    today = NOW.date()
    done(team, today, "VISIT", sex="F", age="1_4")
    done(team, today, "OPERATION_DONE", outcome="DIED")
    done(team, today - DAY, "VISIT", sex="M")
    sheet = daily.sheet_of(team.mission, None, today)
    told = {line.code: line.told.total for _group, line in sheet.lines if line.told.total}
    assert told == {"1_4": 1, "2": 1, "30+32": 1, "42": 1}
    assert sheet.consultations == 1
    count_visits(mission=team.mission.pk, held_on=today, count=31, by=OFFICE, at=NOW)
    sheet = daily.sheet_of(team.mission, team.site.organisation, today)
    assert sheet.consultations == 32, "31 as a number, and one told by itself"
    codes = [row[3] for row in daily.table(sheet)]
    assert "41" in codes
    assert "42" not in codes, "deaths go by a restricted pathway"
    assert papers.daily_pdf(sheet)[:5] == b"%PDF-"


def test_the_daily_paper_has_no_page_of_empty_rows_and_names_what_is_blank(team: Team) -> None:
    done(team, NOW.date(), "VISIT", sex="F", age="1_4")
    for language, blank in (("en", "minor injury"), ("zh-hans", "轻度损伤"), ("fr", "mineure")):
        with translation.override(language):
            paper = PdfDocument(papers.daily_pdf(daily.sheet_of(team.mission, None, NOW.date())))
        texts = [page.get_textpage().get_text_range() for page in paper]
        assert len(texts) <= 2
        assert all(len(text) > 300 for text in texts), "no page with a foot and little else"
        assert blank in "".join(texts)
    nothing = PdfDocument(papers.daily_pdf(daily.sheet_of(team.mission, None, NOW.date() - DAY)))
    assert len(nothing) <= 2


def test_the_daily_file_names_the_hospital_also_where_there_is_one(team: Team) -> None:
    sheet = daily.sheet_of(team.mission, None, NOW.date())
    assert {row[2] for row in daily.table(sheet)} == {str(team.site.organisation)}
    a_site(team.mission, organisation=a_hospital("Autre Test"))
    both = daily.sheet_of(team.mission, None, NOW.date())
    assert "Autre Test" in str(next(daily.table(both))[2])
    one = daily.sheet_of(team.mission, team.site.organisation, NOW.date())
    assert next(daily.table(one))[2] == str(team.site.organisation)


def listed(team: Team, by: Viewer | None = None, **told: object) -> Screened:
    assert team.site.organisation_id
    row = Screened(id=uuid4(), **{"screened_on": NOW.date(), "verdict": "OPERATE", **told})
    return put_on_list(
        mission=team.mission.pk, organisation=team.site.organisation_id, screened=row,
        by=by or team.leader, at=NOW,
    )  # fmt: skip


def operated(row: Screened, by: Viewer, **told: object) -> Screened:
    values = {"held_on": NOW.date(), "deed": None, "with_whom": "", **told}
    return operate_on(screened=row.pk, by=by, at=NOW, **values)  # type: ignore[arg-type]


def test_an_operation_is_entered_once_from_either_side(team: Team) -> None:
    first, second = listed(team, sex="F", age="65_UP"), listed(team)
    assert (first.number, second.number) == (1, 2)
    deed = done(team, NOW.date())
    assert [pk for pk, _words in operating.recorded_for(second)] == [str(deed.pk)]
    operated(second, team.leader, deed=deed.pk)
    made = operated(first, team.leader).operation
    assert made is not None
    assert (made.kind, made.sex, made.age) == ("OPERATION_DONE", "F", "65_UP")
    assert operating.recorded_for(listed(team)) == []
    for wrong in ({"deed": deed.pk}, {"held_on": None}, {"held_on": NOW.date() - DAY}):
        with pytest.raises(Refused):
            operated(listed(team), team.leader, **wrong)
    with pytest.raises(Refused):
        operated(first, team.leader)


def test_checks_tell_the_record_of_the_operation_too_and_hosts_may_tell_them(team: Team) -> None:
    row = operated(listed(team), team.leader)
    later, week6 = at(LATER + 30 * DAY), NOW.date() + 44 * DAY
    tell_check(
        screened=row.pk, check="DAY_1", on=NOW.date(), outcome="IMPROVED", by=team.member, at=NOW
    )
    told = tell_check(
        screened=row.pk, check="WEEK_6", on=week6, outcome="SIGHT_RESTORED", by=team.head, at=later
    )
    assert told.operation is not None
    assert told.operation.outcome == "SIGHT_RESTORED"
    lines = operating.lines(team.mission, later.date())
    found = operating.rates_of(lines, later.date())
    assert (found.sees_again, found.week6_share) == (1, 100)
    assert papers.list_pdf(team.mission, later.date())[:5] == b"%PDF-"


def test_who_lists_and_who_does_not(team: Team) -> None:
    for by, refusal in ((team.head, NotAllowed), (AUDITOR, NotAllowed), (STRANGER, Unseen)):
        with pytest.raises(refusal):
            listed(team, by)
    row = listed(team, OFFICE)
    with pytest.raises(NotAllowed):
        tell_check(screened=row.pk, check="DAY_1", on=NOW.date(), outcome="IMPROVED", by=AUDITOR,
                   at=NOW)  # fmt: skip
    with pytest.raises(Refused):
        void_screened(screened=row.pk, reason=" ", by=OFFICE, at=NOW)
    void_screened(screened=row.pk, reason="listed twice", by=OFFICE, at=NOW)
    assert operating.lines(team.mission, NOW.date()) == []


def test_a_late_check_stands_on_today_of_team_and_hosts(team: Team) -> None:
    operated(listed(team), team.leader)
    soon = NOW.date() + 5 * DAY
    for by in (team.member, team.head):
        assert any("a check is late" in w.what for w in waiting(by, soon))
    assert not any("a check is late" in w.what for w in waiting(team.member, NOW.date() + DAY))
