"""Ten years of the invented region and county: what outlived its visitors, what fell back, a
machine that broke, what still leaves. Teams come, teach and leave; each step is proposed by the
hospital's head and signed by both: the leader of the team that is there then, else an expert from
afar. One hospital tells of its steps a year late: what was known then is another answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from marrow.accounts.demo import persona
from marrow.capacity.actions import (
    accept_supervision,
    answer_check,
    expect_hospital,
    offer_supervision,
    propose_step,
    receive_machine,
    sign_step,
    tell_of_machine,
    tell_presence,
)
from marrow.capacity.demo import visits
from marrow.capacity.demo.visits import Bench, Visit
from marrow.capacity.models import Equipment, Evidence, Expected, Presence, Step, SustainedCheck
from marrow.capacity.queries import checks_of
from marrow.capacity.rules.ladder import ALONE, VISITOR_DOES
from marrow.catalogue.demo import RECOMMENDED, SERIOUS
from marrow.catalogue.models import Item, ListMember, ListVersion, Requirement
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.demo import key_of
from marrow.directory.models import Organisation
from marrow.programmes.models import Programme

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
OURS = "Par nos équipes (fictif)"


@dataclass(frozen=True, slots=True)
class Told:
    """A hospital's part: how many items of a list climb, in which ways; the rest leaves."""

    hospital: str
    listing: str
    climbs: tuple[Climb, ...]
    count: int
    expected: bool
    late: int = 0  # days after a step until anybody told of it
    #: days ago on which a team came, each to be relieved by the next; the last day one left
    teams: tuple[int, ...] = ()
    programme: str = "demonstration-testland"


