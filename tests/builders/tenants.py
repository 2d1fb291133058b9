"""Two tenants who share nothing: each its programme, teams, people, hospital and papers."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from docx import Document

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.actions import invite as invite_person
from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import count_visits, open_report, record_deed
from marrow.activity.models import Deed
from marrow.agreements.actions import join_office, write_lesson
from marrow.capacity.models import Equipment
from marrow.consults.actions import add_photo, ask, sign_opinion, submit, take
from marrow.core.journal import Act, journal
from marrow.core.models import Operation
from marrow.core.viewer import AREA, EVERYWHERE, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area, Organisation
from marrow.handovers.actions import add_line, begin_handover, plan_follow_ups
from marrow.handovers.models import Promise
from marrow.hospitals.actions import ask_for, report_broken
from marrow.hospitals.models import EquipmentReport, Request
from marrow.missions.models import Mission
from marrow.people.actions import add_to_person
from marrow.people.models import Person, Unavailability
from marrow.posts.actions import plan_milestone, propose_objective, report_incident
from marrow.posts.models import Incident
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership, Programme
from marrow.recognition.actions import remember
from marrow.sources.actions import open_work, raise_findings
from marrow.sources.actions.intakes import receive_file
from marrow.sources.models import Finding, WorkItem
from marrow.sync.actions import enrol
from marrow.sync.models import Receipt
from marrow.teams.actions import (
    answer_for_unit,
    call_panel,
    give_lists,
    invite,
    keep_list,
    keep_template,
    open_call,
    open_seats,
    plan_training,
    select,
)
from marrow.teams.models import AskedUnit, Assignment, ChecklistItem, Seat
from marrow.teams.rules.checklists import USUAL
from tests.builders import (
    ADMIN,
    NOW,
    OFFICE,
    PAPER,
    ROLES,
    a_batch,
    a_donation,
    a_person,
    a_programme,
    a_sending_unit,
    a_series,
    a_site,
    an_agreement,
    an_event,
    an_honour,
)
from tests.builders.agreeing import Agreed, a_requirement, a_sheet, a_task
from tests.builders.calling import a_token
from tests.builders.consulting import CASE, a_photograph
from tests.builders.entrusted import local_staff
from tests.builders.honouring import a_family, certified, the_fallen
from tests.builders.linking import linked
from tests.builders.on_post import STAGES, moved, seated
from tests.builders.tenants_plans import Planned, planned

TODAY = NOW.date()
DAY = dt.timedelta(days=1)
RAISE = Act("test_raise", "raised")


@dataclass(slots=True)
class Tenant:
    """`parts` fill the places of addresses; `mark` stands in every text that is not public."""

    mark: str
    programme: Programme
    hospital: Organisation
    unit: Organisation
    area: Area
    accounts: dict[str, Account] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def viewer(self, who: str) -> Viewer:
        return viewer_of(self.accounts[who])


def a_tenant(name: str, sender: str, recipient: str, number: int) -> Tenant:
    area = Area.objects.get(code=sender)
    programme = a_programme(f"tenant-{name}", sender=area)
    where = Area.objects.get(code=recipient)
    hospital = enter_organisation(
        kind="HOSPITAL", names=names(f"Hôpital Test {name}"), area=where, by=OFFICE, at=NOW
    )
    unit = enter_organisation(
        kind="HOSPITAL", names=names(f"Sender Test {name}"), area=area, by=OFFICE, at=NOW
    )
    world = Tenant(f"zqx{name}", programme, hospital, unit, area)
    _accounts(world, name)
    series = a_series(programme, recipient)
    left = a_batch(number, series)
    follows = a_batch(number + 1, series)
    site = a_site(left, organisation=hospital)
    world.parts = {
        "key": programme.key, "series": str(series.pk), "mission": str(left.pk),
        "site": str(site.pk), "about": str(left.pk), "organisation": str(hospital.pk),
        "unit": str(a_sending_unit(left, unit).pk), "honour": str(an_honour(left).pk),
        "donation": str(a_donation(left).pk), "agreement": str(an_agreement(programme).pk),
        "event": str(an_event(programme, kind="CEREMONY", held_on="2026-11-20").pk),
    }  # fmt: skip
    _on_post(world, left, follows)
    _forming(world, follows)
    _papers(world, left, follows)
    _agreement_work(world)
    _consult(world)
    world.parts |= planned(
        world.viewer("office"), world.viewer("unit"), Planned(series.pk, world.unit, world.area),
        UUID(world.parts["person"]), world.mark,
    )  # fmt: skip
    world.parts |= local_staff(world.viewer("head"), hospital, unit, world.mark)
    _accounts_things(world, left)
    return world


def _accounts(world: Tenant, name: str) -> None:
    limits: dict[str, tuple[str, UUID | None]] = dict.fromkeys(
        ROLES, (PROGRAMME, world.programme.pk)
    )
    limits |= dict.fromkeys(("recipient", "head"), (ORGANISATION, world.hospital.pk))
    limits |= {"unit": (ORGANISATION, world.unit.pk)}
    limits |= dict.fromkeys(("auditor", "admin"), (EVERYWHERE, None))
    for role in ROLES:
        world.accounts[role] = an_account(f"{name}-{role}", role, *limits[role])
    world.accounts["office-area"] = an_account(f"{name}-area", "office", AREA, world.area.pk)
    world.accounts["unit-area"] = an_account(f"{name}-units", "unit", AREA, world.area.pk)


def an_account(username: str, role: str, scope: str, thing: UUID | None) -> Account:
    account = open_account(
        username=username, password="correct horse 7", full_name=username.title(), by=ADMIN,
        at=NOW, invented=True,
    )  # fmt: skip
    give_role(account=account, role=role, scope=scope, thing=thing, by=ADMIN, at=NOW)
    return account


def _member(world: Tenant, name: str, account: str = "") -> Person:
    person = a_person(f"{name} {world.mark}", world.unit)
    if account:
        linked(person, world.accounts[account])
    return person


def _on_post(world: Tenant, left: Mission, follows: Mission) -> None:
    """The team that is away: its leader and a member, what they told, what they leave."""
    chief, mate = _member(world, "Chief", "leader"), _member(world, "Mate", "member")
    for person, role in ((chief, "LEADER"), (mate, "MEMBER")):
        seated(left, person, role)
    left = moved(left, *STAGES)
    by, text = world.viewer("leader"), f"words {world.mark}"
    incident = Incident(
        id=uuid4(), kind="SECURITY", severity="SERIOUS", happened_on=TODAY, what=text
    )
    visits = count_visits(mission=left.pk, held_on=TODAY, count=3, by=by, at=NOW)
    handover = begin_handover(mission=left.pk, to_mission=follows.pk, why_nobody="", by=by, at=NOW)
    line = Promise(id=uuid4(), promised=text, to_whom="laboratory", due_on=TODAY + 10 * DAY)
    away = Unavailability(id=uuid4(), why="LEAVE", from_on=TODAY)
    deed = Deed(id=uuid4(), kind="LECTURE", held_on=TODAY, count=1, with_whom=text)
    place, own = world.hospital.pk, world.viewer("recipient")
    told = {
        "deed": record_deed(organisation=place, mission=left.pk, deed=deed, by=by, at=NOW),
        "monthly": open_report(organisation=place, month=TODAY, by=own, at=NOW),
        "incident": report_incident(mission=left.pk, incident=incident, by=by, at=NOW),
        "objective": propose_objective(mission=left.pk, text=text, language="en", by=by, at=NOW),
        "milestone": plan_milestone(
            mission=left.pk, what=text, due_on=TODAY + DAY, by=by, at=NOW
        ),
        "visits": visits, "handover": handover, "person": mate,
        "line": add_line(handover=handover.pk, line=line, by=by, at=NOW),
        "absence": add_to_person(person=mate.pk, part=away, by=OFFICE, at=NOW),
        "follow_up": plan_follow_ups(
            handover=handover.pk, topic=text, person=None, unit=world.hospital.pk, end_on=TODAY,
            months=[1], by=by, at=NOW,
        )[0],
    }  # fmt: skip
    world.parts |= {name: str(row.pk) for name, row in told.items()}


def _forming(world: Tenant, follows: Mission) -> None:
    """The team that is formed: a seat, somebody selected with a checklist, a call, a panel."""
    keep_list(programme=world.programme.key, steps=USUAL, by=OFFICE, at=NOW)
    unit = world.viewer("unit")
    rows = [Seat(id=uuid4(), role="MEMBER") for _ in range(3)]
    chosen, asked, free = open_seats(mission=follows.pk, seats=rows, by=OFFICE, at=NOW)
    taken = invite(seat=chosen.pk, person=_member(world, "Taken").pk, by=OFFICE, at=NOW)
    answer_for_unit(assignment=taken.pk, agrees=True, by=unit, at=NOW)
    select(assignment=taken.pk, by=OFFICE, at=NOW)
    waits = invite(seat=asked.pk, person=_member(world, "Waits").pk, by=OFFICE, at=NOW)
    give_lists(mission=follows.pk, by=OFFICE, at=NOW)
    call = open_call(
        mission=follows.pk, text=f"call {world.mark}", opens_on=TODAY - DAY,
        closes_on=TODAY + 9 * DAY, units=[world.unit], by=OFFICE, at=NOW,
    )  # fmt: skip
    told = {
        "seat": free, "assignment": waits, "call": call,
        "asked": AskedUnit.objects.get(call=call),
        "item": ChecklistItem.objects.filter(assignment=taken)[0],
        "panel": call_panel(mission=follows.pk, meets_on=TODAY,
                            members=[(f"Chair {world.mark}", "chair")], by=OFFICE, at=NOW),
        "training": plan_training(mission=follows.pk, held_on=TODAY, topic=f"law {world.mark}",
                                  required=True, by=OFFICE, at=NOW),
        "template": keep_template(
            programme=world.programme.key, kind="DISPATCH", language="en",
            name=f"{world.mark}.docx", content=_docx(), by=OFFICE, at=NOW,
        ),
    }  # fmt: skip
    world.parts |= {name: str(row.pk) for name, row in told.items()}
    world.parts["checked"] = world.parts["item"]


def _docx() -> bytes:
    made, document = io.BytesIO(), Document()
    document.add_paragraph("To {{ mission }}")
    document.save(made)
    return made.getvalue()


def _papers(world: Tenant, left: Mission, follows: Mission) -> None:
    """A team of before that came home: certificates, the fallen by name."""
    home = a_batch(left.number - 1 if left.number else 1, left.series)
    old = _member(world, "Home")
    seated(home, old)
    Assignment.objects.filter(seat__mission=home).update(
        state="SERVED", started_on=TODAY - 500 * DAY, ended_on=TODAY - 2 * DAY
    )
    fallen = the_fallen(world.programme)
    one = remember(
        fallen=fallen.pk, name=f"Li {world.mark}", words="gone", fell_on="2006",
        family=a_family(name=f"Kin {world.mark}", covers="NAME_AND_WORDS"), by=OFFICE, at=NOW,
    )  # fmt: skip
    world.parts |= {
        "certificate": str(certified(home)[0].pk), "fallen": str(fallen.pk),
        "remembered": str(one.pk),
    }  # fmt: skip


def _agreement_work(world: Tenant) -> None:
    pair = Partnership(
        id=uuid4(), programme=world.programme, mode="TWINNING", recipient=world.hospital,
        sender_area=world.area,
    )  # fmt: skip
    add_to_programme(
        programme=world.programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER,
        by=OFFICE, at=NOW,
    )  # fmt: skip
    office = world.viewer("office")
    as_agreed = Agreed(
        world.programme, world.hospital, pair, office, office, world.viewer("recipient"),
        world.viewer("head"), office,
    )  # fmt: skip
    sheet = a_sheet(as_agreed)
    key = world.programme.key
    member = join_office(
        programme=key, name=f"Lin {world.mark}", duty="rotations", since="2014", by=OFFICE, at=NOW
    )
    lesson = write_lesson(
        programme=key, kind="MODEL", title=f"Steps of {world.programme.key}", text="See, do.",
        language="en", by=OFFICE, at=NOW,
    )  # fmt: skip
    told = {
        "task_sheet": sheet, "aimed": a_task(as_agreed, sheet, f"Train {world.mark}"),
        "requirement": a_requirement(as_agreed), "member": member, "lesson": lesson,
        "partnership": pair,
    }  # fmt: skip
    world.parts |= {name: str(row.pk) for name, row in told.items()}
    world.parts |= {"entry": str(member.pk), "entry_kind": "office"}


def _consult(world: Tenant) -> None:
    """A case that a specialist has answered, what the hospital asks for, what is broken there."""
    asker, expert = world.viewer("recipient"), world.viewer("specialist")
    case = replace(CASE, story=f"red eye {world.mark}")
    row = ask(organisation=world.hospital.pk, case=case, by=asker, at=NOW)
    photo = add_photo(consult=row.pk, data=a_photograph(), by=asker, at=NOW)
    submit(consult=row.pk, by=asker, at=NOW)
    take(consult=row.pk, by=expert, at=NOW)
    sign_opinion(consult=row.pk, text=f"lower {world.mark}", by=expert, at=NOW)
    request = Request(
        id=uuid4(), kind="SPECIALTY", specialty="ANAESTHESIA", text=f"one {world.mark}"
    )
    report = EquipmentReport(id=uuid4(), broken=f"seal {world.mark}")
    autoclave = Equipment(id=uuid4(), label="autoclave")
    of = world.hospital.pk
    told: dict[str, Any] = {
        "consult": row, "photo": photo,
        "request_id": ask_for(organisation=of, request=request, by=asker, at=NOW),
        "report": report_broken(
            organisation=of, report=report, machine=autoclave, since=None, by=asker, at=NOW
        ),
    }  # fmt: skip
    world.parts |= {name: str(each.pk) for name, each in told.items()}


def _accounts_things(world: Tenant, left: Mission) -> None:
    """What hangs on accounts and on the office's desk."""
    office, leader = world.viewer("office"), world.viewer("leader")
    finding = Finding(
        key=f"f{world.mark}", code="missing-number", about_model="missions.mission", about=left.pk,
        params={"number": world.mark}, raised_at=NOW,
    )  # fmt: skip
    item = WorkItem(
        key=f"w{world.mark}", code="visits-conflict", about_model="missions.mission",
        about=left.pk, role="office", opened_at=NOW,
    )  # fmt: skip
    with journal(RAISE, by=OFFICE, at=NOW) as page:
        raise_findings(page, [finding])
        open_work(page, [item])
    intake = receive_file(
        kind="register", name=f"{world.mark}.csv", parts=[b"name,country\nA,GN\n"], by=office,
        at=NOW,
    )  # fmt: skip
    grants = [Grant("member", PROGRAMME, world.programme.pk)]
    invitation, _code = invite_person(
        full_name=f"New {world.mark}", grants=grants, by=office, at=NOW
    )
    phone, _token = enrol(by=leader, at=NOW, name=f"phone {world.mark}")
    receipt = Receipt.objects.create(
        installation=phone, q=1, line=b"{}", hash="0" * 32, outcome="QUARANTINED", received_at=NOW
    )
    account = world.accounts["member"]
    grant = RoleGrant.objects.get(account=account)
    act = Operation.objects.filter(record=UUID(world.parts["incident"]))[0].act
    world.parts |= {
        "finding": str(finding.pk), "work": str(item.pk), "intake": str(intake.pk),
        "invitation": str(invitation.pk), "phone": str(phone.pk), "receipt": str(receipt.pk),
        "account": str(account.pk), "grant": str(grant.pk), "act": str(act),
        "token": str(a_token(account)[0].pk),
    }  # fmt: skip
