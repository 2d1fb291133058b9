"""Ten years of the invented region and county: what outlived its visitors, what fell back, a
machine that broke, what still leaves. Each step is proposed by the hospital's head and signed by
both. One hospital tells of its steps a year late: what was known then is another answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from marrow.accounts.demo import persona
from marrow.capacity.actions import (
    accept_supervision,
    expect_hospital,
    offer_supervision,
    propose_step,
    receive_machine,
    sign_step,
    tell_of_machine,
    tell_presence,
)
from marrow.capacity.models import Equipment, Evidence, Expected, Presence, Step
from marrow.catalogue.demo import RECOMMENDED, SERIOUS
from marrow.catalogue.models import Item, ListMember, ListVersion, Requirement
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.demo import key_of
from marrow.directory.models import Organisation

DAY = dt.timedelta(days=1)
APART = 23 * DAY  # between two items of one hospital that climb alike
#: (level, days ago) of each step; the last of a relapse leads down
Climb = tuple[tuple[int, int], ...]
OUTLIVED: Climb = ((1, 3500), (2, 3100), (3, 2500), (4, 1900), (5, 700))
SLOW: Climb = ((1, 2300), (2, 1500), (3, 800))
FELL: Climb = ((2, 3000), (4, 1900), (2, 540))
NEW: Climb = ((1, 760), (2, 330))
LATE: Climb = ((2, 1950), (3, 1150), (4, 340))
ON_PAPER: Climb = ((2, 1500), (3, 1000), (4, 700))
WHY = "Le seul médecin formé est parti (fictif)"


@dataclass(frozen=True, slots=True)
class Told:
    """A hospital's part: how many items of a list climb, in which ways; the rest leaves."""

    hospital: str
    listing: str
    climbs: tuple[Climb, ...]
    count: int
    expected: bool
    late: int = 0  # days after a step until anybody told of it


