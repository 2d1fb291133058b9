"""What a hospital’s page shows: its ladder over the years, what waits, what it rests on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.accounts.queries import as_signed
from marrow.activity.models import Deed
from marrow.capacity import access
from marrow.capacity.models import Evidence, Step, StepSignature
from marrow.capacity.queries.fragile import RestsOn, rests_on
from marrow.capacity.queries.house import (
    LIVE,
    lost_its_evidence,
    signers_at,
    steps_at,
    was_declined,
)
from marrow.capacity.queries.lacking import Lack, lacks_of
from marrow.capacity.queries.measure import world_for
from marrow.capacity.queries.sustained import Check, checks_at
from marrow.capacity.rules.care import Care, Held, World, is_ready, stairs, stands, turns_of
from marrow.capacity.rules.ladder import ALONE, TEACHES, VISITOR_DOES, lacks_of_step
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.directory.queries import counted_as_one_with

State = Step.State
MOST_WAITING = 200
MOST_DECLINED = 20
MOST_YEARS = 7  # columns of a ladder


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a hospital stands for an item, since when, and the steps that led there."""

    item: Item
    now: Step
    steps: list[Step]
    years: list[int | None] = field(default_factory=list)  # the level on each day of the columns
    rests: RestsOn | None = None  # of what is done alone
    check: Check | None = None
    late: bool = False  # the check should have been answered weeks before
    ready: bool = True  # nothing that it needs is missing, as far as anybody told
    lacks: list[Lack] = field(default_factory=list)  # what suspends it
    lost: bool = False  # nothing that showed its step counts any more
    care: Care = Care.NOT_ASSESSED  # what the measure says of it on the day that is asked about

    @property
    def done(self) -> bool:
        """It is done here that day: by locals alone, or with visitors who stand by."""
        return self.care in (Care.BY_LOCALS, Care.WITH_VISITORS)

    @property
    def fell(self) -> bool:
        """The last step led down: a relapse is shown as one."""
        return self.now.before is not None and self.now.level < self.now.before

    @property
    def not_ready(self) -> bool:
        """It is done here, with visitors or alone, and today it cannot be: something that it needs
        is missing."""
        return self.now.level >= VISITOR_DOES and not self.ready


Ladder = list[tuple[str, list[Rung]]]


def ladder_of(hospital: Organisation, on: dt.date) -> Ladder:
    """By specialty, every item on which the hospital was assessed by that day."""
    return _by_specialty([_rung(steps) for steps in _by_item(hospital, on)])


@dataclass(frozen=True, slots=True)
class Can:
    """How many items of a specialty a hospital does on a day: those of them that locals do alone
    and those that are done with visitors, by the measure."""

    specialty: str  # its code
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class InShort:
    """What a hospital can do on a day; which steps wait for signatures; whether it was ever
    assessed by then."""

    can: list[Can]
    waiting: list[Step]
    assessed: bool


def in_short(hospital: Organisation, on: dt.date) -> InShort:
    rungs = [_rung(steps) for steps in _by_item(hospital, on)]
    return InShort(what_it_can_do(hospital, rungs, on), waiting_at(hospital), bool(rungs))


def what_it_can_do(hospital: Organisation, rungs: list[Rung], on: dt.date) -> list[Can]:
    """By specialty; one in which nothing is done that day is left out."""
    held = _world(hospital, rungs).held
    done = [
        rung for rung in rungs if _is_done(held.get((str(hospital.pk), str(rung.item.pk))), on)
    ]  # fmt: skip
    counts = Counter(rung.item.specialty for rung in done)
    return [Can(code, specialty_name(code), count) for code, count in counts.items()]


def _world(hospital: Organisation, rungs: Iterable[Rung]) -> World:
    items = {rung.item.pk for rung in rungs}
    return world_for(hospital.pk, [s for s in steps_at(hospital.pk).held() if s.item_id in items])


def _is_done(held: Held | None, on: dt.date) -> bool:
    return stands(held or Held(), on) in (Care.BY_LOCALS, Care.WITH_VISITORS)


def only_done(ladder: Ladder, specialty: str) -> Ladder:
    """Of a ladder what is done that day in one specialty: the rows behind the number."""
    found = [(name, [r for r in rungs if r.done]) for name, rungs in ladder]
    return [(n, rs) for n, rs in found if rs and rs[0].item.specialty == specialty]


def _by_item(hospital: Organisation, on: dt.date) -> list[list[Step]]:
    """Of each item the steps that hold and were reached by that day."""
    rows = [step for step in steps_at(hospital.pk).held() if step.on <= on]
    return [list(steps) for _item, steps in groupby(rows, key=lambda s: s.item_id)]


