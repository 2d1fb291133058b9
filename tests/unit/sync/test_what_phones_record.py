"""What a phone records beyond an operation: villages, lists of names, people's own words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from marrow.accounts.models import Account
from marrow.activity.models import Deed, Visits, Voice
from marrow.activity.sync.kept import missions
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.core.viewer import Grant, Viewer
from tests.builders import NOW, a_site
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import notes, operates, place, says

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
DAY = "2026-11-20"


def trains(phone: Phone, team: Team, **more: Any) -> Any:
    return operates(phone, team, kind="TRAINED_IN_PERSON", **more)


def test_a_free_clinic_in_a_village_has_a_place_and_no_hospital(leader: Phone, team: Team) -> None:
    outside = {"mission": str(team.mission.pk), "held_on": DAY, "kind": "FREE_CLINIC", "count": 1}
    record = says(leader, "record", "create", {**outside, "place": "Village Test"})
    says(leader, "record", "create", outside)
    assert notes(leader) == [("quarantined", "REFUSED")]
    row = Deed.objects.get()
    assert (row.organisation, row.place, row.mission) == (None, "Village Test", team.mission)
    says(leader, "record", "set", {"place": "Autre Test"}, record, b={"place": "Village Test"})
    says(leader, "record", "void", {"reason": "Twice"}, record)
    leader.push()
    row.refresh_from_db()
    assert (row.place, row.void_reason) == ("Autre Test", "Twice")
    assert not verify().broken


def test_a_sign_up_list_says_how_many_came_and_two_phones_lists_go_together(
    leader: Phone, member: Phone, team: Team
) -> None:
    record = trains(leader, team, attendees=["Dr Un", "Dr  Deux", "Dr Un"], count=3)
    assert notes(leader) == []
    row = Deed.objects.get()
    assert (row.count, row.attendees) == (2, "Dr Un\nDr Deux")
    assert "Dr Un" not in Operation.objects.get(record=record).changes, "sealed"
    was = {"attendees": ["Dr Un", "Dr Deux"], "count": 2}
    for phone, name in ((leader, "Dr Trois"), (member, "Dr Quatre")):
        now = {"attendees": ["Dr Un", "Dr Deux", name], "count": 3}
        says(phone, "record", "set", now, record, b=was)
        phone.push()
    row.refresh_from_db()
    assert (row.attendees or "").splitlines() == ["Dr Un", "Dr Deux", "Dr Trois", "Dr Quatre"]
    assert row.count == 4


def test_six_names_on_one_line_of_a_list_are_six_who_were_trained(
    leader: Phone, team: Team
) -> None:
    six = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨磊"]
    record = trains(leader, team, attendees=["、".join(six)], count=1)
    trains(leader, team, attendees=[", ".join(f"Docteur Numéro {n}" for n in range(10))])
    assert notes(leader) == []
    assert [row.count for row in Deed.objects.order_by("count")] == [6, 10]
    was = {"attendees": six, "count": 6}
    seven = {"attendees": [*six, "赵芳"], "count": 7}
    says(leader, "record", "set", seven, record, b=was)
    assert notes(leader) == []
    row = Deed.objects.get(pk=record)
    assert (row.count, row.attendees) == (7, "\n".join([*six, "赵芳"]))
    trains(leader, team, attendees=[f"Dr {n}" for n in range(501)])
    trains(leader, team, attendees=["王" * 121])
    assert notes(leader) == [("quarantined", "MALFORMED")] * 2


def test_a_training_that_came_as_one_line_is_put_right_by_todays_phone(
    leader: Phone, team: Team
) -> None:
    record = trains(leader, team, attendees=["Dr Un"], count=1)
    leader.push()
    row = Deed.objects.get(pk=record)
    row.attendees = "Dr Un、Dr Deux"  # as it was kept before commas were read
    row.save()
    was = {"attendees": ["Dr Un、Dr Deux"], "count": 1}
    now = {"attendees": ["Dr Un", "Dr Deux"], "count": 2}
    says(leader, "record", "set", now, record, b=was)
    assert notes(leader) == []
    assert Deed.objects.get(pk=record).count == 2


def test_only_a_training_has_a_list_and_no_number_stands_in_it(leader: Phone, team: Team) -> None:
    operates(leader, team, attendees=["Dr Un"])
    trains(leader, team, attendees=["Dr Un +224 620 12 34 56"])
    trains(leader, team, attendees=[7])
    told = [("quarantined", "REFUSED"), ("quarantined", "REFUSED"), ("quarantined", "MALFORMED")]
    assert notes(leader) == told
    assert not Deed.objects.exists()


def test_visits_are_put_right_and_two_numbers_for_one_day_are_a_conflict(
    leader: Phone, member: Phone, team: Team
) -> None:
    record = leader.count(team.mission.pk, 7)
    leader.push()
    says(leader, "visits", "set", {"count": 9}, record, b={"count": 7})
    says(member, "visits", "set", {"count": 8}, record, b={"count": 7})
    says(member, "visits", "set", {"held_on": "2026-11-19"}, record, b={"held_on": "2026-11-20"})
    says(member, "visits", "set", {"count": True}, record, b={"count": 9})
    assert notes(leader) == []
    assert notes(member) == [("conflict", ""), ("quarantined", "MALFORMED")]
    row = Visits.objects.get()
    assert (row.count, row.held_on.isoformat()) == (9, "2026-11-19")


def test_a_patients_own_words_are_kept_once_without_a_name_and_taken_back(
    leader: Phone, team: Team
) -> None:
    said = {
        "of": "voice", "mission": str(team.mission.pk), "held_on": DAY, "said_by": "PATIENT",
        "text": "I see again.", "language": "en", "satisfied": "GLAD", "may_be_quoted": True,
    }  # fmt: skip
    record = says(leader, "message", "create", said)
    says(leader, "message", "create", said, record)
    says(leader, "message", "create", {**said, "text": "patient Camara sees again"})
    says(leader, "message", "create", {**said, "said_by": "MARTIAN"})
    says(leader, "message", "create", {**said, "text": "x" * 601})
    assert notes(leader) == [
        ("identical", ""), ("quarantined", "REFUSED"), ("quarantined", "REFUSED"),
        ("quarantined", "MALFORMED"),
    ]  # fmt: skip
    row = Voice.objects.get()
    assert (row.text, row.may_be_quoted, row.mission) == ("I see again.", True, team.mission)
    says(leader, "message", "void", {"of": "voice", "reason": "Not his words"}, record)
    leader.push()
    assert Voice.objects.get().void_reason == "Not his words"


def test_the_phone_keeps_each_place_of_its_team_once(team: Team) -> None:
    a_site(team.mission, organisation=None, area=None, as_told="Village Test")
    [told] = missions(team.leader, NOW)
    assert "sites" not in told
    assert {(*p["names"].values(), p.get("outside", False)) for p in told["posts"]} == {
        ("Hôpital Test 31", False), ("Village Test", True),
    }  # fmt: skip
    assert [p["id"] for p in told["places"]] == [str(team.site.organisation_id)]


def test_of_the_teams_that_one_records_for_the_own_stands_first(team: Team) -> None:
    a_team_on_post(30)
    every = Viewer(team.leader.person, "Chief", (Grant("member"),))
    own, other = missions(every, NOW)
    assert (own["id"], own["serves"], other["serves"]) == (str(team.mission.pk), True, False)


def test_who_is_of_no_team_keeps_nobodys_words(people: dict[str, Account], team: Team) -> None:
    stranger = Phone(people["member"])
    data = {"of": "voice", "mission": str(uuid4()), "held_on": DAY, "said_by": "PATIENT"}
    says(stranger, "message", "create", {**data, "text": "Good."})
    assert notes(stranger) == [("quarantined", "UNSEEN")]
    assert place(team)["mission"]
