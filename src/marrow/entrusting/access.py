"""Who reads and keeps a hospital's logbooks: its head and its office, its visitors, its programme
office; an auditor reads. A person reads and keeps their own. To others they are not there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from marrow.capacity.access import known_to_visitor
from marrow.capacity.access import sides_of as signing_sides
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of, spoken_for
from marrow.directory.models import Organisation
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    LogCase,
    Pair,
    Study,
)
from marrow.missions.models import Site
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.teams.access import hospitals_served, hospitals_where_serving
from marrow.teams.models import Assignment

HEAD, VISITOR = Entrustment.Side.HEAD, Entrustment.Side.VISITOR
READERS = ("head", "recipient", "member", "leader", "office", "auditor")
KEEPERS = ("head", "recipient", "member", "leader", "office")


def kept_by(viewer: Viewer) -> Q:
    """The hospitals whose logbooks this viewer keeps, as a condition on organisations."""
    if not viewer.signed_in:
        return Q(pk__in=[])
    found = Q(pk__in=organisations_of(viewer, "head", "recipient").values("pk"))
    found |= Q(pk__in=hospitals_where_serving(viewer).values("pk"))
    if viewer.holds("office"):
        found |= Q(pk__in=hospitals_served(viewer).values("pk"))
    return found


def hospitals_kept(viewer: Viewer) -> QuerySet[Organisation]:
    return Organisation.objects.filter(kept_by(viewer))


def hospitals_read(viewer: Viewer) -> QuerySet[Organisation]:
    return Organisation.objects.all() if viewer.holds("auditor") else hospitals_kept(viewer)


def keeps(viewer: Viewer, organisation: UUID) -> bool:
    if viewer.signed_in and organisation in spoken_for(viewer, "head", "recipient"):
        return True  # without a question: nearly all who ask speak for the hospital
    return hospitals_kept(viewer).filter(pk=organisation).exists()


def reads(viewer: Viewer, organisation: UUID) -> bool:
    return viewer.holds("auditor") or keeps(viewer, organisation)


def hospital_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospitals_read(viewer).select_related("area").filter(pk=organisation).first()
    if row is None:
        raise Unseen(_("There is no such hospital, or it is not for your eyes."))
    return row


def hospital_to_keep(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospital_for(viewer, organisation)
    if keeps(viewer, row.pk):
        return row
    raise NotAllowed(_("The hospital’s own people, its visitors or its programme office do this."))


def is_me(viewer: Viewer, person: Person) -> bool:
    return viewer.signed_in and person.account == viewer.person


def colleagues_for(viewer: Viewer) -> QuerySet[Person]:
    """Those whose logbook opens for this viewer."""
    if viewer.holds("auditor"):
        return Person.objects.all()
    here = Q(unit__in=hospitals_kept(viewer))
    return Person.objects.filter(here | Q(account=viewer.person) if viewer.signed_in else here)


def colleague_for(viewer: Viewer, person: UUID) -> Person:
    row = colleagues_for(viewer).select_related("unit__area").filter(pk=person).first()
    if row is None:
        raise Unseen(_("There is no such person, or it is not for your eyes."))
    return row


def may_name(viewer: Viewer, hospital: UUID, *people: Person | None) -> Viewer:
    """Name people in a logbook: those of the house, those who served there, those one sees."""
    strange = {p.pk for p in people if p and p.unit_id != hospital}
    if strange:
        sites = Site.objects.filter(organisation=hospital)
        served = Assignment.objects.filter(
            seat__mission__in=sites.values("mission"), state__in=Assignment.HELD
        )
        known = Q(pk__in=served.values("person")) | Q(pk__in=people_for(viewer).values("pk"))
        if Person.objects.filter(known, pk__in=strange).count() < len(strange):
            raise Refused(_("This person neither belongs to the house nor served there."))
    return viewer


def logs_for(viewer: Viewer, person: Person) -> bool:
    """Whether this viewer writes into this logbook: themselves, or whoever keeps the hospital."""
    mine = bool(viewer.grants) and is_me(viewer, person)  # who holds no role reads it, no more
    return mine or keeps(viewer, person.unit_id)


def colleague_to_log(viewer: Viewer, person: UUID) -> Person:
    row = colleague_for(viewer, person)
    if logs_for(viewer, row):
        return row
    raise NotAllowed(_("The person, their hospital or its visitors write this logbook."))


def knows(viewer: Viewer, told: LogCase | Entrustment) -> bool:
    """Whether a visitor knows the item of a case or level; `told` need not be stored."""
    return told.pk in known_to_visitor(viewer, [told])


def watched_it(viewer: Viewer, case: LogCase) -> bool:
    """Whether who is named as having watched is this viewer: a colleague of the house, or a
    visitor who knows the item. A visitor of another specialty is named, and confirms nothing."""
    if case.supervisor is None or not is_me(viewer, case.supervisor):
        return False
    return _of_the_house(viewer, case) or knows(viewer, case)


def sides_of(viewer: Viewer, person: Person) -> frozenset[str]:
    """For which sides this viewer signs what this person may do; never for themselves."""
    if is_me(viewer, person):
        return frozenset()
    return signing_sides(viewer, person.unit_id) & {HEAD.value, VISITOR.value}


def colleague_to_entrust(viewer: Viewer, person: UUID) -> Person:
    row = colleague_for(viewer, person)
    if is_me(viewer, row):
        raise NotAllowed(_("Nobody signs for themselves: ask who watched."))
    if sides_of(viewer, row):
        return row
    raise NotAllowed(_("The hospital’s head, or the visiting expert who watched, signs this."))


def confirmable(viewer: Viewer) -> list[LogCase]:
    """Cases that wait and that this viewer may confirm, the oldest first: who was named as
    supervisor, the head of the hospital, those who serve there and know the item where nobody with
    an account was named; never one's own, nor what one entered and did not watch."""
    if not viewer.signed_in:
        return []
    head = Q(organisation__in=organisations_of(viewer, "head").values("pk"))
    named = Q(supervisor__account=viewer.person) if viewer.grants else Q(pk__in=[])
    served = hospitals_where_serving(viewer).values("pk")
    unnamed = Q(organisation__in=served, supervisor__account=None)
    rows = LogCase.objects.filter(head | named | unnamed, state=LogCase.State.WAITING)
    rows = rows.exclude(person__account=viewer.person).order_by("told_at")
    rows = rows.select_related("person", "item", "organisation", "supervisor")
    found = list(rows.annotate(as_head=Case(When(head, then=True), default=False)))
    known = known_to_visitor(viewer, [row for row in found if not _led(row)])
    mine = [row for row in found if _led(row) or row.pk in known or _of_the_house(viewer, row)]
    return [row for row in mine if not only_told_by(viewer, row)]