def _by_specialty(rungs: Iterable[Rung]) -> Ladder:
    by = groupby(rungs, key=lambda r: r.item.specialty)
    return [(specialty_name(code), list(found)) for code, found in by]


def _rung(steps: list[Step]) -> Rung:
    steps.sort(key=lambda s: (s.on, s.held_at))
    return Rung(steps[-1].item, steps[-1], steps)


@dataclass(frozen=True, slots=True)
class Story:
    """A hospital’s ladder on a day, with the columns of years that led there."""

    days: list[dt.date]
    ladder: Ladder
    curve: Curve | None
    first: dt.date | None  # the day of its first step


@dataclass(frozen=True, slots=True)
class Curve:
    """On each day on which it changed how many items locals did alone and how many were done with
    visitors; moments to mark."""

    days: list[dt.date]
    locals: list[int]
    visitors: list[int]
    first_alone: dt.date | None
    teaches: dt.date | None
    left: dt.date | None  # when the last visitors of a specialty left


def story_of(hospital: Organisation, on: dt.date) -> Story:
    """All that the page of a hospital tells of its ladder, as of a day."""
    found = _by_item(hospital, on)
    first = min((s.on for steps in found for s in steps), default=None)
    if first is None:
        return Story([], [], None, None)
    days = columns(first, on)
    plainly = [_rung(steps) for steps in found]
    checks, world = checks_at(hospital.pk), _world(hospital, plainly)
    alone = [r for r in plainly if r.now.level >= ALONE]
    rests = rests_on([(hospital.pk, r.item.pk) for r in alone], on, world)
    rungs = []
    for plain in plainly:
        held = world.held.get((str(hospital.pk), str(plain.item.pk)))
        check = _telling(checks, plain.item, on)
        rungs.append(
            Rung(
                plain.item, plain.now, plain.steps, [_level_on(plain.steps, day) for day in days],
                rests.get((hospital.pk, plain.item.pk)),
                check, bool(check and check.late(on)),
                held is None or is_ready(held, on), care=stands(held or Held(), on),
            )
        )  # fmt: skip
    lacks = lacks_of([(hospital.pk, r.item.pk) for r in rungs if r.not_ready], on, world)
    lost = steps_at(hospital.pk).lost
    rungs = [
        replace(r, lacks=lacks.get((hospital.pk, r.item.pk), []), lost=r.now.pk in lost)
        for r in rungs
    ]
    every = [s for r in rungs for s in r.steps]
    drawn, by_locals, with_visitors = stairs(turns_of(world).values(), year_of(first), on)
    shown = Curve(
        drawn, by_locals, with_visitors,
        min((s.on for s in every if s.level >= ALONE), default=None),
        min((s.on for s in every if s.level >= TEACHES), default=None),
        max((c.left_on for c in checks if c.left_on <= on), default=None),
    )  # fmt: skip
    return Story(days, _by_specialty(rungs), shown, first)


