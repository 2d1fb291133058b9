"""Who forms a team and leads it: its programme office, and the person in the leader's seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.access import changes_mission, may_change_mission, mission_for, of_office
from marrow.missions.models import Mission, Site
from marrow.people.access import OFFICES, keeps, people_for, units_of, units_with_account
from marrow.people.models import Person
from marrow.programmes.access import changes, programme_for
from marrow.programmes.models import Programme
from marrow.teams.models import (
    CAME_HOME,
    AskedUnit,
    Assignment,
    Call,
    ChecklistItem,
    LetterTemplate,
    Panel,
    Seat,
    TrainingSession,
)
from marrow.teams.models.checklists import Owner
from marrow.teams.rules.stages import AWAY, OVER

LEADERS = (Seat.Role.LEADER, Seat.Role.DEPUTY_LEADER)
IN_TEAM = ("SELECTED", "SERVING", "SERVED")
IN_IT_OR_HOME = Q(state__in=IN_TEAM) | CAME_HOME  # as well who went home before the team


def forms(viewer: Viewer, mission: Mission) -> bool:
    return changes_mission(viewer, mission)


@remembered
def formed_by(viewer: Viewer) -> QuerySet[Mission]:
    """The missions whose team this viewer's office forms."""
    if not viewer.holds("office"):
        return Mission.objects.none()
    if viewer.holds_everywhere("office"):
        return Mission.objects.all()
    programmes, others = of_office(viewer)
    mine = Q(programme__in=programmes)
    return Mission.objects.filter(mine | Q(pk__in=others) if others else mine)


def mission_to_form(viewer: Viewer, mission: UUID) -> Mission:
    """The mission, for the programme office that forms its team."""
    row = mission_for(mission)
    may_form(viewer, row)
    return row


def programme_to_form(viewer: Viewer, key: str) -> Programme:
    """The programme whose lists and letters are kept: who does not keep them sees none of them."""
    row = programme_for(key)
    if changes(viewer, row):
        return row
    raise Unseen(_("There is no such programme, or what it keeps is not for your eyes."))


def may_form(viewer: Viewer, mission: Mission) -> Viewer:
    """For what hangs on a team: whoever does not see the team is not told that it is there."""
    if forms(viewer, mission):
        return viewer
    team_mission_for(viewer, mission.pk)
    return may_change_mission(viewer, mission)


def seat_to_fill(viewer: Viewer, seat: UUID) -> Seat:
    row = (
        Seat.objects.select_related("mission__programme__sender", "mission__sender")
        .filter(pk=seat)
        .first()
    )
    if row is None:
        raise Unseen(_("There is no such seat."))
    may_form(viewer, row.mission)
    return row


def assignment_for(assignment: UUID) -> Assignment:
    rows = Assignment.objects.select_related(
        "seat__mission__programme__sender", "seat__mission__sender", "person__unit__area"
    )
    row = rows.filter(pk=assignment).first()
    if row is None:
        raise Unseen(_("There is nobody like that for this seat."))
    return row


def assignment_to_form(viewer: Viewer, assignment: UUID) -> Assignment:
    row = assignment_for(assignment)
    may_form(viewer, row.seat.mission)
    return row


def assignment_of_unit(viewer: Viewer, assignment: UUID) -> Assignment:
    """For the unit whose person is asked for: it agrees or refuses. Of a unit without an account,
    the office that forms the team enters what it answered."""
    row = assignment_for(assignment)
    if answers_itself(viewer, row) or answered_on_paper(viewer, row):
        return row
    assignment_to_read(viewer, assignment)
    raise NotAllowed(_("Only the person’s own unit answers this."))


def answers_itself(viewer: Viewer, row: Assignment) -> bool:
    return units_of(viewer, "unit").filter(pk=row.person.unit_id).exists()


def answered_on_paper(viewer: Viewer, row: Assignment) -> bool:
    unit = row.person.unit_id
    return forms(viewer, row.seat.mission) and unit not in units_with_account([unit])


def leads(viewer: Viewer, mission: Mission) -> bool:
    """Whether this viewer is in the leader's or deputy's seat of the mission."""
    return mission.pk in missions_of(viewer, LEADERS)


def seen(viewer: Viewer, people: Iterable[UUID]) -> set[UUID]:
    """Those of these people whose record opens for this viewer."""
    return set(people_for(viewer).filter(pk__in=list(people)).values_list("pk", flat=True))


def accounts_in_teams(viewer: Viewer) -> QuerySet[Assignment, Any]:
    """The accounts of those who sit in a team that this viewer's office forms."""
    rows = Assignment.objects.filter(IN_IT_OR_HOME, seat__mission__in=formed_by(viewer))
    return rows.exclude(person__account=None).values_list("person__account", flat=True)


def serves(viewer: Viewer, mission: Mission) -> bool:
    """Whether this viewer is in any seat of the mission."""
    return mission.pk in missions_of(viewer)


