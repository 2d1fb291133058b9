"""A team that leaves, the team that follows, and the hospital where both serve: leaving()."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.models import Organisation
from marrow.handovers.actions import add_line, begin_handover, hand_in, plan_follow_ups, sign
from marrow.handovers.models import Fault, Handover, OpenPatients, Promise, Trainee
from marrow.handovers.queries import PARTS, fingerprint_of
from marrow.missions.models import Mission
from marrow.teams.actions import answer_for_unit, invite, open_seats, select
from marrow.teams.models import Seat
from tests.builders import ADMIN, NOW, OFFICE, a_batch, a_hospital, a_person, a_series, a_site
from tests.builders.kept import once
from tests.builders.linking import linked

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Two missions of one series at one hospital, and those who sign, as accounts and viewers."""

    left: Mission
    follows: Mission
    hospital: Organisation
    accounts: dict[str, Account]

    def viewer(self, who: str) -> Viewer:
        return viewer_of(self.accounts[who])


def an_account(username: str, role: str, thing: Organisation | None = None) -> Account:
    account = open_account(
        username=username, password="correct horse 7", full_name=username.title(), by=ADMIN,
        at=NOW, invented=True,
    )  # fmt: skip
    scope = ORGANISATION if thing else "everywhere"
    thing_id = thing.pk if thing else None
    give_role(account=account, role=role, scope=scope, thing=thing_id, by=ADMIN, at=NOW)
    return account


def a_leader(mission: Mission, username: str, *, signs_in: bool = True) -> Account | None:
    """Somebody in the leader's seat of a mission, with an account or without."""
    person = a_person(f"{username.title()} Test")
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))
    seat = Seat(id=uuid4(), role="LEADER", until_on=TODAY + 30 * DAY)
    open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    select(assignment=asked.pk, by=OFFICE, at=NOW)
    if not signs_in:
        return None
    account = an_account(username, "leader")
    linked(person, account)
    return account


def leaving(*, status: str = "ON_POST") -> Leaving:
    return once(f"leaving {status}", lambda: _leaving(status=status))


def _leaving(*, status: str) -> Leaving:
    series, hospital = a_series(), a_hospital()
    left = a_batch(30, series, status=status)
    follows = a_batch(31, series, status="PLANNED")
    a_site(left, organisation=hospital)
    found = {
        "outgoing": a_leader(left, "outgoing"), "incoming": a_leader(follows, "incoming"),
        "hospital": an_account("hospital", "recipient", hospital),
    }  # fmt: skip
    return Leaving(left, follows, hospital, {k: v for k, v in found.items() if v})


def a_handover(world: Leaving) -> Handover:
    """Begun by the outgoing leader, with a line of each kind and one follow-up."""
    by = world.viewer("outgoing")
    row = begin_handover(
        mission=world.left.pk, to_mission=world.follows.pk, why_nobody="", by=by, at=NOW
    )
    for line in (
        OpenPatients(id=uuid4(), count=2, specialty="ORTHOPAEDICS", needs="plates to be removed"),
        Trainee(id=uuid4(), technique="spinal anaesthesia", described="an anaesthetic nurse",
                how_far="NEAR", next_step="ten cases alone"),
        Fault(id=uuid4(), equipment="autoclave", broken="door seal", due_on=TODAY + 20 * DAY),
        Promise(id=uuid4(), promised="reagents", to_whom="laboratory", due_on=TODAY + 10 * DAY),
    ):  # fmt: skip
        add_line(handover=row.pk, line=line, by=by, at=NOW)
    plan_follow_ups(
        handover=row.pk, topic="spinal anaesthesia goes on", person=None, unit=world.hospital.pk,
        end_on=TODAY, months=[1, 3], by=by, at=NOW,
    )  # fmt: skip
    return Handover.objects.get(pk=row.pk)


def handed_in(world: Leaving) -> Handover:
    row = a_handover(world)
    return hand_in(handover=row.pk, none_of=PARTS, by=world.viewer("outgoing"), at=NOW)


def signed_by(world: Leaving, row: Handover, *who: str) -> None:
    sides = {"outgoing": "OUTGOING", "incoming": "INCOMING", "hospital": "RECIPIENT"}
    for one in who:
        seen = fingerprint_of(row)
        sign(handover=row.pk, side=sides[one], seen=seen, by=world.viewer(one), at=NOW)


def signed_by_all(world: Leaving) -> Handover:
    row = handed_in(world)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    return Handover.objects.get(pk=row.pk)
