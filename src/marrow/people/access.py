"""Who may see and keep people: their unit, the programme office above it, and they themselves.

An auditor reads service records, never what is private. Whoever may not see a person is told that
there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.accounts.models import RoleGrant
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import AREA, EVERYWHERE, PROGRAMME, Viewer
from marrow.directory.access import areas_at, areas_within
from marrow.directory.models import Organisation
from marrow.people.models import Couple, Person, Wish
from marrow.programmes.models import Programme

KEEPERS = ("office", "unit")
#: and a hospital that is helped, with those who serve there: they enter its own staff
ENTERERS = (*KEEPERS, "head", "recipient", "leader", "member")
#: roles whose holders do not act for a member of a team with the same account
OFFICES = frozenset({"office", "unit", "recipient", "head", "auditor", "admin"})
#: what higher rooms open: a leader sees the people of their own mission
ALSO_SEEN: list[Callable[[Viewer], Q]] = []
ALSO_PRIVATE: list[Callable[[Viewer, Person], bool]] = []
#: the people of the teams that an office forms
ALSO_TOLD: list[Callable[[Viewer], Q]] = []
#: a hospital that is helped enters its own staff
ALSO_ENTER: list[Callable[[Viewer, Organisation], bool]] = []


@remembered
def units_of(viewer: Viewer, *roles: str) -> QuerySet[Organisation]:
    """The units whose people these roles keep: within their organisation, area or programme."""
    if viewer.holds_everywhere(*roles):
        return Organisation.objects.all()
    held = _held(viewer, roles)
    found = Q(pk__in=[thing for _scope, thing in held])
    for path in _paths_of(held):
        found |= Q(area__in=areas_within(path))
    return Organisation.objects.filter(found)


def _held(viewer: Viewer, roles: tuple[str, ...]) -> tuple[tuple[str, UUID], ...]:
    """What limits these roles of a viewer: an organisation, an area, a programme."""
    return tuple((g.scope, g.thing) for g in viewer.grants if g.role in roles and g.thing)


def _of_units(viewer: Viewer, *roles: str) -> Q:
    """The people of the units that these roles keep. Where an area has many, each person is asked
    for their unit: a list by name is walked to its first page, and not all of it sorted for that.
    """
    held = _held(viewer, roles)
    paths = [] if viewer.holds_everywhere(*roles) else _paths_of(held)
    if not paths:
        return Q(unit__in=units_of(viewer, *roles))
    found = Q(pk__in=[thing for _scope, thing in held])
    for path in paths:
        found |= Q(area__path__startswith=path)
    return Q(Exists(Organisation.objects.filter(found, pk=OuterRef("unit"))))


def _paths_of(held: tuple[tuple[str, UUID | None], ...]) -> list[str]:
    """Of the areas, and of the programmes' senders, to which somebody is limited."""
    areas = tuple(thing for scope, thing in held if thing and scope == AREA)
    programmes = tuple(thing for scope, thing in held if thing and scope == PROGRAMME)
    paths = [area.path for area in areas_at(frozenset(areas))] if areas else []
    paths += _of_senders(programmes) if programmes else []
    return [path for path in paths if path]


@remembered
def _of_senders(programmes: tuple[UUID, ...]) -> list[str]:
    rows = Programme.objects.filter(pk__in=programmes).order_by()
    return list(rows.values_list("sender__path", flat=True))


def units_with_account(units: Iterable[UUID]) -> set[UUID]:
    """Those of these units for which somebody answers from an account of their own."""
    held = RoleGrant.objects.filter(role="unit", revoked_at=None, account__is_active=True)
    limits = tuple(held.order_by().values_list("scope", "thing").distinct())
    asked = set(units)
    if any(scope == EVERYWHERE for scope, _thing in limits):
        return asked
    found = Q(pk__in=[thing for _scope, thing in limits])
    for path in _paths_of(limits):
        found |= Q(area__path__startswith=path)
    return set(Organisation.objects.filter(found, pk__in=asked).values_list("pk", flat=True))


def people_for(viewer: Viewer) -> QuerySet[Person]:
    """The people whom this viewer may see."""
    if viewer.holds("auditor") or viewer.holds_everywhere(*KEEPERS):
        return Person.objects.all()
    found = Q(account=viewer.person) if viewer.signed_in else Q(pk__in=[])
    if viewer.holds(*KEEPERS):
        found |= _of_units(viewer, *KEEPERS)
    for opened in ALSO_SEEN:
        found |= opened(viewer)
    return Person.objects.filter(found)


def person_for(viewer: Viewer, person: UUID) -> Person:
    row = people_for(viewer).select_related("unit__area").filter(pk=person).first()
    if row is None:
        raise Unseen(_("There is no such person, or it is not for your eyes."))
    return row


@remembered
def keeps(viewer: Viewer, person: Person, *roles: str) -> bool:
    """Whether this viewer keeps the record of this person, as one of `roles`."""
    return Person.objects.filter(kept_by(viewer, *(roles or KEEPERS)), pk=person.pk).exists()


def _near(viewer: Viewer) -> Viewer:
    """The viewer without what is limited to one programme."""
    return replace(viewer, grants=tuple(g for g in viewer.grants if g.scope != PROGRAMME))


def kept_by(viewer: Viewer, *roles: str) -> Q:
    """The people whose records these roles keep. A limit to one programme reaches those whom it
    sends, not all whom its sender could send."""
    near = _near(viewer)
    found = Q(unit__in=units_of(near, *roles))
    if near.grants == viewer.grants:
        return found
    sent = Q(pk__in=[])
    for told in ALSO_TOLD:
        sent |= told(viewer)
    return found | (Q(unit__in=units_of(viewer, *roles)) & sent)


