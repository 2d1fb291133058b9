"""Who served and has a certificate, and what a code proves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from marrow.accounts.queries import signed_names
from marrow.accounts.rules import meant
from marrow.core.spoken import tongue_of
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.recognition import access
from marrow.recognition.models import Certificate
from marrow.teams.access import formed_by
from marrow.teams.models import CAME_HOME, Assignment, Seat

CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who served: the certificate that holds, and those that were withdrawn."""

    assignment: Assignment
    certificate: Certificate | None
    withdrawn: list[Certificate] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether the certificate tells of other days than the record does now."""
        paper, served = self.certificate, self.assignment
        told = (served.started_on, served.ended_on)
        return paper is not None and (paper.started_on, paper.ended_on) != told


def served(mission: Mission) -> list[Assignment]:
    """Those who served and are home, also before their team, in the order of their roles; and
    whoever holds a certificate all the same: it can be withdrawn."""
    holds = Certificate.objects.filter(assignment=OuterRef("pk"), withdrawn_on=None)
    rows = Assignment.objects.filter(CAME_HOME | Exists(holds), seat__mission=mission)
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


def holding(assignments: Iterable[UUID]) -> list[Certificate]:
    """The certificates that hold for these services."""
    rows = access.certificates().filter(assignment__in=list(assignments), withdrawn_on=None)
    return list(rows.order_by("number"))


def certificates_of_person(person: Person) -> list[Certificate]:
    rows = access.certificates().filter(assignment__person=person)
    return list(rows.order_by("-issued_on", "-number"))


def certificate_with_code(typed: str) -> Certificate | None:
    code = meant(typed)
    if len(code) != CODE_LENGTH:
        return None
    return access.certificates().filter(code=code).first()


def plain(typed: str) -> str:
    """A code as it is kept."""
    return meant(typed)[:CODE_LENGTH]


def issuer_of(mission: Mission, viewer: Viewer) -> dict[str, str]:
    """What the form begins with: who issued last in the same programme, else who sends the team.
    Where one spelling of who signed is kept and it is the viewer's own name, their account knows
    the others."""
    same = Certificate.objects.filter(assignment__seat__mission__programme=mission.programme_id)
    last = same.order_by("-issued_on", "-number").first()
    if last is None:
        return _issuer(_sends(mission))
    return _issuer(last.issuer) | _issuer(_signer(last, viewer), "signed_by")


def _signer(last: Certificate, viewer: Viewer) -> Names:
    if last.signed_by_names or not last.signed_by:
        return dict(last.signed_by_names)
    own = {}
    if viewer.person:
        own = signed_names([(viewer.person, last.signed_by)])[viewer.person, last.signed_by]
    return own or {tongue_of(last.signed_by) or "en": last.signed_by}


def _issuer(called: Names, which: str = "issuer") -> dict[str, str]:
    return {f"{which}_{language}": name for language, name in called.items()}


def _sends(mission: Mission) -> Names:
    """Who sends a team, by name: the body that does, else the health commission of the area that
    does where it has one, else who approved the programme, else the area."""
    if body := mission.sender_body:
        return dict(body.names)
    area = mission.sender or mission.programme.sender
    commissions = Organisation.objects.filter(
        kind=Organisation.Kind.COMMISSION, area=area, successor=None
    ).exclude(area=None)
    if len(found := list(commissions[:2])) == 1:
        return dict(found[0].names)
    sender = mission.programme.authority or area
    return dict(sender.names) if sender else {}


@dataclass(frozen=True, slots=True)
class AtHome:
    """A team that came home, and how many of it have no certificate."""

    mission: Mission
    missing: int


def teams_at_home(viewer: Viewer, limit: int = 40) -> list[AtHome]:
    """Teams of which somebody served: those with certificates missing first."""
    done = Assignment.objects.filter(CAME_HOME)
    if not (viewer.holds("auditor") or viewer.holds_everywhere("office")):
        done = done.filter(seat__mission__in=formed_by(viewer))
    has = Certificate.objects.filter(assignment=OuterRef("pk"), withdrawn_on=None)
    served = Assignment.objects.filter(CAME_HOME, seat__mission=OuterRef("pk")).order_by()
    lacking = served.annotate(has=Exists(has)).filter(has=False).values("seat__mission")
    counted = lacking.annotate(n=Count("pk")).values("n")
    missions = Mission.objects.filter(pk__in=done.values("seat__mission"))
    missions = missions.annotate(missing=Coalesce(Subquery(counted), 0))
    found = [AtHome(m, m.missing) for m in missions]
    found.sort(key=lambda t: (not t.missing, t.mission.returned_on == "", t.mission.key))
    return found[:limit]
