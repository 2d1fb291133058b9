"""R49, R58: a team hands over what it leaves; support continues after the end. On the pages."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from marrow.accounts.models import Account
from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.desk.actions import say_also
from marrow.handovers import queries
from marrow.handovers.actions import hand_in
from marrow.handovers.models import FollowUp, Handover, Promise
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sources.queries import work_shown
from tests.builders import NOW
from tests.builders.capability import a_service
from tests.builders.leaving import (
    DAY,
    TODAY,
    Leaving,
    an_account,
    handed_in,
    leaving,
    signed_by,
    signed_by_all,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def entered(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def posted(client: Client, address: str, **told: object) -> None:
    answer = client.post(address, told)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def signs(client: Client, row: Handover, side: str) -> None:
    """Open the page, read, sign what it showed."""
    address = f"/handovers/{row.pk}/sign/{side}/"
    seen = re.search(r'name="seen" value="(\w{64})"', client.get(address).content.decode())
    assert seen
    posted(client, address, seen=seen[1], read="yes")


@pytest.fixture
def world(people: object) -> Leaving:
    return leaving()


def written(leader: Client, world: Leaving) -> Handover:
    """What the outgoing leader writes, form by form."""
    posted(leader, f"/handovers/of/{world.left.pk}/begin/", to_mission=world.follows.pk)
    row = Handover.objects.get()
    start = f"/handovers/{row.pk}"
    posted(
        leader, f"{start}/add/patients/", count="2", specialty="ORTHOPAEDICS", needs="plates out"
    )
    posted(leader, f"{start}/add/trainee/", technique="spinal anaesthesia", how_far="NEAR",
           next_step="ten cases alone", described="a nurse of theatre")  # fmt: skip
    posted(leader, f"{start}/add/fault/", equipment="autoclave", broken="door seal leaks")
    posted(leader, f"{start}/add/promise/", promised="reagents", to_whom="laboratory",
           due_on=(TODAY + 30 * DAY).isoformat())  # fmt: skip
    posted(leader, f"{start}/support/", topic="spinal anaesthesia goes on",
           unit=f"{world.hospital} [{world.hospital.pk}]", end_on=TODAY.isoformat(),
           months=["1", "3", "6", "12"])  # fmt: skip
    return row


def test_r58_outgoing_writes_three_sign_and_the_next_batch_sees_its_work(
    world: Leaving, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    leader, newcomer, hospital = (
        entered(world.accounts[who]) for who in ("outgoing", "incoming", "hospital")
    )
    Mission.objects.filter(pk=world.left.pk).update(status="DEBRIEFING")
    closing = {"stage": "CLOSED", "on": NOW.date().isoformat()}
    refused = office.post(f"/teams/{world.left.pk}/stage/", closing)
    assert "No handover is written" in refused.content.decode()
    row = written(leader, world)
    page = leader.get(f"/handovers/of/{world.left.pk}/").content.decode()
    for words in ("2 patients", "autoclave", "a nurse of theatre", "reagents", "2027-11-"):
        assert words in page, words
    posted(leader, f"/handovers/{row.pk}/hand-in/")
    assert "waits for your signature" in hospital.get("/desk/").content.decode()
    assert office.get(f"/handovers/{row.pk}/sign/outgoing/").status_code == 403
    assert office.get(f"/handovers/{row.pk}/sign/recipient/").status_code == 403
    signs(leader, row, "outgoing")
    signs(hospital, row, "recipient")
    refused = office.post(f"/teams/{world.left.pk}/stage/", closing)
    assert "lacks a signature: incoming leader" in refused.content.decode()
    signs(newcomer, row, "incoming")
    assert "signed by all" in hospital.get(f"/handovers/of/{world.left.pk}/").content.decode()
    posted(office, f"/teams/{world.left.pk}/stage/", **closing)
    today = newcomer.get("/desk/").content.decode()
    assert "Promised by the team before: reagents" in today
    assert "Open patients left by the team before: 2. plates out" in today
    assert "reagents" not in leader.get("/desk/").content.decode()
    team = newcomer.get(f"/teams/{world.follows.pk}/").content.decode()
    assert "8 still open" in team
    promise = Promise.objects.get()
    posted(newcomer, f"/handovers/settle/promise/{promise.pk}/", how="sent by air",
           on=max(TODAY, row.begun_on).isoformat())  # fmt: skip
    assert "reagents" not in newcomer.get("/desk/").content.decode()
    assert "sent by air" in office.get(f"/handovers/of/{world.left.pk}/").content.decode()


def a_step(world: Leaving, item: Item, level: int, day: dt.date, team: Mission | None) -> None:
    Step.objects.create(
        id=uuid4(), organisation=world.hospital, item=item, level=level, on=day, mission=team,
        state="HOLDS", proposed_by=uuid4(), proposed_at=NOW, held_at=NOW,
    )  # fmt: skip


def told_under(page: str, band: str) -> str:
    found = re.search(rf'<section class="band" id="{band}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_a_handover_tells_what_was_reached_with_its_team_not_with_others_years_later(
    world: Leaving,
) -> None:
    row, item, kept = signed_by_all(world), a_service("Anaesthesia of newborns"), a_service("Kept")
    years = 700 * DAY
    for level, day, team in (
        (1, TODAY - 2 * years - 9 * DAY, world.left), (2, TODAY - 2 * years, world.left),
        (4, TODAY - years, world.follows), (5, TODAY - DAY, None),
    ):  # fmt: skip
        a_step(world, item, level, day, team)
    a_step(world, kept, 3, TODAY - 2 * years, world.left)
    leader = entered(world.accounts["outgoing"])
    page = leader.get(f"/handovers/of/{row.from_mission_id}/").content.decode()
    reached, since = told_under(page, "capability"), told_under(page, "since")
    assert "Anaesthesia of newborns" in reached
    assert "done together" in reached
    assert str(TODAY - 2 * years) in reached
    for later in ("taught to others", str(TODAY - DAY), str(TODAY - years)):
        assert later not in reached
    assert "where it stands today" in since
    assert "taught to others" in since
    assert "Kept" in reached
    assert "Kept" not in since, "what stands as it was left is not told twice"


def test_a_fall_is_not_what_was_reached_with_a_team(world: Leaving) -> None:
    row, item = signed_by_all(world), a_service("Anaesthesia of newborns")
    a_step(world, item, 4, TODAY - 9 * DAY, None)
    a_step(world, item, 2, TODAY - 5 * DAY, world.left)
    Step.objects.filter(level=2).update(before=4)
    page = entered(world.accounts["outgoing"]).get(f"/handovers/of/{row.from_mission_id}/")
    assert told_under(page.content.decode(), "capability") == ""


def test_r58_support_continues_after_the_end(world: Leaving, signed_in: dict[str, Client]) -> None:
    row = signed_by_all(world)
    first = FollowUp.objects.order_by("due_on")[0]
    address = f"/handovers/support/{first.pk}/"
    assert entered(world.accounts["hospital"]).get(address).status_code == 403
    newcomer = entered(world.accounts["incoming"])
    told = {"done": "yes", "outcome": "six done alone", "on": TODAY.isoformat()}
    assert newcomer.post(address, {**told, "outcome": ""}).status_code == 422
    posted(newcomer, address, **told)
    page = signed_in["auditor"].get(f"/handovers/of/{row.from_mission_id}/").content.decode()
    assert "six done alone" in page


def test_r49_the_work_period_ends_with_a_handover_to_the_next_batch(world: Leaving) -> None:
    row = signed_by_all(world)
    newcomer = entered(world.accounts["incoming"])
    assert str(world.follows) in newcomer.get("/handovers/").content.decode()
    table = newcomer.get(f"/handovers/{row.pk}/table.csv").getvalue().decode()
    assert "plates to be removed" in table
    assert "spinal anaesthesia" in table


def test_a_patient_s_name_is_refused_with_what_to_do(world: Leaving) -> None:
    leader = entered(world.accounts["outgoing"])
    posted(leader, f"/handovers/of/{world.left.pk}/begin/", to_mission=world.follows.pk)
    row = Handover.objects.get()
    told = {"needs": "Mamadou Diallo, plates out"}
    refused = leader.post(f"/handovers/{row.pk}/add/patients/", told)
    assert refused.status_code == 422
    assert "never who" in refused.content.decode()


def test_a_change_after_a_signature_withdraws_it_and_the_paper_is_told_apart(
    world: Leaving, signed_in: dict[str, Client]
) -> None:
    leader, office = entered(world.accounts["outgoing"]), signed_in["office"]
    posted(leader, f"/handovers/of/{world.left.pk}/begin/", to_mission=world.follows.pk)
    row = Handover.objects.get()
    address = f"/handovers/{row.pk}"
    parts = ["patients", "trainee", "fault", "promise", "follow-up"]
    assert leader.post(f"{address}/hand-in/", {"none_of": parts[:2]}).status_code == 422
    posted(leader, f"{address}/hand-in/", none_of=parts)
    signs(leader, row, "outgoing")
    posted(leader, f"{address}/take-back/", reason="a fault was forgotten")
    page = leader.get(f"/handovers/of/{world.left.pk}/").content.decode()
    assert "Signatures that no longer hold" in page
    assert "no longer holds" in leader.get("/desk/").content.decode()
    posted(leader, f"{address}/hand-in/", none_of=parts)
    told = {"signer_name": "The director", "reason": "no computer", "source": "Paper of the day",
            "words": "signed at the hospital"}  # fmt: skip
    assert office.post(f"{address}/paper/recipient/", told).status_code == 422
    world.accounts["hospital"].is_active = False
    world.accounts["hospital"].save()
    posted(office, f"{address}/paper/recipient/", **told)
    page = office.get(f"/handovers/of/{world.left.pk}/").content.decode()
    assert "on paper, recorded by the office" in page
    assert "no computer" in page
    assert signed_in["unit"].get(f"/handovers/of/{world.left.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["outgoing", "incoming", "hospital", "office", "auditor"])
def test_a_handover_is_a_light_page_for_everybody(
    world: Leaving, signed_in: dict[str, Client], who: str
) -> None:
    client = signed_in[who] if who in signed_in else entered(world.accounts[who])
    row = handed_in(world)
    client.get("/desk/")  # its session is known
    for _stage in ("waits", "complete"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/handovers/of/{row.from_mission_id}/")
        assert (answer.status_code, len(answer.content) < 60_000) == (200, True)
        assert len(asked) <= 30
        if row.state == "HANDED_IN" and not queries.signatures_of(row):
            signed_by(world, row, "outgoing", "incoming", "hospital")


def test_whoever_opens_a_hospital_sees_its_faults_and_no_link_that_is_closed_to_them(
    world: Leaving,
) -> None:
    row = written(entered(world.accounts["outgoing"]), world)
    hand_in(handover=row.pk, none_of=(), by=world.viewer("outgoing"), at=NOW)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    address, found = f"/handovers/of/{world.left.pk}/", {}
    for who in (world.accounts["hospital"], an_account("head-here", "head", world.hospital)):
        client = entered(who)
        page = client.get(f"/hospital/{world.hospital.pk}/").content.decode()
        assert "door seal leaks" in page
        found[who.username] = (address in page, client.get(address).status_code)
    assert list(found.values()) == [(True, 200), (False, 404)]


def test_work_that_was_left_is_told_in_the_languages_in_which_it_was_said_since(
    world: Leaving,
) -> None:
    row = written(entered(world.accounts["outgoing"]), world)
    hand_in(handover=row.pk, none_of=(), by=world.viewer("outgoing"), at=NOW)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    promise = Promise.objects.get()
    item = WorkItem.objects.get(about=promise.pk, done_at=None)
    assert "reagents" in work_shown(item).sentence
    told = {"promised": {"en": "reagents", "zh": "一批试剂"}}
    say_also(label="handovers.promise", record=promise.pk, by=world.viewer("outgoing"), at=NOW,
             also=told)  # fmt: skip
    item.refresh_from_db()
    assert "reagents" in work_shown(item).sentence
    with override("zh-hans"):
        assert "一批试剂" in work_shown(item).sentence
