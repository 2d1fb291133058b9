"""R67: who was screened, operated and sees again: a short mission's operating list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from marrow.accounts.models import Account, RoleGrant
from marrow.activity.models import Deed
from marrow.briefs.models import Screened
from tests.builders.briefing import done
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def team(people: dict[str, Account]) -> Team:
    began = dt.datetime.now(dt.UTC) - 80 * DAY
    made = a_team_on_post(at=began, accounts=(people["leader"].pk, people["member"].pk))
    RoleGrant.objects.filter(role__in=("recipient", "head")).update(
        scope="organisation", thing=made.site.organisation_id
    )
    return made


def page(client: Client, where: str) -> str:
    answer = client.get(where, headers={"accept-language": "en"})
    assert answer.status_code == 200, (where, answer.status_code)
    return answer.content.decode()


def screened(client: Client, team: Team, days_ago: int, **told: str) -> Screened:
    values = {
        "organisation": str(team.site.organisation_id), "verdict": "OPERATE",
        "screened_on": f"{timezone.localdate() - days_ago * DAY}", "sex": "F", "age": "65_UP",
    }  # fmt: skip
    where = f"/briefs/teams/{team.mission.pk}/list/add/"
    assert client.post(where, {**values, **told}).status_code == 302
    return Screened.objects.latest("number")


def test_r67_cataract_patients_are_screened_operated_and_seen_to_see_again(
    team: Team, signed_in: dict[str, Client]
) -> None:
    member, today = signed_in["member"], timezone.localdate()
    first = screened(member, team, 60)
    screened(member, team, 60, verdict="NOT_SUITABLE")
    where = f"/briefs/list/{first.pk}"
    told = {"held_on": f"{today - 58 * DAY}"}
    assert member.post(f"{where}/operation/", told).status_code == 302
    deed = Deed.objects.get()
    assert (deed.kind, deed.sex, deed.age) == ("OPERATION_DONE", "F", "65_UP")
    here = f"/briefs/teams/{team.mission.pk}/list/"
    assert "1" in page(member, f"{here}?show=late")
    assert "a check is late" in page(signed_in["recipient"], "/desk/")
    day1 = {"on": f"{today - 57 * DAY}", "outcome": "IMPROVED"}
    assert member.post(f"{where}/check/DAY_1/", day1).status_code == 302
    week6 = {"on": f"{today - 15 * DAY}", "outcome": "SIGHT_RESTORED"}
    assert signed_in["head"].post(f"{where}/check/WEEK_6/", week6).status_code == 302
    shown = page(member, here)
    for told_ in ("50 %", "100 %", "1 of 1 for whom it has come", "see again"):
        assert told_ in shown
    deed.refresh_from_db()
    assert deed.outcome == "SIGHT_RESTORED", "told once, it stands in the record too"
    sheet = member.get(f"{here}list.csv", headers={"accept-language": "en"})
    assert "sees again" in b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]
    assert member.get(f"{here}list.xlsx").content[:2] == b"PK"
    assert member.get(f"{here}list.pdf").content[:5] == b"%PDF-"


def test_r67_an_operation_from_a_phone_is_taken_onto_the_list_and_not_entered_again(
    team: Team, signed_in: dict[str, Client]
) -> None:
    member, today = signed_in["member"], timezone.localdate()
    deed = done(team, today - 3 * DAY, outcome="SIGHT_RESTORED")
    line = screened(member, team, 5)
    where = f"/briefs/list/{line.pk}/operation/"
    assert str(deed.pk) in page(member, where)
    assert member.post(where, {"deed": str(deed.pk)}).status_code == 302
    assert Deed.objects.count() == 1
    shown = page(member, f"/briefs/teams/{team.mission.pk}/list/?show=sees")
    assert f"{today - 3 * DAY}" in shown
    assert "unknown" in shown, "week 6 has come for nobody: unknown, not 0 %"


def test_who_may_not_list_and_who_sees_nothing(team: Team, signed_in: dict[str, Client]) -> None:
    line = screened(signed_in["member"], team, 5)
    here = f"/briefs/teams/{team.mission.pk}/list/"
    assert signed_in["recipient"].get(here).status_code == 200
    assert signed_in["recipient"].post(f"{here}add/").status_code == 403
    assert signed_in["auditor"].get(here).status_code == 200
    assert signed_in["auditor"].post(f"/briefs/list/{line.pk}/check/DAY_1/").status_code == 403
    assert signed_in["specialist"].get(here).status_code == 403
    void = {"reason": "listed twice"}
    assert signed_in["member"].post(f"/briefs/list/{line.pk}/void/", void).status_code == 302
    assert "Nobody is on the list yet" in page(signed_in["member"], here)