def only_told_by(viewer: Viewer, row: LogCase) -> bool:
    """Whether this viewer entered a case that they did not watch: others confirm it."""
    return row.told_by == viewer.person and not watched_it(viewer, row)


def _led(row: LogCase) -> bool:
    """Whether it waits in a hospital whose head the viewer is, as `confirmable` reads it."""
    return bool(getattr(row, "as_head", False))


def _of_the_house(viewer: Viewer, row: LogCase) -> bool:
    who = row.supervisor
    return who is not None and is_me(viewer, who) and who.unit_id == row.organisation_id


def case_for(viewer: Viewer, case: UUID) -> LogCase:
    rows = LogCase.objects.select_related("person", "item", "organisation", "supervisor")
    seen = Q(person__in=colleagues_for(viewer))
    if viewer.signed_in:
        seen |= Q(supervisor__account=viewer.person)
    row = rows.filter(seen, pk=case).first()
    if row is None:
        raise Unseen(_("There is no such case, or it is not for your eyes."))
    return row


def case_to_decide(viewer: Viewer, case: UUID) -> LogCase:
    row = case_for(viewer, case)
    if is_me(viewer, row.person):
        raise NotAllowed(_("Nobody signs for themselves: ask who watched."))
    watched = watched_it(viewer, row)
    if only_told_by(viewer, row):
        raise NotAllowed(_("Who entered a case does not confirm it: ask who watched."))
    sides = signing_sides(viewer, row.organisation_id)
    if (watched and viewer.grants) or HEAD.value in sides:
        return row
    if VISITOR.value in sides:
        if row.supervisor is not None and row.supervisor.account is not None:
            raise NotAllowed(_("Somebody else is named as who watched: they confirm it."))
        if known_to_visitor(viewer, [row]):
            return row
    raise NotAllowed(
        _("Who supervised, the hospital’s head, or a visitor who knows the item confirms a case.")
    )