def person_to_keep(viewer: Viewer, person: UUID) -> Person:
    row = person_for(viewer, person)
    if keeps(viewer, row):
        return row
    raise NotAllowed(_("Only their unit or the programme office above it keeps this record."))


def entered_by(viewer: Viewer) -> QuerySet[Organisation]:
    """The units whose people this viewer enters. An office of one programme asks its sender's units
    for people; whom it entered there it would not keep, nor could it mend its own slip."""
    return units_of(_near(viewer), *KEEPERS)


def enters(viewer: Viewer) -> bool:
    """Whether there may be a unit whose people this viewer enters: what decides if a page offers
    to."""
    return _near(viewer).holds(*KEEPERS)


def corrects(viewer: Viewer, person: Person) -> bool:
    """Whether this viewer puts this person's record right: whoever keeps it, and who enters the
    staff of a helped hospital. What one may enter, one may also correct and take back."""
    return keeps(viewer, person) or any(opened(viewer, person.unit) for opened in ALSO_ENTER)


def person_to_correct(viewer: Viewer, person: UUID) -> Person:
    row = person_for(viewer, person)
    if corrects(viewer, row):
        return row
    raise NotAllowed(_("Only their unit or the programme office above it keeps this record."))


def may_enter_any(viewer: Viewer) -> Viewer:
    if enters(viewer):
        return viewer
    raise NotAllowed(_("An office of one programme asks units for people; they enter them."))


def may_enter(viewer: Viewer, unit: Organisation) -> Viewer:
    """Enter people of this unit."""
    if entered_by(viewer).filter(pk=unit.pk).exists():
        return viewer
    if any(opened(viewer, unit) for opened in ALSO_ENTER):
        return viewer
    raise NotAllowed(_("Only the unit itself or the programme office above it enters its people."))


def may_see_private(viewer: Viewer, person: Person) -> bool:
    """Whom to call in an emergency: the person, the programme office above them, their leader."""
    if may_see_wellbeing(viewer, person):
        return True
    return any(opened(viewer, person) for opened in ALSO_PRIVATE)


def may_see_wellbeing(viewer: Viewer, person: Person) -> bool:
    """How somebody says they are: themselves, the office above their unit, the office that sends
    them; no office of another programme, and nobody else."""
    mine = person.account is not None and person.account == viewer.person
    return mine or may_link(viewer, person)


def looked_after(viewer: Viewer) -> QuerySet[Person]:
    """Those whom this viewer's office looks after: of the units of its area or organisation, and
    those whom it sends. A limit to one programme does not reach all whom its sender could send."""
    near = tuple(g for g in viewer.grants if g.role == "office" and g.scope != PROGRAMME)
    found = Q(unit__in=units_of(replace(viewer, grants=near), "office"))
    for opened in ALSO_TOLD:
        found |= opened(viewer)
    return Person.objects.filter(found)


@remembered
def may_link(viewer: Viewer, person: Person) -> bool:
    """The office above the person's unit, or the one that sends them."""
    return looked_after(viewer).filter(pk=person.pk).exists()


def person_to_link(viewer: Viewer, person: UUID) -> Person:
    row = person_for(viewer, person)
    if may_link(viewer, row):
        return row
    raise NotAllowed(_("The programme office of the person says whose account is theirs."))


def person_who_asks(viewer: Viewer, person: UUID) -> Person:
    """The person whom an office takes this viewer for, for that viewer alone."""
    rows = Person.objects.filter(pk=person, asked_account=viewer.person)
    row = rows.select_related("unit").first() if viewer.signed_in else None
    if row is None:
        raise Unseen(_("There is no such person, or it is not for your eyes."))
    return row


def oneself_for(viewer: Viewer, person: UUID) -> Person:
    """The person, for nobody but themselves."""
    row = person_for(viewer, person)
    if row.account and row.account == viewer.person:
        return row
    raise NotAllowed(_("Only the person says how they are."))


def person_to_care_for(viewer: Viewer, person: UUID) -> Person:
    row = person_for(viewer, person)
    if may_see_private(viewer, row):
        return row
    raise NotAllowed(_("Contacts and wellbeing are for the person and those who look after them."))


def is_oneself(viewer: Viewer, person: Person) -> bool:
    return person.account is not None and person.account == viewer.person


def knows_wishes(viewer: Viewer, person: Person) -> bool:
    """Where somebody wishes to go, and with whom they are a couple: themselves, their unit, their
    programme office; not their leader, nor an auditor."""
    return is_oneself(viewer, person) or keeps(viewer, person)


def person_who_wishes(viewer: Viewer, person: UUID) -> Person:
    row = person_for(viewer, person)
    if knows_wishes(viewer, row):
        return row
    raise NotAllowed(_("The person, their unit or their programme office says this."))


def wish_to_end(viewer: Viewer, wish: UUID) -> Wish:
    row = Wish.objects.select_related("person").filter(pk=wish).first()
    if row is None or not knows_wishes(viewer, row.person):
        raise Unseen(_("There is no such wish, or it is not for your eyes."))
    return row


def sees_couple(viewer: Viewer, couple: Couple) -> bool:
    return any(knows_wishes(viewer, who) for who in (couple.one, couple.other))


def couple_to_end(viewer: Viewer, couple: UUID) -> Couple:
    row = Couple.objects.select_related("one", "other").filter(pk=couple).first()
    if row is None or not sees_couple(viewer, row):
        raise Unseen(_("There is no such couple, or it is not for your eyes."))
    if any(keeps(viewer, who) for who in (row.one, row.other)):
        return row
    raise NotAllowed(_("Their unit or the programme office above it says who is a couple."))
