"""What a plan reckons with: who drops out, whose visa is late, how many a hospital can spare."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.people.access import person_for
from marrow.plan import access
from marrow.plan.actions.scenarios import (
    LAST_YEAR,
    changeable,
    prove_days,
    scope,
    to_change,
    touched,
)
from marrow.plan.actions.solving import ask_to_solve
from marrow.plan.models import AbsenceCap, Happening, Pin, PlannedTeam, Run, Scenario

TELL = Act("tell_plan", gettext_lazy("Said what a plan reckons with"))
UNTELL = Act("untell_plan", gettext_lazy("Took back what a plan reckoned with"))
CAP = Act("set_absence_cap", gettext_lazy("Said how many people a hospital can spare"))
END = Act("end_absence_cap", gettext_lazy("Took back how many people a hospital can spare"))
Kind, Why = Happening.Kind, Happening.Why


def drop_out(
    *, scenario: UUID, person: UUID, by: Viewer, at: dt.datetime, why: str = Why.OTHER,
    reason: str = "", from_on: dt.date | None = None,
) -> Happening:  # fmt: skip
    """Somebody cannot go, or (`from_on`) only from a day on. Their pins in the plan go with it.
    `why` is a code, read in each reader's language; `reason` are words as they were written. What
    is told of one person last holds; the same told twice is refused."""
    row = to_change(by, scenario)
    who = person_for(by, person)
    _prove_why(why, reason)
    if from_on:
        prove_days(from_on)
        if from_on < at.date():
            raise Refused(
                _(
                    "That day is past: whoever can leave by now need not be told of. Say a day to"
                    " come."
                )
            )
    before = list(Happening.objects.filter(scenario=row, person=who))
    if any(h.from_on == from_on for h in before):
        raise Refused(_("This plan reckons with that already: %s.") % who)
    told = Happening(
        id=uuid4(), scenario=row, kind=Kind.LATE if from_on else Kind.OUT, person=who,
        from_on=from_on, why=why, reason=reason.strip()[:300],
    )  # fmt: skip
    with journal(TELL, by=by, at=at, scope=scope(row)) as page:
        for pin in Pin.objects.filter(seat__team__scenario=row, person=who):
            page.remove(pin)
        for other in before:
            page.remove(other)
        page.save(told)
        touched(page, row, at)
    return told


def drop_out_and_mend(
    *, scenario: UUID, person: UUID, by: Viewer, at: dt.datetime, why: str = Why.OTHER,
    reason: str = "", from_on: dt.date | None = None,
) -> Run | None:  # fmt: skip
    """Somebody drops out, and the planner looks at once for the smallest change. None: it is at
    work on the plan as it was, or nobody stands in a seat yet; what was told is kept all the same,
    and the plan is mended afterwards."""
    with transaction.atomic():
        drop_out(
            scenario=scenario, person=person, why=why, reason=reason, from_on=from_on, by=by, at=at
        )
        try:
            return ask_to_solve(scenario=scenario, by=by, at=at, mends=True)
        except Refused:
            return None


def reckon_with_cap(
    *, scenario: UUID, unit: UUID, people: int, by: Viewer, at: dt.datetime,
    why: str = Why.OTHER, reason: str = "",
) -> Happening:  # fmt: skip
    """In this plan alone a hospital spares so many more, or fewer, than it says."""
    row = to_change(by, scenario)
    of = access.unit_to_tell_of(by, unit)
    if not people:
        raise Refused(_("Say how many more or fewer."))
    if not _has_limit(row, of):
        raise Refused(
            _("%s has not said how many it can spare in this time: there is nothing to count from.")
            % of
        )
    _prove_why(why, reason)
    told = Happening(
        id=uuid4(), scenario=row, kind=Kind.CAP, unit=of, people=people, why=why,
        reason=reason.strip()[:300],
    )  # fmt: skip
    with journal(TELL, by=by, at=at, scope=scope(row)) as page:
        page.save(told)
        touched(page, row, at)
    return told


def _has_limit(row: Scenario, unit: Organisation) -> bool:
    """Whether the hospital as a whole said how many it can spare, in its own words or in the plan's
    workbook."""
    told = row.facts.get("organisations", {}).get("changed", {}).get(str(unit.pk), {})
    caps = AbsenceCap.objects.filter(unit=unit, specialty="", ended_on=None)
    teams = PlannedTeam.objects.filter(scenario=row)
    times = teams.aggregate(first=Min("from_on"), last=Max("until_on"))
    start = min(times["first"] or row.from_on, row.from_on)
    end = max(times["last"] or row.until_on, row.until_on)
    within = caps.filter(from_on__lt=end, until_on__gt=start)
    return bool(told.get("absence_cap")) or within.exists()


def _prove_why(why: str, reason: str) -> None:
    if why not in Why.values or (why == Why.OTHER and not reason.strip()):
        raise Refused(_("Say why."))


def take_back_happening(*, happening: UUID, by: Viewer, at: dt.datetime) -> None:
    row = access.happening_to_plan(by, happening)
    changeable(row.scenario)
    with journal(UNTELL, by=by, at=at, scope=scope(row.scenario)) as page:
        page.remove(row)
        touched(page, row.scenario, at)


def set_absence_cap(*, cap: AbsenceCap, by: Viewer, at: dt.datetime) -> AbsenceCap:
    """A unit, or the office above it, says how many of its people can be away at once."""
    access.unit_to_tell_of(by, cap.unit_id)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if cap.specialty and cap.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    if cap.until_on <= cap.from_on:
        raise Refused(_("The time ends after it begins."))
    _prove_days_of_limit(cap)
    _prove_new(cap)
    cap.told_by, cap.told_at = by.person, at
    with journal(CAP, by=by, at=at, scope=f"organisation:{cap.unit_id}") as page:
        page.save(cap)
    return cap


FIRST_DAY = dt.date(2000, 1, 1)  # nobody plans before it: a year that begins otherwise is a slip


def _prove_days_of_limit(cap: AbsenceCap) -> None:
    if cap.from_on < FIRST_DAY or cap.until_on.year > LAST_YEAR:
        told = {"first": FIRST_DAY.year, "last": LAST_YEAR}
        raise Refused(_("Days of a limit lie in the years %(first)s to %(last)s.") % told)


def _prove_new(cap: AbsenceCap) -> None:
    """The same said twice would have to be taken back twice."""
    same = AbsenceCap.objects.filter(
        unit=cap.unit_id, specialty=cap.specialty, from_on=cap.from_on, until_on=cap.until_on,
        people=cap.people, pressure=cap.pressure, ended_on=None,
    )  # fmt: skip
    if same.exists():
        raise Refused(_("%s has said just this already, and it holds.") % cap.unit)


def end_absence_cap(*, cap: UUID, by: Viewer, at: dt.datetime) -> AbsenceCap:
    """The limit no longer holds; that it stood stays told."""
    row = access.cap_to_end(by, cap)
    if row.ended_on:
        raise Refused(_("This is over already."))
    row.ended_on = at.date()
    with journal(END, by=by, at=at, scope=f"organisation:{row.unit_id}") as page:
        page.save(row)
    return row
