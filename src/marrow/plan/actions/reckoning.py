"""What a plan reckons with: who drops out, whose visa is late, how many a hospital can spare."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.access import person_for
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, scope, to_change, touched
from marrow.plan.models import AbsenceCap, Happening, Pin

TELL = Act("tell_plan", gettext_lazy("Said what a plan reckons with"))
UNTELL = Act("untell_plan", gettext_lazy("Took back what a plan reckoned with"))
CAP = Act("set_absence_cap", gettext_lazy("Said how many people a hospital can spare"))
END = Act("end_absence_cap", gettext_lazy("Took back how many people a hospital can spare"))
Kind = Happening.Kind


def drop_out(
    *, scenario: UUID, person: UUID, reason: str, by: Viewer, at: dt.datetime,
    from_on: dt.date | None = None,
) -> Happening:  # fmt: skip
    """Somebody cannot go, or (`from_on`) only from a day on. Their pins in the plan go with it."""
    row = to_change(by, scenario)
    who = person_for(by, person)
    if not reason.strip():
        raise Refused(_("Say why."))
    told = Happening(
        id=uuid4(), scenario=row, kind=Kind.LATE if from_on else Kind.OUT, person=who,
        from_on=from_on, reason=reason.strip()[:300],
    )  # fmt: skip
    with journal(TELL, by=by, at=at, scope=scope(row)) as page:
        for pin in Pin.objects.filter(seat__team__scenario=row, person=who):
            page.remove(pin)
        page.save(told)
        touched(page, row, at)
    return told


def reckon_with_cap(
    *, scenario: UUID, unit: UUID, people: int, reason: str, by: Viewer, at: dt.datetime
) -> Happening:
    """In this plan alone a hospital spares so many more, or fewer, than it says."""
    row = to_change(by, scenario)
    of = access.unit_to_tell_of(by, unit)
    if not people or not reason.strip():
        raise Refused(_("Say how many more or fewer, and why."))
    told = Happening(
        id=uuid4(), scenario=row, kind=Kind.CAP, unit=of, people=people,
        reason=reason.strip()[:300],
    )  # fmt: skip
    with journal(TELL, by=by, at=at, scope=scope(row)) as page:
        page.save(told)
        touched(page, row, at)
    return told


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
    cap.told_by, cap.told_at = by.person, at
    with journal(CAP, by=by, at=at, scope=f"organisation:{cap.unit_id}") as page:
        page.save(cap)
    return cap


def end_absence_cap(*, cap: UUID, by: Viewer, at: dt.datetime) -> AbsenceCap:
    """The limit no longer holds; that it stood stays told."""
    row = access.cap_to_end(by, cap)
    if row.ended_on:
        raise Refused(_("This is over already."))
    row.ended_on = at.date()
    with journal(END, by=by, at=at, scope=f"organisation:{row.unit_id}") as page:
        page.save(row)
    return row