TOLD = (
    Told(key_of("north", 1), SERIOUS, (OUTLIVED, LATE, SLOW, FELL, OUTLIVED, NEW), 18, True),
    Told(key_of("north", 2), SERIOUS, (SLOW, NEW, LATE), 9, False),
    Told(key_of("north", 3), SERIOUS, (NEW, ON_PAPER), 6, False, late=300),
    Told(key_of("county", 1), RECOMMENDED, (OUTLIVED, OUTLIVED, LATE, SLOW, FELL), 22, True),
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    for told in TOLD:
        hospital = Organisation.objects.get(pk=same_id("organisation", told.hospital))
        if not Step.objects.filter(organisation=hospital).exists():
            _hospital(told, hospital, by, at)


def _hospital(told: Told, hospital: Organisation, by: Viewer, at: dt.datetime) -> None:
    items, head = _listed(told.listing), _head(hospital)
    apart = max(1, len(items) // told.count)
    climbing = items[::apart][: told.count]
    for number, item in enumerate(climbing):
        climb = told.climbs[number % len(told.climbs)]
        _climb(hospital, head, item, climb, at - number * APART, told.late * DAY)
    if told.expected:
        _leaves(hospital, head, [i for i in items if i not in climbing], at)
        _expected(told.listing, hospital, by, at)
        _readiness(hospital, head, climbing, at)
        _from_afar(hospital, head, at)


def _from_afar(hospital: Organisation, head: Viewer, at: dt.datetime) -> None:
    """An expert has stood by one specialty for some months, and will for some more."""
    since = at - 200 * DAY
    afar = persona("demo-specialist")
    row = offer_supervision(
        organisation=hospital.pk, specialty="CARDIAC_SURGERY", from_on=since.date(),
        until_on=(at + 165 * DAY).date(), by=afar, at=since,
    )  # fmt: skip
    accept_supervision(supervision=row.pk, by=head, at=since)


def _listed(listing: str) -> list[Item]:
    """The items of the list's newest version, in its order."""
    rows = ListMember.objects.filter(version__list__key=listing).select_related("item")
    newest = max(rows.values_list("version__number", flat=True))
    return [row.item for row in rows.filter(version__number=newest).order_by("position")]


def _climb(
    hospital: Organisation, head: Viewer, item: Item, climb: Climb, at: dt.datetime,
    late: dt.timedelta,
) -> None:  # fmt: skip
    afar, before = persona("demo-specialist"), 0
    for level, ago in climb:
        then = at - ago * DAY
        down = level < before
        step = _step(hospital, item, level, then, WHY if down else "")
        shown = [] if down else [_evidence(step)]
        told = then + late
        propose_step(organisation=hospital.pk, step=step, evidence=shown, by=head, at=told)
        if not down:
            sign_step(step=step.pk, side="HEAD", by=head, at=told)
            sign_step(step=step.pk, side="REMOTE", by=afar, at=told)
        before = level


def _step(
    hospital: Organisation, item: Item, level: int, then: dt.datetime, reason: str = ""
) -> Step:
    pk = same_id("step", hospital.pk, item.pk, then.date())
    return Step(id=pk, item=item, level=level, on=then.date(), reason=reason)


def _evidence(step: Step) -> Evidence:
    return Evidence(
        id=same_id("evidence", step.pk), cases=3 + 2 * step.level, from_on=step.on - 60 * DAY,
        until_on=step.on - DAY, how="Cas du service, en équipe (fictif)",
    )  # fmt: skip


def _leaves(hospital: Organisation, head: Viewer, items: Sequence[Item], at: dt.datetime) -> None:
    """Of the rest three in four are known to leave; of one in four nobody said anything."""
    for number, item in enumerate(items):
        if number % 4:
            then = at - (1200 + number) * DAY
            step = _step(hospital, item, 0, then)
            propose_step(organisation=hospital.pk, step=step, by=head, at=then)


def _expected(listing: str, hospital: Organisation, by: Viewer, at: dt.datetime) -> None:
    if not Expected.objects.filter(list__key=listing, organisation=hospital).exists():
        since = min(v.valid_from for v in ListVersion.objects.filter(list__key=listing))
        then = dt.datetime.combine(since, dt.time(9), dt.UTC)
        expect_hospital(key=listing, organisation=hospital.pk, by=by, at=then)


def _readiness(
    hospital: Organisation, head: Viewer, items: Sequence[Item], at: dt.datetime
) -> None:
    """Of three sorts of machine that they need there is one each, and one broke this month; a
    supply ran out, and came again."""
    needs = Requirement.objects.filter(item__in=items).order_by("resource")
    machines = {one.resource: one.names for one in needs.filter(kind="EQUIPMENT")}
    for number, (machine, called) in enumerate(list(machines.items())[:3]):
        since = at - (1500 - number) * DAY
        pk = same_id("machine", hospital.pk, machine)
        row = Equipment(
            id=pk, machine=machine, label=f"{called['fr']} 1 (fictif)", installed_on=since.date(),
            tongues={"label": {
                "en": f"{called['en']} 1 (invented)", "zh": f"{called['zh']}1（虚构）",
            }},
        )  # fmt: skip
        receive_machine(organisation=hospital.pk, machine=row, by=head, at=since)
        if number == 1:
            tell_of_machine(
                equipment=pk, state="DOWN", on=(at - 21 * DAY).date(),
                words="En attente d’une pièce (fictif)", by=head, at=at - 21 * DAY,
            )  # fmt: skip
    supply = needs.filter(kind=Requirement.Kind.SUPPLY).values_list("resource", flat=True)
    for count, ago in ((0, 400), (1, 370)) if supply else ():
        then = at - ago * DAY
        told = Presence(
            id=same_id("presence", hospital.pk, then.date()), kind=Requirement.Kind.SUPPLY,
            resource=supply[0], count=count, on=then.date(),
        )  # fmt: skip
        tell_presence(organisation=hospital.pk, presence=told, by=head, at=then)


def _head(hospital: Organisation) -> Viewer:
    """The invented head of an invented hospital, who may do what such a head may."""
    who = same_id("head", hospital.pk)
    grants = (Grant("head", ORGANISATION, hospital.pk),)
    return Viewer(who, "Médecin-chef Test (fictif)", grants, via="demo")