def missions_of(viewer: Viewer, roles: tuple[str, ...] = ()) -> list[UUID]:
    """The missions in which this viewer is seated, with one of these roles or any."""
    return list(dict.fromkeys(m for m, role in _seats_of(viewer) if not roles or role in roles))


@remembered
def _seats_of(viewer: Viewer) -> tuple[tuple[UUID, str], ...]:
    """The missions in which this viewer is seated, each with the role."""
    if not viewer.signed_in or {g.role for g in viewer.grants} <= OFFICES:
        return ()  # whoever only holds an office sits in no team by the same account
    return tuple(_seated(viewer).values_list("seat__mission", "seat__role"))


def _seated(viewer: Viewer) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(person__account=viewer.person, state__in=IN_TEAM)
    if not viewer.grants:  # every role was revoked: the seat alone opens nothing
        return rows.none()
    return rows


def team_mission_for(viewer: Viewer, mission: UUID) -> Mission:
    """The mission's own desk: for its office, those who serve in it, units asked, auditors."""
    row = mission_for(mission)
    if viewer.holds("auditor") or forms(viewer, row) or serves(viewer, row):
        return row
    if viewer.holds("unit") and _asked(viewer, row):
        return row
    raise Unseen(_("There is no such team, or it is not for your eyes."))


def _asked(viewer: Viewer, mission: Mission) -> bool:
    mine = units_of(viewer, "unit")
    seats = Seat.objects.filter(mission=mission)
    here = Q(unit__in=mine) | Q(assignments__person__unit__in=mine)
    return seats.filter(here).exists() or calls_for(viewer).filter(mission=mission).exists()


def of_my_team(viewer: Viewer) -> Q:
    """People who sit in a team that this viewer leads: a leader sees their own."""
    led = missions_of(viewer, LEADERS)
    if not led:
        return Q(pk__in=[])
    return Q(assignments__seat__mission__in=led, assignments__state__in=IN_TEAM)


def sent_people(viewer: Viewer) -> Q:
    """People in the teams that this viewer's office forms and that are not over yet."""
    if not viewer.holds("office"):
        return Q(pk__in=[])
    rows = formed_by(viewer).exclude(status__in=OVER)
    seated = Assignment.objects.filter(IN_IT_OR_HOME, seat__mission__in=rows)
    return Q(pk__in=seated.values("person"))


def came_home() -> Q:
    """People who served in a team and came home."""
    served = Assignment.objects.filter(CAME_HOME).exclude(started_on=None)
    return Q(pk__in=served.values("person"))


def leads_person(viewer: Viewer, person: Person) -> bool:
    """Whether this viewer leads a team of this person that is not over yet."""
    led = Mission.objects.filter(pk__in=missions_of(viewer, LEADERS)).exclude(status__in=OVER)
    mates = Assignment.objects.filter(person=person, state__in=IN_TEAM)
    return mates.filter(seat__mission__in=led).exists()


def assignment_to_withdraw(viewer: Viewer, assignment: UUID) -> Assignment:
    """For the office that forms the team, the person's unit, and the person."""
    row = assignment_for(assignment)
    mine = row.person.account is not None and row.person.account == viewer.person
    if mine or forms(viewer, row.seat.mission) or keeps(viewer, row.person, "unit"):
        return row
    assignment_to_read(viewer, assignment)
    raise NotAllowed(_("Only the office, the unit or the person says this."))


def item_for(viewer: Viewer, item: UUID) -> ChecklistItem:
    """An item of a checklist, for those who see whose it is."""
    row = ChecklistItem.objects.select_related(
        "assignment__seat__mission__programme__sender", "assignment__person__unit", "evidence"
    ).filter(pk=item).first()  # fmt: skip
    if row is None or not sees_checklist(viewer, row.assignment):
        raise Unseen(_("There is no such item, or it is not for your eyes."))
    return row


def sees_checklist(viewer: Viewer, assignment: Assignment) -> bool:
    """The office, the unit of the person, the person, their leader, and auditors."""
    person, mission = assignment.person, assignment.seat.mission
    if viewer.holds("auditor") or forms(viewer, mission):
        return True
    mine = person.account is not None and person.account == viewer.person
    return mine or keeps(viewer, person, "unit") or leads(viewer, mission)


def seen_on_checklist(viewer: Viewer, mission: Mission) -> Q:
    """Of those in the seats of a mission, whose checklists this viewer sees."""
    if viewer.holds("auditor") or forms(viewer, mission) or leads(viewer, mission):
        return Q()
    found = Q(person__account=viewer.person) if viewer.signed_in else Q(pk__in=[])
    if viewer.holds("unit"):
        found |= Q(person__unit__in=units_of(viewer, "unit"))
    return found


def ticks(viewer: Viewer, item: ChecklistItem) -> bool:
    """Whether this viewer is of the owner's side, or the office."""
    person = item.assignment.person
    if forms(viewer, item.assignment.seat.mission):
        return True
    if item.owner == Owner.UNIT:
        return keeps(viewer, person, "unit")
    mine = person.account is not None and person.account == viewer.person
    return item.owner == Owner.PERSON and mine