def columns(first: dt.date, on: dt.date) -> list[dt.date]:
    """Ends of years from the first step to the day that is asked about, at most seven."""
    years = list(range(first.year, on.year))
    apart = -(-len(years) // (MOST_YEARS - 1)) if years else 1
    return [dt.date(year, 12, 31) for year in years[::-1][::apart][::-1]] + [on]


def year_of(first: dt.date) -> dt.date:
    """Where a line begins: with the year of the first step."""
    return dt.date(first.year, 1, 1)


def _level_on(steps: Sequence[Step], day: dt.date) -> int | None:
    begun = [s for s in steps if s.on <= day]
    return begun[-1].level if begun else None


def _telling(checks: Iterable[Check], item: Item, on: dt.date) -> Check | None:
    """Of an item's checks the one to tell: the first that waits, else the last answered, else the
    next to come."""
    own = [c for c in checks if c.item.pk == item.pk and c.left_on <= on]
    waits = [c for c in own if c.waits(on)]
    answered = [c for c in own if c.answer]
    if waits:
        return waits[0]
    if answered:
        return answered[-1]
    return next((c for c in own if c.due_on > on), None)


def waiting_at(hospital: Organisation) -> list[Step]:
    return steps_at(hospital.pk).waiting()


def step_that_waits(hospital: Organisation, item: Item) -> Step | None:
    return Step.objects.filter(organisation=hospital, item=item, state=State.PROPOSED).first()


def steps_to_sign(viewer: Viewer) -> list[tuple[Step, str]]:
    """Steps that wait for this viewer's signature, with the side for which they would sign."""
    rows = Step.objects.filter(state=State.PROPOSED).select_related("item", "organisation")
    steps = list(
        rows.prefetch_related("signatures", "evidence__deed").order_by("proposed_at")[:200]
    )
    sides = access.sides_to_sign(viewer, steps)
    offered = ((row, _side(viewer, row, sides[row.pk])) for row in steps)
    return [(row, side) for row, side in offered if side]


def side_to_sign(viewer: Viewer, row: Step) -> str:
    """The side for which this viewer can sign this step now; '' where there is none."""
    return _side(viewer, row, access.sides_to_sign(viewer, [row])[row.pk])


def _side(viewer: Viewer, row: Step, sides: Collection[str]) -> str:
    signed = list(row.signatures.all())
    if row.state != State.PROPOSED or any(s.signer == viewer.person for s in signed):
        return ""
    lacks = lacking(row)
    if "EVIDENCE" in lacks:
        return ""  # no signature mends that
    wanted = {"HEAD": ("HEAD",), "EXPERT": ("VISITOR", "REMOTE"), "ONE": ("HEAD", "OFFICE")}
    return next((s for lack in lacks for s in wanted.get(lack, ()) if s in sides), "")


def lacking(row: Step) -> list[str]:
    """What a step that waits still needs, as codes of the ladder's rules."""
    signed = {s.side for s in row.signatures.all()}
    found = sum(e.cases for e in row.evidence.all() if e.counts)
    return lacks_of_step(row.before, row.level, signed, evidence=found, reason=row.reason)


def signatures_of(row: Step) -> list[StepSignature]:
    """Each with its name in the reader's language, where the account has it in several."""
    rows = list(row.signatures.order_by("signed_at"))
    names = as_signed((s.signer, s.signer_name) for s in rows)
    for one in rows:
        one.signer_name = names[one.signer, one.signer_name]
    return rows


DECLINED_FOR = dt.timedelta(days=180)  # so long it is told to who proposed it


def declined_at(hospital: Organisation) -> list[Step]:
    return _named(steps_at(hospital.pk).declined()[:MOST_DECLINED], signers_at(hospital.pk))


def _lost(hospitals: Collection[UUID] | QuerySet[Organisation]) -> Q:
    return Q(organisation__in=hospitals) & lost_its_evidence()


def lost_evidence(hospitals: Collection[UUID] | QuerySet[Organisation]) -> list[Step]:
    return list(Step.objects.filter(_lost(hospitals)).select_related("item"))


def came_back(
    viewer: Viewer, hospitals: QuerySet[Organisation], today: dt.date
) -> tuple[list[Step], list[Step]]:
    """By one question, for the office that is asked for everything: the steps at these hospitals
    that lost their evidence; and what this viewer proposed and somebody else declined lately, the
    newest first."""
    lately = Q(proposed_by=viewer.person, ended_at__date__gte=today - DECLINED_FOR)
    mine = was_declined() & lately & ~Q(ended_by=viewer.person)
    rows = Step.objects.filter(_lost(hospitals) | mine).order_by("-ended_at")
    found = list(rows.select_related("item", "organisation"))
    lost = [one for one in found if one.state in LIVE]
    return lost, _named([one for one in found if one.state not in LIVE][:MOST_DECLINED])


def _named(steps: Iterable[Step], among: Iterable[UUID] = ()) -> list[Step]:
    """With the name of who declined in the reader's language, where the account has it."""
    found = list(steps)
    names = as_signed(((one.ended_by, one.ended_name) for one in found if one.ended_by), among)
    for one in found:
        if one.ended_by:
            one.ended_name = names.get((one.ended_by, one.ended_name), one.ended_name)
    return found


def evidence_of(row: Step) -> list[Evidence]:
    return list(row.evidence.select_related("deed").order_by("from_on"))


MOST_DEEDS = 40


def deeds_to_choose(hospital: Organisation, item: Item) -> list[tuple[UUID, str]]:
    """Records of the item done at the hospital first, then those of its specialty that name no
    item; the newest first."""
    of_it = Q(item=item) | Q(item=None, specialty=item.specialty)
    one = counted_as_one_with(hospital.pk)
    rows = Deed.objects.filter(of_it, organisation__in=one, void_reason="")
    rows = rows.order_by(F("item").asc(nulls_last=True), "-held_on")[:MOST_DEEDS]
    return [(row.pk, _as_evidence(row)) for row in rows]


def _as_evidence(row: Deed) -> str:
    told = f"{row}, {row.with_whom}".rstrip(", ")
    return told if row.item_id else _("%s (its technique was not told)") % told


def evidence_of_deeds(deeds: Collection[UUID]) -> list[Evidence]:
    """What these records tell, as evidence of a step; not yet written."""
    return [
        Evidence(
            id=uuid4(), cases=row.count, from_on=row.held_on, until_on=row.held_on, deed=row,
            how=f"{row.get_kind_display()} {row.with_whom}".strip()[:200],
        )
        for row in Deed.objects.filter(pk__in=deeds).order_by("held_on")
    ]  # fmt: skip