def pair_to_keep(viewer: Viewer, pair: UUID) -> Pair:
    rows = Pair.objects.select_related("teacher", "apprentice", "organisation")
    row = rows.filter(organisation__in=hospitals_read(viewer), pk=pair).first()
    if row is None:
        raise Unseen(_("There is no such apprenticeship, or it is not for your eyes."))
    hospital_to_keep(viewer, row.organisation_id)
    return row


def study_to_keep(viewer: Viewer, study: UUID) -> Study:
    rows = Study.objects.select_related("person", "organisation", "host")
    row = rows.filter(organisation__in=hospitals_read(viewer), pk=study).first()
    if row is None:
        raise Unseen(_("There is no such study, or it is not for your eyes."))
    hospital_to_keep(viewer, row.organisation_id)
    return row


def studies_hosted(viewer: Viewer) -> QuerySet[Study]:
    """Those who learn away from their house: for the house that takes them in, for their own, for
    the office that serves either; all for an auditor."""
    if not viewer.signed_in:
        return Study.objects.none()
    if viewer.holds("auditor"):
        return Study.objects.all()
    here = Q(host__in=organisations_of(viewer, "unit").values("pk"))
    return Study.objects.filter(here | Q(organisation__in=hospitals_kept(viewer)))


def base_to_keep(viewer: Viewer, base: UUID) -> Base:
    rows = Base.objects.select_related("organisation")
    row = rows.filter(organisation__in=hospitals_read(viewer), pk=base).first()
    if row is None:
        raise Unseen(_("There is no such training base, or it is not for your eyes."))
    hospital_to_keep(viewer, row.organisation_id)
    return row


def channel_to_keep(viewer: Viewer, channel: UUID) -> GreenChannel:
    """Whoever keeps the base closes its channels."""
    rows = GreenChannel.objects.select_related("base__organisation", "organisation")
    read = hospitals_read(viewer)
    seen = Q(base__organisation__in=read) | Q(organisation__in=read)
    row = rows.filter(seen, pk=channel).first()
    if row is None:
        raise Unseen(_("There is no such green channel, or it is not for your eyes."))
    if keeps(viewer, row.base.organisation_id):
        return row
    raise NotAllowed(_("The house whose base it is closes this."))


def firsts_for(viewer: Viewer) -> QuerySet[FirstTime]:
    """What a head confirmed is for everybody who is signed in; the rest for its own hospital."""
    if not viewer.signed_in:
        return FirstTime.objects.none()
    if viewer.holds("auditor"):
        return FirstTime.objects.all()
    own = Q(organisation__in=houses_kept(viewer))
    return FirstTime.objects.filter(own | Q(state=FirstTime.State.CONFIRMED))


def houses_named(viewer: Viewer) -> Any:
    """The houses that a role of this viewer names, as ids."""
    return organisations_of(viewer, "head", "recipient", "unit").order_by().values("pk")


def houses_kept(viewer: Viewer) -> QuerySet[Organisation]:
    """The houses whose firsts this viewer keeps: those of the logbooks, and a unit its own."""
    unit = Q(pk__in=organisations_of(viewer, "unit").values("pk"))
    return Organisation.objects.filter(kept_by(viewer) | unit)


def house_to_propose_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = houses_kept(viewer).select_related("area").filter(pk=organisation).first()
    if row:
        return row
    hospital_for(viewer, organisation)
    raise NotAllowed(_("The hospital’s own people, its visitors or its programme office do this."))


def decides_firsts_of(viewer: Viewer) -> QuerySet[Organisation]:
    """The houses whose firsts this viewer confirms: their head, and a sending unit its own."""
    return organisations_of(viewer, "head", "unit")


def first_for(viewer: Viewer, first: UUID) -> FirstTime:
    rows = firsts_for(viewer).select_related("organisation__area", "item", "within", "mission")
    row = rows.filter(pk=first).first()
    if row is None:
        raise Unseen(_("There is no such first, or it is not for your eyes."))
    return row


def first_to_decide(viewer: Viewer, first: UUID) -> FirstTime:
    row = first_for(viewer, first)
    if decides_firsts_of(viewer).filter(pk=row.organisation_id).exists():
        return row
    raise NotAllowed(_("A head of this house confirms its firsts."))