def item_to_tick(viewer: Viewer, item: UUID) -> ChecklistItem:
    row = item_for(viewer, item)
    if ticks(viewer, row):
        return row
    raise NotAllowed(_("Only whose part it is, or the programme office, ticks this off."))


def may_waive(viewer: Viewer, item: ChecklistItem) -> Viewer:
    """Only the programme office lets an item be."""
    return may_change_mission(viewer, item.assignment.seat.mission)


def work_on_checklists(viewer: Viewer) -> Q:
    """Items whose owner is this viewer, other than as an office."""
    mine = Q(owner=Owner.PERSON, assignment__person__account=viewer.person)
    if not viewer.holds("unit"):
        return mine
    return mine | Q(owner=Owner.UNIT, assignment__person__unit__in=units_of(viewer, "unit"))


def template_for(viewer: Viewer, template: UUID) -> LetterTemplate:
    """A template, for the programme office whose letters it makes."""
    row = LetterTemplate.objects.select_related("programme__sender").filter(pk=template).first()
    if row is None or not changes(viewer, row.programme):
        raise Unseen(_("There is no such template, or it is not for your eyes."))
    return row


def calls_for(viewer: Viewer) -> QuerySet[Call]:
    """Calls that ask a unit of this viewer: by its name, or every unit."""
    if not viewer.holds("unit"):
        return Call.objects.none()
    named = AskedUnit.objects.filter(unit__in=units_of(viewer, "unit"))
    return Call.objects.filter(Q(asked__in=named) | Q(asked__isnull=True)).distinct()


def call_for(viewer: Viewer, call: UUID) -> Call:
    """A call: for its office, the units that it asks, auditors; a public one for everybody."""
    row = Call.objects.select_related("mission__programme__sender").filter(pk=call).first()
    if row is not None:
        if row.public or viewer.holds("auditor") or forms(viewer, row.mission):
            return row
        if calls_for(viewer).filter(pk=row.pk).exists():
            return row
    raise Unseen(_("There is no such call, or it is not for your eyes."))


def call_to_keep(viewer: Viewer, call: UUID) -> Call:
    row = call_for(viewer, call)
    may_change_mission(viewer, row.mission)
    return row


def asked_unit_for(viewer: Viewer, asked: UUID) -> AskedUnit:
    """A unit's place in a call, for the unit itself: nobody else answers for it."""
    rows = AskedUnit.objects.select_related("call__mission__programme__sender", "unit")
    row = rows.filter(pk=asked).first()
    if row is None:
        raise Unseen(_("There is no such call, or it is not for your eyes."))
    call_for(viewer, row.call_id)
    if units_of(viewer, "unit").filter(pk=row.unit_id).exists():
        return row
    raise NotAllowed(_("Only the unit itself answers this."))


def mission_to_select(viewer: Viewer, mission: UUID) -> Mission:
    """Panels and what they said: for the office that forms the team, and auditors."""
    row = team_mission_for(viewer, mission)
    if viewer.holds("auditor") or forms(viewer, row):
        return row
    raise NotAllowed(_("What a panel says is for the programme office."))


def panel_to_keep(viewer: Viewer, panel: UUID) -> Panel:
    row = Panel.objects.select_related("mission__programme__sender").filter(pk=panel).first()
    if row is None:
        raise Unseen(_("There is no such panel."))
    may_form(viewer, row.mission)
    return row


def session_to_mark(viewer: Viewer, session: UUID) -> TrainingSession:
    rows = TrainingSession.objects.select_related("mission__programme__sender")
    row = rows.filter(pk=session).first()
    if row is None:
        raise Unseen(_("There is no such training."))
    may_form(viewer, row.mission)
    return row


def assignment_to_read(viewer: Viewer, assignment: UUID) -> Assignment:
    """Somebody's way into a seat with their record, for those who see their checklist."""
    row = assignment_for(assignment)
    if sees_checklist(viewer, row):
        return row
    raise Unseen(_("There is nobody like that for this seat."))


@remembered
def hospitals_served(viewer: Viewer) -> QuerySet[Organisation]:
    """Where teams that this viewer's office forms serve, or are to serve."""
    if viewer.holds_everywhere("office"):
        return Organisation.objects.all()
    missions = formed_by(viewer).order_by()
    sites = Site.objects.filter(mission__in=missions).exclude(organisation=None)
    received = missions.exclude(series__recipient=None)
    here = Q(pk__in=sites.values("organisation")) | Q(pk__in=received.values("series__recipient"))
    return Organisation.objects.filter(here)


def hospitals_where_serving(viewer: Viewer) -> QuerySet[Organisation]:
    """Where this viewer serves in a team that is away now."""
    if not viewer.signed_in:
        return Organisation.objects.none()
    mine = _seated(viewer).filter(state=Assignment.State.SERVING, seat__mission__status__in=AWAY)
    sites = Site.objects.filter(mission__in=mine.values("seat__mission"))
    return Organisation.objects.filter(pk__in=sites.values("organisation"))
