"""Every line that waits for a person has one: the office that forms the team it comes from."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from marrow.accounts.actions import give_role
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.models import Operation
from marrow.core.refusals import Unseen
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sources.queries import work_read
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.health import health_of
from marrow.sync.models import Receipt
from marrow.sync.queries import phones, set_aside, set_aside_count
from marrow.ui.waiting import waiting
from tests.builders import ADMIN, AUDITOR, NOW, a_batch, a_programme, a_series
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import notes, operates, says

SET_ASIDE = "/phones/set-aside/"
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def office_of(area: Area) -> Viewer:
    return Viewer(uuid4(), f"Office of {area.code}", (Grant("office", AREA, area.pk),))


@pytest.fixture
def its_office(team: Team, places: dict[str, Area]) -> Viewer:
    """The office of the area that sends the team."""
    sender = places["CN-BJ"]
    Mission.objects.filter(pk=team.mission.pk).update(sender=sender)
    return office_of(sender)


@pytest.fixture
def another(places: dict[str, Area]) -> Viewer:
    return office_of(places["CN-GS"])


def seen_by(viewer: Viewer) -> int:
    """How many lines the page shows; Today has as many."""
    shown = len(set_aside(viewer))
    assert shown == set_aside_count(viewer)
    assert shown == sum(w.code.startswith("SET_ASIDE") for w in work_read(viewer))
    return shown


def test_two_phones_that_differ_are_seen_and_settled_by_the_office_of_their_team_alone(
    leader: Phone, member: Phone, team: Team, its_office: Viewer, another: Viewer
) -> None:
    record = operates(leader, team)
    leader.push()
    says(leader, "record", "set", {"outcome": "RECOVERED"}, record, b={"outcome": ""})
    says(member, "record", "set", {"outcome": "DIED"}, record, b={"outcome": ""})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    assert (seen_by(its_office), seen_by(another)) == (1, 0)
    receipt = Receipt.objects.get(outcome="CONFLICT").pk
    with pytest.raises(Unseen):
        leave_as_is(receipt=receipt, by=another, at=NOW)
    try_again(receipt=receipt, by=its_office, at=NOW, prevails=True)
    assert seen_by(its_office) == 0
    assert not WorkItem.objects.filter(code="SET_ASIDE", done_at=None).exists()


def test_whatever_a_phone_of_the_team_sends_that_cannot_be_taken_waits_for_its_office(
    member: Phone, leader: Phone, team: Team, its_office: Viewer, another: Viewer
) -> None:
    record = operates(leader, team)
    leader.push()
    says(member, "record", "void", {"reason": ""}, record)
    says(member, "visits", "set", {"count": 3}, uuid4(), b={"count": 2})
    says(member, "signature", "create", {"of": "step", "step": str(uuid4()), "side": "x"})
    says(member, "file", "create", {"of": "record", "record": str(record), "sha256": "no"})
    says(member, "message", "void", {"of": "voice", "reason": "x"})
    says(member, "record", "create", {"mission": str(uuid4()), "held_on": "2026-11-20"})
    member.lines.append(b"\xff not a line")
    assert [st for st, _why in notes(member)] == ["quarantined"] * 7
    assert (seen_by(its_office), seen_by(another)) == (7, 0)
    for line in set_aside(its_office):
        leave_as_is(receipt=line.row.pk, by=its_office, at=NOW)
    assert seen_by(its_office) == 0


def test_an_emergency_that_could_not_be_sent_on_calls_the_office_of_the_team(
    member: Phone, team: Team, its_office: Viewer, another: Viewer
) -> None:
    data = {"of": "consult", "priority": "EMERGENCY", "organisation": str(uuid4())}
    says(member, "message", "create", data)
    assert [st for st, _why in notes(member)] == ["quarantined"]
    assert [w.code for w in work_read(its_office)] == ["SET_ASIDE_URGENT"]
    assert work_read(another) == []


def test_a_line_that_turns_out_to_be_a_call_for_help_is_work_of_the_day_it_is_found(
    member: Phone, team: Team, its_office: Viewer
) -> None:
    data = {"of": "consult", "priority": "EMERGENCY", "organisation": str(uuid4())}
    says(member, "message", "create", data)
    assert [st for st, _why in notes(member)] == ["quarantined"]
    WorkItem.objects.update(code="SET_ASIDE", due_on=None)  # as an older release had it
    later = NOW + timedelta(days=2)
    try_again(receipt=Receipt.objects.get().pk, by=its_office, at=later)
    item = WorkItem.objects.get(code="SET_ASIDE_URGENT", done_at=None)
    assert item.due_on == later.date()


def test_what_is_of_no_team_waits_for_the_administrator(
    people: dict[str, Account], places: dict[str, Area]
) -> None:
    phone, office = Phone(people["leader"]), office_of(places["CN-BJ"])
    says(phone, "signature", "create", {"of": "step", "step": "?", "side": "x"})
    phone.push()
    admin = viewer_of(people["admin"])
    assert (seen_by(office), seen_by(admin)) == (0, 1)
    assert (len(set_aside(AUDITOR)), len(set_aside(ADMIN))) == (1, 1)
    leave_as_is(receipt=Receipt.objects.get().pk, by=admin, at=NOW)
    assert seen_by(admin) == 0


def test_the_work_about_a_line_goes_with_it_to_the_office_of_its_team(
    people: dict[str, Account], places: dict[str, Area]
) -> None:
    phone, office = Phone(people["leader"]), office_of(places["CN-BJ"])
    says(phone, "signature", "create", {"of": "step", "step": "?", "side": "x"})
    phone.push()
    admin, line = viewer_of(people["admin"]), Receipt.objects.get().pk
    assert (seen_by(office), seen_by(admin)) == (0, 1)
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    Mission.objects.filter(pk=team.mission.pk).update(sender=places["CN-BJ"])
    assert (seen_by(office), seen_by(admin)) == (0, 1), "nobody looked at it since"
    try_again(receipt=line, by=admin, at=NOW)
    assert (seen_by(office), seen_by(admin)) == (1, 0), "Today tells it to who looks after it now"
    try_again(receipt=line, by=office, at=NOW)
    acts = Operation.objects.filter(record=WorkItem.objects.get().pk).values_list(
        "action", flat=True
    )
    assert list(acts.order_by("pk")) == ["set_aside", "told_line_anew"], "once"
    leave_as_is(receipt=line, by=office, at=NOW)
    assert (seen_by(office), seen_by(admin)) == (0, 0)


def test_an_administrator_does_not_settle_what_an_office_looks_after(
    leader: Phone, team: Team, its_office: Viewer
) -> None:
    operates(leader, team, kind="MAGIC")
    leader.push()
    assert set_aside(ADMIN) == []
    with pytest.raises(Unseen):
        leave_as_is(receipt=Receipt.objects.get().pk, by=ADMIN, at=NOW)


def test_an_administrators_health_opens_what_it_counts_and_tells_what_lies_with_offices(
    leader: Phone, team: Team, its_office: Viewer, people: dict[str, Account],
    signed_in: dict[str, Client],
) -> None:  # fmt: skip
    says(leader, "record", "set", {"note": 1}, uuid4(), b={"note": ""})
    operates(leader, team, kind="MAGIC")
    leader.push()
    Receipt.objects.filter(q=1).update(mission=None)
    page = signed_in["admin"].get("/phones/health/").content.decode()
    found = {sign.what: (sign.count, sign.href) for sign in health_of(ADMIN, NOW).signs}
    assert found["Lines set aside or in conflict that you look after"] == (1, SET_ASIDE)
    assert found["Lines set aside or in conflict, with programme offices"] == (1, "")
    assert len(set_aside(ADMIN)) == 1, "as many as the link opens"
    assert f'<a href="{SET_ASIDE}">Lines set aside or in conflict that you look after' in page
    assert found["of these, two phones that differ"] == (0, ""), "no page shows these alone"
    for viewer, lines in ((its_office, 1), (AUDITOR, 2)):
        told = {sign.what: sign.count for sign in health_of(viewer, NOW).signs}
        assert told["Lines set aside or in conflict"] == len(set_aside(viewer)) == lines
        assert not any("with programme offices" in what for what in told)


@pytest.fixture
def of_two_offices(leader: Phone, team: Team, its_office: Viewer, places: dict[str, Area]) -> Phone:
    """A phone with a line of its team, and one of a team that another office sends."""
    other = a_batch(31, a_series(a_programme("another", places["CN-GS"])))
    operates(leader, team, kind="MAGIC")
    says(leader, "visits", "create", {"mission": str(other.pk), "held_on": "2026-11-20"})
    assert [state for state, _why in notes(leader)] == ["quarantined"] * 2
    return leader


def test_an_office_reads_beside_a_phone_how_many_lines_wait_for_itself(
    of_two_offices: Phone, its_office: Viewer, people: dict[str, Account]
) -> None:
    def told(viewer: Viewer) -> list[int]:
        return [phone.waiting for phone in phones(viewer)]

    both = Viewer(uuid4(), "Both", (*its_office.grants, Grant("auditor")))
    assert (seen_by(its_office), told(its_office), told(both)) == (1, [1], [1])
    assert (told(viewer_of(people["leader"])), told(ADMIN)) == ([2], [2]), "one's own; the whole"
    assert told(viewer_of(people["member"])) == []


def test_an_auditor_who_is_of_an_office_too_is_offered_to_settle_its_own_lines_alone(
    of_two_offices: Phone, places: dict[str, Area], signed_in: dict[str, Client],
    people: dict[str, Account],
) -> None:  # fmt: skip
    def buttons() -> list[bool]:
        page = signed_in["auditor"].get("/phones/set-aside/").content.decode()
        assert page.count("<article") == 2
        lines = Receipt.objects.order_by("q").values_list("pk", flat=True)
        return [f'action="/phones/set-aside/{pk}/' in page for pk in lines]

    assert buttons() == [False, False]
    give_role(
        account=people["auditor"], role="office", scope=AREA, thing=places["CN-BJ"].pk,
        by=ADMIN, at=NOW,
    )  # fmt: skip
    assert buttons() == [True, False]
    mine, others = Receipt.objects.order_by("q").values_list("pk", flat=True)
    leave = "/phones/set-aside/{}/leave/"
    assert signed_in["auditor"].post(leave.format(others)).status_code == 404
    assert signed_in["auditor"].post(leave.format(mine)).status_code == 302
    assert buttons() == [False, False]


def test_taking_the_same_count_back_twice_is_once(
    phone: Phone, batch: Mission, people: dict[str, Account]
) -> None:
    record, other = phone.count(batch.pk), Phone(people["member"])
    for one in (phone, other):
        one.line({"r": str(record), "t": "visits", "k": "void", "d": {"reason": "Counted twice"}})
    assert notes(phone) == []
    assert notes(other) == [("identical", "")]
    assert not WorkItem.objects.exists()


def test_today_says_who_sent_what_in_words_and_tells_the_same_together(
    leader: Phone, member: Phone, team: Team, its_office: Viewer
) -> None:
    for _n in range(3):
        operates(leader, team, kind="MAGIC")
    says(leader, "visits", "create", {"mission": str(team.mission.pk), "held_on": "2026-11-20"})
    operates(member, team, held_on="2030-01-01")
    leader.push()
    member.push()
    told = [w.what for w in waiting(its_office, NOW.date()) if "phone" in w.what]
    assert sorted(told) == [
        "Leader’s phone sent a count of visits that could not be taken: cannot be read.",
        "Leader’s phone: 3 lines could not be taken (a record).",
        "Member’s phone sent a record that could not be taken: its values cannot be.",
    ]
    with override("fr"):
        told = [w.what for w in waiting(its_office, NOW.date()) if "élé" in w.what]
    assert "Téléphone de Leader : 3 lignes n’ont pu être prises (un acte)." in told


def test_what_waits_is_shown_in_words_with_no_id_and_no_code(
    leader: Phone, team: Team, its_office: Viewer
) -> None:
    told = {"sex": "F", "age": "U1", "group": "OWN_NATIONALS", "outcome": "DIED"}
    operates(leader, team, held_on="2030-01-01", **told)
    leader.push()
    [line] = set_aside(its_office)
    assert (line.what, line.why) == ("a record", "its values cannot be")
    values = {str(value.word): value.sent for value in line.compared}
    assert values == {
        "Hospital": str(team.site.organisation), "Team": str(team.mission),
        "Day": "2030-01-01", "What was done": "operations supervised", "How many": "1",
        "Sex": "female", "Age": "under 1", "For whom": "own nationals abroad", "Outcome": "died",
    }  # fmt: skip
