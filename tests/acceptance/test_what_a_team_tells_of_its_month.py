"""R55, R61, R66, R68, R70: the leader's monthly brief, out of the same records, on its pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marrow.accounts.models import Account
from marrow.activity.rules.months import after, first_of
from tests.acceptance.test_light import MOST_BYTES, MOST_QUERIES, weight
from tests.builders.briefing import a_shot, done
from tests.builders.calling import a_token, bearing, is_problem
from tests.builders.catalogued import an_item
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


def months_ago(months: int) -> dt.date:
    return after(first_of(timezone.localdate()), -months)


@pytest.fixture
def team(people: dict[str, Account], settings: LazySettings, tmp_path: Path) -> Team:
    """On post for two months; its leader and its member are the personas."""
    settings.UPLOADS = tmp_path
    began = dt.datetime.combine(months_ago(2) + DAY, dt.time(9), dt.UTC)
    return a_team_on_post(at=began, accounts=(people["leader"].pk, people["member"].pk))


def page(client: Client, where: str) -> str:
    answer = client.get(where, headers={"accept-language": "en"})
    assert answer.status_code == 200, (where, answer.status_code)
    return answer.content.decode()


def written(client: Client, team: Team, month: dt.date, **told: object) -> str:
    """The address of the brief that the leader wrote."""
    where = f"/briefs/teams/{team.mission.pk}/write/{month:%Y-%m}/"
    answer = client.post(where, told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_the_leader_finds_the_brief_on_today_and_its_figures_stand_already(
    team: Team, signed_in: dict[str, Client]
) -> None:
    leader, last = signed_in["leader"], months_ago(1)
    for kind in ("ADVICE", "PROTOCOL", "LECTURE", "DEMONSTRATION", "FREE_CLINIC", "OPERATION_DONE"):
        done(team, last + 3 * DAY, kind)
    today = page(leader, "/desk/")
    where = f"/briefs/teams/{team.mission.pk}/write/{last:%Y-%m}/"
    assert "This month’s brief" in today
    assert where in today
    assert "protocols shared" in page(leader, where), "the figures stand beside what is written"
    shown = page(leader, written(leader, team, last, text_en="A good month."))
    for told in (
        "advice given", "protocols shared", "lectures", "demonstrations", "free clinics",
        "operations done", "A good month.",
    ):  # fmt: skip
        assert told in shown
    rows = f"/activity/missions/{team.mission.pk}/rows/?kind=PROTOCOL&amp;year={last.year}"
    assert f"{rows}&amp;month={last.month}" in shown, "each figure opens its rows"
    visits = shown.split("kind=VISIT")[1].split("</a>")[0]
    assert "–" in visits, "nobody told of visits: unknown"
    assert ">0<" not in shown


def test_what_is_sent_is_frozen_and_the_office_reads_it_on_the_missions_page(
    team: Team, signed_in: dict[str, Client]
) -> None:
    leader, office, last = signed_in["leader"], signed_in["office"], months_ago(1)
    done(team, last + 3 * DAY)
    brief = written(leader, team, last, **{"text_zh-hans": "一切顺利", "text_fr": "Tout va bien"})
    assert brief not in page(signed_in["member"], f"/briefs/teams/{team.mission.pk}/")
    assert signed_in["member"].get(brief).status_code == 404, "a draft is its writers' own"
    assert leader.post(f"{brief}send/").status_code == 302
    assert signed_in["member"].post(f"{brief}send/").status_code == 403
    mission = page(office, f"/batches/{team.mission.pk}/")
    assert brief in mission
    done(team, last + 4 * DAY)
    assert "today: 2" in page(office, brief)
    write = f"/briefs/teams/{team.mission.pk}/write/{last:%Y-%m}/"
    assert leader.post(write, {"text_fr": "Autre"}).status_code == 422
    history = page(office, f"/history/briefs.brief/{UUID(brief.split('/')[2])}/")
    assert "Sent a month’s brief" in history


def test_it_is_a_paper_in_chinese_french_and_english_with_up_to_three_photographs(
    team: Team, signed_in: dict[str, Client]
) -> None:
    leader, last = signed_in["leader"], months_ago(1)
    deed = done(team, last + 3 * DAY)
    shots = [str(a_shot(team, deed, shade).pk) for shade in (20, 90, 160, 230)]
    where = f"/briefs/teams/{team.mission.pk}/write/{last:%Y-%m}/"
    told = {"text_fr": "Tout va bien", "pictures": shots}
    assert leader.post(where, told).status_code == 422
    brief = written(leader, team, last, text_fr="Tout va bien", pictures=shots[:3])
    assert page(leader, brief).count("<img") == 3
    for language in ("zh-hans", "fr", "en"):
        paper = leader.get(f"{brief}brief-{language}.pdf")
        assert paper.content[:5] == b"%PDF-"
        assert paper.content.count(b"/Subtype /Image") == 3
    assert leader.get(f"{brief}brief-xx.pdf").status_code == 404


def test_the_office_sees_which_briefs_are_late(team: Team, signed_in: dict[str, Client]) -> None:
    office, leader = signed_in["office"], signed_in["leader"]
    assert "monthly brief is late" in page(office, "/desk/") or "briefs are late" in page(
        office, "/desk/"
    )
    assert f"{months_ago(2):%Y-%m}: late" in page(office, "/briefs/")
    for ago in (2, 1):
        brief = written(leader, team, months_ago(ago), text_fr="Tout va bien")
        leader.post(f"{brief}send/")
    assert "late" not in page(office, "/desk/")


def test_who_has_nothing_to_do_with_it_sees_nothing(
    team: Team, signed_in: dict[str, Client]
) -> None:
    brief = written(signed_in["leader"], team, months_ago(1), text_fr="Tout va bien")
    for where in (brief, f"/briefs/teams/{team.mission.pk}/", f"{brief}brief-fr.pdf"):
        for who in ("recipient", "head", "unit", "specialist"):
            assert signed_in[who].get(where).status_code == 404, (who, where)
        assert Client().get(where).status_code == 302
    where = f"/briefs/teams/{team.mission.pk}/write/{months_ago(1):%Y-%m}/"
    assert signed_in["member"].get(where).status_code == 403


def test_the_pages_are_light(team: Team, signed_in: dict[str, Client]) -> None:
    last = months_ago(1)
    for n in range(20):
        done(team, last + n * DAY, ("VISIT", "OPERATION_DONE", "LECTURE")[n % 3])
    brief = written(signed_in["leader"], team, last, text_fr="Tout va bien")
    for where in (
        brief, "/briefs/", f"/briefs/teams/{team.mission.pk}/", "/desk/",
        f"/briefs/teams/{team.mission.pk}/write/{last:%Y-%m}/",
        f"/briefs/teams/{team.mission.pk}/day/?day={last + 3 * DAY}",
        f"/briefs/teams/{team.mission.pk}/list/",
    ):  # fmt: skip
        for who in ("leader", "office"):
            client = signed_in[who]
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(where)
            assert answer.status_code == 200, where
            assert len(asked) <= MOST_QUERIES, (where, who, len(asked))
            assert weight(answer.content) <= MOST_BYTES, where


def test_r61_the_daily_report_of_the_who_comes_out_of_the_same_records(
    team: Team, signed_in: dict[str, Client]
) -> None:
    """The tick sheet on a page, as CSV and as PDF; what was not recorded is blank."""
    leader, day = signed_in["leader"], months_ago(1) + 3 * DAY
    done(team, day, "VISIT", sex="F", age="18_64")
    done(team, day, "DELIVERY")  # of which nobody said how it went
    normal = an_item("Normal birth", kind="TECHNIQUE", codes={"ICD9CM3": ["73.59"]})
    done(team, day, "DELIVERY", item=normal)
    where = f"/briefs/teams/{team.mission.pk}/day/"
    shown = page(leader, f"{where}?day={day}")
    assert "normal vaginal delivery" in shown
    assert "acute respiratory infection" in shown
    sheet = leader.get(f"{where}report.csv?day={day}", headers={"accept-language": "en"})
    rows = b"".join(sheet.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    by_code = {row.split(",")[3]: row for row in rows[1:]}
    assert by_code["33"].endswith(",,,1")
    assert by_code["9"].endswith(",,,")
    assert by_code["2"].endswith(",,,"), "pregnancy is not recorded"
    assert not {"28", "31", "42", "43", "47", "48", "49", "50"} & by_code.keys()
    assert leader.get(f"{where}report.pdf?day={day}").content[:5] == b"%PDF-"
    assert signed_in["recipient"].get(where).status_code == 404


EDGES = ("0001-01-01", "1799-12-31", "2201-01-01", "9999-12-31")


@pytest.mark.parametrize(
    ("tongue", "words"),
    [("en", "is no day between 1800 and 2200"), ("fr", "1800"), ("zh-hans", "1800")],
)
def test_a_day_at_the_edge_of_the_calendar_is_told_in_words_and_breaks_nothing(
    team: Team, signed_in: dict[str, Client], people: dict[str, Account], tongue: str, words: str
) -> None:
    where = f"/briefs/teams/{team.mission.pk}/day/"
    program = bearing(a_token(people["leader"])[1])
    for day in EDGES:
        for end in ("", "report.csv", "report.xlsx", "report.pdf"):
            found = signed_in["leader"].get(f"{where}{end}?day={day}", headers={
                "accept-language": tongue})  # fmt: skip
            assert found.status_code == 422, (day, end)
            assert day in found.content.decode()
            assert words in found.content.decode()
        told = program.get(f"/api/v1/missions/{team.mission.pk}/daily?day={day}")
        assert is_problem(told, 422)
        assert day in told.json()["detail"]
    for day in ("1800-01-01", "2200-12-31"):
        assert signed_in["leader"].get(f"{where}?day={day}").status_code == 200, day


@pytest.mark.parametrize("edge", [*EDGES, "0001-01", "9999-12", "0001", "9999", "9" * 5000])
def test_no_page_of_a_team_breaks_at_the_edge_of_the_calendar(
    team: Team, signed_in: dict[str, Client], edge: str
) -> None:
    done(team, months_ago(1) + 3 * DAY)
    mission, hospital = team.mission.pk, team.site.organisation_id
    asked = f"?day={edge}&month={edge}&year={edge}&on={edge}&since={edge}"
    for where in (
        f"/briefs/teams/{mission}/day/", f"/briefs/teams/{mission}/list/",
        f"/activity/missions/{mission}/", f"/activity/missions/{mission}/rows/",
        f"/activity/missions/{mission}/table.csv", f"/activity/hospitals/{hospital}/",
        f"/activity/hospitals/{hospital}/rows/", f"/activity/hospitals/{hospital}/report/",
        f"/activity/hospitals/{hospital}/record/", f"/posts/{mission}/", f"/care/at/{hospital}/",
        f"/care/at/{hospital}/staff/", "/care/introduced/", "/care/", "/catalogue/",
    ):  # fmt: skip
        answer = signed_in["office"].get(where + asked)
        assert answer.status_code == 200 or where.endswith("/day/"), (where, answer.status_code)
    if len(edge) <= 10:
        where = f"/briefs/teams/{mission}/write/{edge}/"
        assert signed_in["leader"].get(where).status_code == 404
