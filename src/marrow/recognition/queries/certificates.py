"""Who served and has a certificate, and what a code proves."""

from __future__ import annotations

from dataclasses import dataclass, field

from marrow.accounts.rules import meant
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.programmes.models import Programme
from marrow.recognition import access
from marrow.recognition.models import Certificate
from marrow.sources.models import Fact
from marrow.teams.models import Assignment, Seat

CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who served: the certificate that holds, and those that were withdrawn."""

    assignment: Assignment
    certificate: Certificate | None
    withdrawn: list[Certificate] = field(default_factory=list)


def served(mission: Mission) -> list[Assignment]:
    """Those who served, in the order of their roles."""
    rows = Assignment.objects.filter(seat__mission=mission, state=Assignment.State.SERVED)
    order = {role: n for n, role in enumerate(Seat.Role.values)}
    found = rows.select_related("person__unit", "seat")
    return sorted(found, key=lambda a: (order[a.seat.role], a.person.search, str(a.pk)))


def still_away(mission: Mission) -> int:
    """How many are in seats and not home yet: they have no certificate."""
    rows = Assignment.objects.filter(seat__mission=mission)
    return rows.filter(state__in=(Assignment.State.SERVING, Assignment.State.SELECTED)).count()


def lines_of(mission: Mission) -> list[Line]:
    papers: dict[object, list[Certificate]] = {}
    for row in Certificate.objects.filter(assignment__seat__mission=mission):
        papers.setdefault(row.assignment_id, []).append(row)
    found = []
    for one in served(mission):
        mine = papers.get(one.pk, [])
        holds = next((c for c in mine if not c.withdrawn_on), None)
        found.append(Line(one, holds, [c for c in mine if c.withdrawn_on]))
    return found


def to_certify(mission: Mission) -> list[Assignment]:
    """Those who served and have no certificate that holds."""
    return [line.assignment for line in lines_of(mission) if line.certificate is None]


def certificates_of_mission(mission: Mission) -> list[Certificate]:
    """Those that hold."""
    return [line.certificate for line in lines_of(mission) if line.certificate]


def certificates_of_person(person: Person) -> list[Certificate]:
    rows = access.certificates().filter(assignment__person=person)
    return list(rows.order_by("-issued_on", "-number"))


def certificate_with_code(typed: str) -> Certificate | None:
    code = meant(typed)
    if len(code) != CODE_LENGTH:
        return None
    return access.certificates().filter(code=code).first()


def motto_of(programme: Programme) -> Fact | None:
    """The words of the service, where a source tells them of the programme."""
    rows = Fact.objects.filter(about=programme.pk, field="motto", standing=Fact.Standing.SHOWN)
    return rows.select_related("quote__document").order_by("pk").first()


def plain(typed: str) -> str:
    """A code as it is kept."""
    return meant(typed)[:CODE_LENGTH]


def issuer_of(mission: Mission) -> dict[str, str]:
    """Who issued last in the same programme: the form begins with it."""
    same = Certificate.objects.filter(assignment__seat__mission__programme=mission.programme_id)
    last = same.order_by("-issued_on", "-number").first()
    if last is None:
        return {}
    return {f"issuer_{k}": v for k, v in last.issuer.items()} | {"signed_by": last.signed_by}
