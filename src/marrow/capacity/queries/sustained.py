"""What is asked of hospitals when their visitors have gone, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from marrow.accounts.queries import names_of
from marrow.capacity.models import Step, SustainedCheck
from marrow.capacity.queries.house import (
    Service,
    answers_at,
    house_of,
    service_at,
    signers_at,
    steps_at,
)
from marrow.capacity.rules import sustained
from marrow.capacity.rules.care import Spell
from marrow.capacity.rules.ladder import ALONE, level_on
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.sustained import Stay
from marrow.catalogue.models import Item
from marrow.directory.models import Organisation
from marrow.missions.models import Mission, Site
from marrow.teams.models import Assignment


@dataclass(frozen=True, slots=True)
class Check:
    """One question: months after a team left, does the hospital still do this alone?"""

    organisation: UUID
    item: Item
    mission: Mission
    months: int
    left_on: dt.date
    due_on: dt.date
    answer: SustainedCheck | None
    fell_on: dt.date | None = None  # since when the ladder says that locals do it alone no more

    def waits(self, today: dt.date) -> bool:
        """Whether it is asked: not where the ladder has fallen since, which answers it."""
        fell = self.fell_on is not None and self.fell_on <= today
        return self.answer is None and self.due_on <= today and not fell

    def late(self, today: dt.date) -> bool:
        return self.waits(today) and sustained.late(self.due_on, today)


def checks_of(hospitals: Collection[UUID]) -> list[Check]:
    """Every check of these hospitals, those still to come too, in the order of their days."""
    asked = _asked_of(_stays(hospitals), _steps(hospitals))
    if not asked:
        return []
    items = Item.objects.in_bulk([one[1] for one in asked])
    missions = Mission.objects.in_bulk([UUID(one[2]) for one in asked])
    answers = SustainedCheck.objects.filter(organisation__in=hospitals)
    return _checks(asked, items, missions, answers)


def checks_at(hospital: UUID) -> list[Check]:
    """The same of one hospital, from what its page reads anyway."""
    house = steps_at(hospital)
    own = [step for step in house.held() if step.organisation_id == hospital]
    service = service_at(house_of({hospital}))
    asked = _asked_of(_stays_at(hospital, service), _reached(own))
    if not asked:
        return []
    items = {step.item_id: step.item for step in own}
    return _checks(asked, items, service.missions, answers_at(hospital))


def _checks(
    asked: Iterable[Asked], items: Mapping[UUID, Item], missions: Mapping[UUID, Mission],
    answered: Iterable[SustainedCheck],
) -> list[Check]:  # fmt: skip
    answers = {(a.organisation_id, a.item_id, a.mission_id, a.months): a for a in answered}
    found = [
        Check(hospital, items[item], missions[UUID(team)], months, left, due,
              answers.get((hospital, item, UUID(team), months)), fell)
        for hospital, item, team, months, left, due, fell in asked
    ]  # fmt: skip
    return sorted(found, key=lambda c: (c.due_on, c.item.search, c.months))


def check_of(hospital: Organisation, item: str, mission: UUID, months: int) -> Check | None:
    """The check that is named so; None where nothing like it is asked."""
    named = (
        c for c in checks_of([hospital.pk])
        if (c.item.key, c.mission.pk, c.months) == (item, mission, months)
    )  # fmt: skip
    return next(named, None)


MOST_ANSWERS = 40


@dataclass(frozen=True, slots=True)
class Answered:
    """What a hospital answered, and the name of whose word it was; '' of one who is gone."""

    check: SustainedCheck
    who: str


def answers_of(hospital: Organisation) -> list[Answered]:
    """The newest first."""
    found = answers_at(hospital.pk)[:MOST_ANSWERS]
    who = (one.answered_by for one in found)
    names = names_of(who, signers_at(hospital.pk)) if found else {}
    return [Answered(one, names.get(one.answered_by, "")) for one in found]


def open_checks(hospitals: Collection[UUID], today: dt.date) -> list[Check]:
    """Those that wait for an answer today."""
    return [c for c in checks_of(hospitals) if c.waits(today)]


def said_no_longer(
    hospitals: Collection[UUID] | QuerySet[Organisation], item: Item | None = None,
    by: dt.datetime | None = None,
) -> list[SustainedCheck]:  # fmt: skip
    """The last answer of each hospital and item that says "no longer" while the ladder still says
    "done alone": no step down was signed since, and no later check said that it is done; by a
    moment, None is now."""
    here = {"organisation": OuterRef("organisation"), "item": OuterRef("item")}
    steps = Step.objects.filter(**here, state=Step.State.HOLDS)
    steps = steps.filter(held_at__lte=by) if by else steps
    fell = steps.filter(held_at__gte=OuterRef("answered_at"), level__lt=F("before"))
    later = SustainedCheck.objects.filter(**here, answered_at__gt=OuterRef("answered_at"))
    stands = steps.order_by("-on", "-held_at").values("level")[:1]
    rows = SustainedCheck.objects.filter(organisation__in=hospitals, still=False)
    if by is not None:
        later, rows = later.filter(answered_at__lte=by), rows.filter(answered_at__lte=by)
    if item is not None:
        rows = rows.filter(item=item)
    rows = rows.annotate(stands=Subquery(stands)).filter(
        ~Exists(fell), ~Exists(later), stands__gte=ALONE
    )
    return list(rows.select_related("organisation", "item", "mission"))


ASKED_FOR = dt.timedelta(days=430)  # after the visitors left: then the last one is late too


def late_checks(
    hospitals: QuerySet[Organisation], today: dt.date
) -> list[tuple[Organisation, Check]]:
    """Those that should have been answered weeks before, the longest first."""
    gone = Assignment.objects.filter(ended_on__gte=today - ASKED_FOR, ended_on__lte=today)
    able = Step.objects.filter(state=Step.State.HOLDS, level__gte=ALONE)
    left = hospitals.filter(
        pk__in=Site.objects.filter(mission__in=gone.values("seat__mission")).values("organisation")
    )
    asked = {h.pk: h for h in left.filter(pk__in=able.values("organisation"))}
    found = checks_of(list(asked)) if asked else []
    return [(asked[c.organisation], c) for c in found if c.late(today)]


Key = tuple[UUID, str]  # hospital, specialty
Of = dict[UUID, list[Reached]]  # item → its steps


def _stays(hospitals: Collection[UUID]) -> dict[Key, list[Stay]]:
    """Who served at a hospital in a specialty: at the seat's site, else at all of the team's."""
    rows = Assignment.objects.exclude(started_on=None).exclude(seat__specialty="")
    own = rows.filter(seat__site__organisation__in=hospitals).annotate(
        place=F("seat__site__organisation")
    )
    shared = rows.filter(
        Q(seat__site=None) | Q(seat__site__organisation=None),
        seat__mission__sites__organisation__in=hospitals,
    ).annotate(place=F("seat__mission__sites__organisation"))
    columns = ("place", "seat__specialty", "seat__mission", "started_on", "ended_on")
    told = own.values_list(*columns).union(shared.values_list(*columns), all=True)
    found: dict[Key, list[Stay]] = defaultdict(list)
    for place, specialty, mission, start, end in told:
        if start is not None:
            found[place, specialty].append(Stay(str(mission), Spell(start, end)))
    return found


def _stays_at(hospital: UUID, service: Service) -> dict[Key, list[Stay]]:
    """The same of one hospital, from what is read already."""
    of = {site: place for site, _mission, place, _since in service.sites}
    here = Counter(mission for _s, mission, place, _since in service.sites if place == hospital)
    found: dict[Key, list[Stay]] = defaultdict(list)
    for mission, specialty, site, _until, start, end in service.served:
        place = of.get(site) if site else None
        times = int(place == hospital) if place else here[mission]
        if start is not None and specialty:
            found[hospital, specialty] += [Stay(str(mission), Spell(start, end))] * times
    return found


def _reached(steps: Iterable[Step]) -> dict[Key, Of]:
    """The steps of one hospital in the order in which they were signed."""
    found: dict[Key, Of] = defaultdict(lambda: defaultdict(list))
    told = sorted(steps, key=lambda s: s.held_at or s.proposed_at)
    for order, step in enumerate(told):
        key = step.organisation_id, step.item.specialty
        found[key][step.item_id].append(Reached(step.level, step.on, order))
    return found


def _steps(hospitals: Collection[UUID]) -> dict[Key, Of]:
    rows = Step.objects.filter(organisation__in=hospitals, state=Step.State.HOLDS)
    found: dict[Key, Of] = defaultdict(lambda: defaultdict(list))
    told = rows.order_by("held_at").values_list(
        "organisation", "item__specialty", "item", "level", "on"
    )
    for order, (hospital, specialty, item, level, on) in enumerate(told):
        found[hospital, specialty][item].append(Reached(level, on, order))
    return found


#: hospital, item, team, months, left, due, since when it is no longer done alone
Asked = tuple[UUID, UUID, str, int, dt.date, dt.date, dt.date | None]


def _asked_of(stays: Mapping[Key, list[Stay]], steps: Mapping[Key, Of]) -> list[Asked]:
    return [one for key, of in stays.items() for one in _asked(key, of, steps.get(key, {}))]


def _asked(key: Key, stays: Iterable[Stay], steps: Of) -> Iterator[Asked]:
    """Of what locals did alone when the visitors left: hospital, item, team, months, left, due, and
    since when it is no longer done alone."""
    known = list(stays)
    for team, left in sustained.departures(known):
        for item, reached in steps.items():
            if (level_on(reached, left) or 0) >= ALONE:
                for months, due in sustained.asked(left, known):
                    yield key[0], item, team, months, left, due, _fell_on(reached)


def _fell_on(reached: Iterable[Reached]) -> dt.date | None:
    """The day of the last step, where it led below "done alone"."""
    last = max(reached, key=lambda one: (one.on, one.order))
    return last.on if last.level < ALONE else None