TOLD = (
    Told(key_of("north", 1), SERIOUS, (OUTLIVED, LATE, SLOW, FELL, OUTLIVED, NEW), 18, True,
         teams=(3920, 3180, 2450, 1720, 700)),
    Told(key_of("north", 2), SERIOUS, (SLOW, NEW, LATE), 9, False, teams=(2540, 1610, 720)),
    Told(key_of("north", 3), SERIOUS, (NEW, ON_PAPER), 6, False, late=300, teams=(1640, 660)),
    Told(key_of("county", 1), RECOMMENDED, (OUTLIVED, OUTLIVED, LATE, SLOW, FELL), 22, True,
         teams=(3990, 3210, 2470, 1740, 690), programme="demonstration-county"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A step as it was reached, and when somebody told of it; `down` is a relapse."""

    told: dt.datetime
    item: Item
    level: int
    on: dt.datetime
    down: bool


def fill(by: Viewer, at: dt.datetime) -> None:
    bench = visits.bench()
    for told in TOLD:
        hospital = Organisation.objects.get(pk=same_id("organisation", told.hospital))
        if not Step.objects.filter(organisation=hospital).exists():
            with transaction.atomic():  # its hundreds of acts are numbered at once
                _hospital(told, hospital, bench, by, at)


def _hospital(
    told: Told, hospital: Organisation, bench: Bench, by: Viewer, at: dt.datetime
) -> None:
    items, head = _listed(told.listing), _head(hospital)
    apart = max(1, len(items) // told.count)
    climbing = items[::apart][: told.count]
    events = _events(told, climbing, at)
    _Life(hospital, head, bench, by).live(events, _visits(told, hospital, events, at))
    _still_done(hospital, at)
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


def _events(told: Told, climbing: Sequence[Item], at: dt.datetime) -> list[Event]:
    """Every step of every item, in the order in which they are told."""
    found = []
    for number, item in enumerate(climbing):
        before, today = 0, at - number * APART
        for level, ago in told.climbs[number % len(told.climbs)]:
            then = today - ago * DAY
            found.append(Event(then + told.late * DAY, item, level, then, level < before))
            before = level
    return sorted(found, key=lambda e: e.told)


def _visits(
    told: Told, hospital: Organisation, events: Sequence[Event], at: dt.datetime
) -> list[Visit]:
    """The teams, each with the specialties in which there was something to teach then."""
    programme, found = Programme.objects.get(key=told.programme), []
    for number, (came, gone) in enumerate(pairwise(told.teams), 1):
        first, last = at - came * DAY, at - gone * DAY
        taught = _taught(events, first, last)
        lead = number * 5 % len(taught)  # another specialty leads each time
        more = visits.BESIDE if number < len(told.teams) - 1 else 0
        found.append(
            Visit(
                programme, hospital, number, first, last + more * DAY,
                taught[lead:] + taught[:lead],
            )
        )  # fmt: skip
    return found


def _taught(events: Sequence[Event], first: dt.datetime, last: dt.datetime) -> list[str]:
    """Of which specialties something was done with help between two moments, or reached."""
    levels: dict[Item, int] = {}
    needed = {e.item.specialty for e in events if first <= e.on < last and not e.down}
    for event in sorted(events, key=lambda e: e.on):
        if event.on < first:
            levels[event.item] = event.level
    helped = {i.specialty for i, level in levels.items() if VISITOR_DOES <= level < ALONE}
    return sorted(needed | helped)


@dataclass(slots=True)
class _Life:
    """A hospital through the years: teams that come and go, and what is reached meanwhile."""

    hospital: Organisation
    head: Viewer
    bench: Bench
    by: Viewer
    here: Visit | None = None
    afar: Viewer | None = None

    def live(self, events: Sequence[Event], teams: Sequence[Visit]) -> None:
        waiting = list(teams)
        for event in events:
            self._until(event.told, waiting, teams)
            self._step(event, teams)
        self._until(teams[-1].left, waiting, teams)

    def _until(self, then: dt.datetime, waiting: list[Visit], teams: Sequence[Visit]) -> None:
        """Let the teams come and go that do so up to a moment."""
        while waiting and waiting[0].came <= then:
            coming = waiting.pop(0)
            visits.arrive(coming, self.bench, self.by)
            if self.here:
                visits.leave(self.here, coming, _speaks(self.hospital))
            self.here = coming
        if self.here is teams[-1] and self.here.left <= then:
            visits.leave(self.here, None, _speaks(self.hospital))
            self.afar, self.here = visits.stand_by(self.here, self.by), None

    def _step(self, event: Event, teams: Sequence[Visit]) -> None:
        step = _step(self.hospital, event.item, event.level, event.on, WHY if event.down else "")
        with_them = [t for t in teams if t.arrived and t.came <= event.on < t.left]
        step.mission = with_them[-1].mission if with_them and not event.down else None
        shown = [] if event.down else [_evidence(step)]
        told = event.told
        propose_step(
            organisation=self.hospital.pk, step=step, evidence=shown, by=self.head, at=told
        )
        if event.down:
            return
        sign_step(step=step.pk, side="HEAD", by=self.head, at=told)
        if self.here:
            sign_step(step=step.pk, side="VISITOR", by=self.here.leader, at=told)
        else:
            expert = self.afar or persona("demo-specialist")
            sign_step(step=step.pk, side="REMOTE", by=expert, at=told)


def _still_done(hospital: Organisation, at: dt.datetime) -> None:
    """What was asked after the teams had left was answered in its week."""
    for one in checks_of([hospital.pk]):
        then = dt.datetime.combine(one.due_on, dt.time(9), dt.UTC) + 5 * DAY
        if then <= at:
            answer = SustainedCheck(still=True, cases=6 + one.months, words=OURS)
            answer_check(
                organisation=hospital.pk, item=one.item.key, mission=one.mission.pk,
                months=one.months, answer=answer, by=_speaks(hospital), at=then,
            )  # fmt: skip


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
    needs = Requirement.objects.filter(item__in=items, until_on=None).order_by("resource")
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
    return Viewer(who, "Fatou Test", grants, via="demo")


def _speaks(hospital: Organisation) -> Viewer:
    """Who answers and signs for an invented hospital."""
    grants = (Grant("recipient", ORGANISATION, hospital.pk),)
    who = same_id("recipient", hospital.pk)
    return Viewer(who, "Ibrahima Test", grants, via="demo")
