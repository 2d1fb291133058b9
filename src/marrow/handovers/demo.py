"""Handovers' part of the demonstration: one that all have signed, and one half written.

An advance team went home last month and handed over to the team that is on post now; that team has
begun to write what it will leave. Everybody is invented, and each step is taken by the persona who
may. What is written is in French: the hospital that signs it reads French.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.accounts.demo import persona
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.handovers.actions import (
    add_line,
    begin_handover,
    hand_in,
    plan_follow_ups,
    settle_line,
    sign,
)
from marrow.handovers.models import Fault, Handover, Line, OpenPatients, Promise, Trainee
from marrow.handovers.queries import fingerprint_of
from marrow.missions.actions import keep_missions
from marrow.missions.models import Mission, Site
from marrow.people.actions import answer_link, link_account
from marrow.people.models import Person
from marrow.programmes.models import Series
from marrow.teams.actions import (
    answer_for_unit,
    begin_service,
    invite,
    move_stage,
    open_seats,
    select,
)
from marrow.teams.models import Seat

DAY = dt.timedelta(days=1)


def fill(by: Viewer, at: dt.datetime) -> None:
    """Write both handovers; a second call adds nothing."""
    on_post = Mission.objects.get(key="demonstration:1")
    if Handover.objects.filter(from_mission=on_post).exists():
        return
    before = _advance_team(by, at)
    _signed(before, on_post, by, at)
    _half_written(on_post, at)


def _advance_team(by: Viewer, at: dt.datetime) -> Mission:
    """A small team that was there first; its leader looks after things from home now."""
    series = Series.objects.get(key="demonstration")
    mission = Mission(
        id=same_id("mission", "demonstration:advance"), key="demonstration:advance",
        programme=series.programme, series=series, kind=Mission.Kind.EXPERT_GROUP,
        status=Mission.Status.HANDING_OVER, status_as_of=(at.date() - 45 * DAY).isoformat(),
        invented=True,
        names=names("Advance team (invented)", "先遣组（虚构）", "Équipe d’avance (fictive)"),
    )  # fmt: skip
    site = Site(id=same_id("site", mission.pk), mission=mission, organisation=series.recipient)
    keep_missions(rows=[mission, site], by=by, at=at)
    seat = Seat(
        id=same_id("seat", mission.pk, 0), role="LEADER", specialty="OPHTHALMOLOGY",
        from_on=at.date() - 240 * DAY, until_on=at.date() - 40 * DAY,
    )  # fmt: skip
    open_seats(mission=mission.pk, seats=[seat], by=by, at=at)
    person = Person.objects.get(pk=same_id("person", "demonstration", "Hu Quan"))
    asked = invite(seat=seat.pk, person=person.pk, by=by, at=at - 260 * DAY)
    unit: UUID = Account.objects.get(username="demo-unit").pk
    grants = (Grant("unit", ORGANISATION, person.unit_id),)
    answer_for_unit(
        assignment=asked.pk, agrees=True, by=Viewer(unit, "", grants), at=at - 259 * DAY
    )
    select(assignment=asked.pk, by=by, at=at - 250 * DAY)
    begin_service(assignment=asked.pk, on=at.date() - 240 * DAY, by=by, at=at)
    _links(person, by, at)
    return mission


def _links(person: Person, by: Viewer, at: dt.datetime) -> None:
    account = Account.objects.get(username="demo-specialist")
    link_account(person=person.pk, account=account.pk, by=by, at=at)
    answer_link(person=person.pk, mine=True, by=viewer_of(account), at=at)


def _signed(before: Mission, on_post: Mission, by: Viewer, at: dt.datetime) -> None:
    leader, then = persona("demo-specialist"), at - 44 * DAY
    row = begin_handover(
        mission=before.pk, to_mission=on_post.pk, why_nobody="", by=leader, at=then
    )
    lines: list[Line] = [
        OpenPatients(
            count=3, specialty="OPHTHALMOLOGY", due_on=at.date() + 12 * DAY,
            needs="Contrôle de la pression après chirurgie de la cataracte",
        ),
        Trainee(
            described="une infirmière d’ophtalmologie", how_far="NEAR",
            technique="examen à la lampe à fente",
            next_step="vingt examens seule",
        ),
        Fault(
            equipment="Autoclave", who_waits="le bloc opératoire",
            broken="le joint de porte fuit", due_on=at.date() - 3 * DAY,
        ),
        Promise(
            promised="Cent implants oculaires", due_on=at.date() + 25 * DAY,
            to_whom="le service d’ophtalmologie",
        ),
    ]  # fmt: skip
    _write(row, lines, leader, then)
    _follow(row, "Examen à la lampe à fente, la suite", "Hu Quan",
            at.date() - 40 * DAY, leader, then)  # fmt: skip
    row = hand_in(handover=row.pk, none_of=[], by=leader, at=at - 43 * DAY)
    for days, who, side in (
        (43, "demo-specialist", "OUTGOING"), (42, "demo-leader", "INCOMING"),
        (41, "demo-recipient", "RECIPIENT"),
    ):  # fmt: skip
        sign(handover=row.pk, side=side, seen=fingerprint_of(row), by=persona(who),
             at=at - days * DAY)  # fmt: skip
    for stage, days in (("DEBRIEFING", 40), ("CLOSED", 30)):
        move_stage(mission=before.pk, stage=stage, on=at.date() - days * DAY, by=by, at=at)
    fault = Fault.objects.get(handover=row)
    how = "joint remplacé"
    settle_line(part="fault", line=fault.pk, how=how, on=at.date() - 4 * DAY, at=at - 4 * DAY,
                by=persona("demo-leader"))  # fmt: skip


def _half_written(on_post: Mission, at: dt.datetime) -> None:
    """Each part has a line, but no follow-up yet: it cannot be handed in."""
    leader, following = persona("demo-leader"), Mission.objects.get(key="demonstration:2")
    row = begin_handover(
        mission=on_post.pk, to_mission=following.pk, why_nobody="", by=leader, at=at - 2 * DAY
    )
    lines: list[Line] = [
        OpenPatients(
            count=2, specialty="ORTHOPAEDICS", due_on=at.date() + 160 * DAY,
            needs="Ablation de plaques",
        ),
        OpenPatients(
            needs="Enfants anémiques à revoir",
            specialty="PAEDIATRICS",
        ),
        Promise(
            promised="Une semaine de formation à l’échographie",
            to_whom="le service des urgences", due_on=at.date() + 90 * DAY,
        ),
        Trainee(
            described="un chirurgien en formation", how_far="CLOSE",
            technique="cure de hernie", next_step="dix opérations sous surveillance",
        ),
        Fault(
            equipment="Table d’opération", who_waits="le bloc opératoire",
            broken="elle ne se lève plus", due_on=at.date() + 30 * DAY,
        ),
    ]  # fmt: skip
    _write(row, lines, leader, at - DAY)


def _write(row: Handover, lines: list[Line], by: Viewer, at: dt.datetime) -> None:
    for n, line in enumerate(lines):
        line.id = same_id("handover line", row.from_mission_id, n)
        written = at + n * dt.timedelta(minutes=4)
        add_line(handover=row.pk, line=line, by=by, at=written)


def _follow(
    row: Handover, topic: str, who: str, end_on: dt.date, by: Viewer, at: dt.datetime
) -> None:
    person = same_id("person", "demonstration", who)
    plan_follow_ups(
        handover=row.pk, topic=topic, person=person, unit=None, end_on=end_on,
        months=[1, 3, 6, 12], by=by, at=at,
    )  # fmt: skip
