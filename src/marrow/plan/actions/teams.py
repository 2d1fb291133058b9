"""Teams and seats of a plan are added, moved and dropped; seats are pinned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.access import organisation_for
from marrow.missions.models import Mission
from marrow.people.access import person_for
from marrow.people.actions.wording import prove_no_patient
from marrow.people.rules.fitting import LEVELS
from marrow.people.rules.languages import LANGUAGES
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, prove_days, scope, to_change, touched
from marrow.plan.models import Pin, Placing, PlannedSeat, PlannedTeam
from marrow.plan.queries.pinning import against_pin
from marrow.plan.rules.facts import SEAT_FIELDS, without
from marrow.programmes.access import may_change, programme_for

ADD = Act("add_planned_team", gettext_lazy("Added a team to a plan"))
MOVE = Act("move_planned_team", gettext_lazy("Moved a team in a plan"))
DROP = Act("drop_planned_team", gettext_lazy("Took a team out of a plan"))
SEAT = Act("add_planned_seat", gettext_lazy("Added a seat to a plan"))
CHANGE = Act("change_planned_seat", gettext_lazy("Changed a seat in a plan"))
UNSEAT = Act("drop_planned_seat", gettext_lazy("Took a seat out of a plan"))
PIN = Act("pin_seat", gettext_lazy("Pinned a seat in a plan"))
UNPIN = Act("unpin_seat", gettext_lazy("Took a pin away"))
MOST_SEATS = 60
OF_A_SEAT = ("role", "specialty", "grade", "languages", "weight")


def add_planned_team(  # noqa: PLR0913  a team is all of these
    *, scenario: UUID, programme: str, title: str, kind: str, from_on: dt.date, until_on: dt.date,
    seats: Sequence[tuple[str, int]], by: Viewer, at: dt.datetime, recipient: UUID | None = None,
    minimum: int = 1, leader: bool = False, language: str = "",
) -> PlannedTeam:  # fmt: skip
    """Add a team that is no batch, as one for an outbreak: `seats` are specialties, each with how
    many; all are critical. With fewer than `minimum` it does not go, nor without somebody who can
    lead or who speaks the language fluently where that is asked. `recipient` is its hospital."""
    row = to_change(by, scenario)
    of = programme_for(programme)
    may_change(by, of)
    if kind not in Mission.Kind.values or not title.strip():
        raise Refused(_("Say what kind of team it is, and what it is called."))
    prove_days(from_on, until_on)
    if until_on <= from_on:
        raise Refused(_("A team comes home after it leaves."))
    size = sum(count for _code, count in seats)
    if not 0 < size <= MOST_SEATS:
        raise Refused(_("A team has from 1 to 60 seats."))
    if not 0 < minimum <= size:
        raise Refused(_("The team has fewer seats than that."))
    if language and language not in LANGUAGES:
        raise Refused(_("Choose a language and a level from the list."))
    hats = ["leader"] * leader + ["language"] * bool(language)
    team = PlannedTeam(
        id=uuid4(), scenario=row, code=_code(row.pk), programme=of, title=title.strip()[:120],
        kind=kind, from_on=from_on, until_on=until_on, overlap_days=0, minimum=minimum, hats=hats,
        language=language, recipient=organisation_for(recipient) if recipient else None,
    )  # fmt: skip
    wanted = [code for code, count in seats for _n in range(count)]
    rows = [
        PlannedSeat(
            id=uuid4(), team=team, code=f"{team.code}-{n:02}", role="EXPERT", specialty=code,
            weight=PlannedSeat.Weight.CRITICAL,
        )
        for n, code in enumerate(wanted, start=1)
    ]  # fmt: skip
    for seat in rows:
        _prove(seat)
    with journal(ADD, by=by, at=at, scope=scope(row)) as page:
        page.save(team)
        page.save_all(rows)
        touched(page, row, at)
    return team


def _code(scenario: UUID) -> str:
    taken = set(PlannedTeam.objects.filter(scenario=scenario).values_list("code", flat=True))
    return next(f"T{n}" for n in range(1, len(taken) + 2) if f"T{n}" not in taken)


def _prove(seat: PlannedSeat) -> None:
    if seat.specialty and seat.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    for language, level in seat.languages.items():
        if language not in LANGUAGES or level not in LEVELS:
            raise Refused(_("Choose a language and a level from the list."))
    if seat.weight not in PlannedSeat.Weight.values:
        raise Refused(_("A seat is critical, important or ordinary."))


def move_planned_team(
    *, team: UUID, from_on: dt.date, until_on: dt.date, minimum: int, overlap_days: int,
    by: Viewer, at: dt.datetime, monthly_cost: Decimal | None = None,
) -> PlannedTeam:  # fmt: skip
    """Move a team's time, say with how few it still goes and what a month of one person costs (in
    thousands; None is unknown); `until_on` is the first day after. What a workbook told of its time
    no longer counts."""
    row = access.team_to_plan(by, team)
    changeable(row.scenario)
    prove_days(from_on, until_on)
    if until_on <= from_on:
        raise Refused(_("A team comes home after it leaves."))
    if minimum > row.seats.count():
        raise Refused(_("The team has fewer seats than that."))
    row.from_on, row.until_on, row.minimum = from_on, until_on, minimum
    row.overlap_days, row.monthly_cost = overlap_days, monthly_cost
    row.scenario.facts = _moved(row)
    with journal(MOVE, by=by, at=at, scope=scope(row.scenario)) as page:
        page.save(row)
        touched(page, row.scenario, at)
    return row


def _moved(team: PlannedTeam) -> dict[str, Any]:
    facts = without(team.scenario.facts, "missions", team.code, ("from", "to"))
    for code in team.seats.values_list("code", flat=True):
        facts = without(facts, "seats", code, ("from", "to", "cost"))
    return facts


def drop_planned_team(*, team: UUID, by: Viewer, at: dt.datetime) -> None:
    """Take a team out of a plan. Whom a plan before sent there is withdrawn once this one is
    published; whoever has a seat of it keeps it."""
    row = access.team_to_plan(by, team)
    changeable(row.scenario)
    with journal(DROP, by=by, at=at, scope=scope(row.scenario)) as page:
        for seat in row.seats.all():
            remove_seat(page, seat)
        page.remove(row)
        touched(page, row.scenario, at)


def remove_seat(page: Page, seat: PlannedSeat) -> None:
    """Take a seat out of a plan with who stands in it."""
    for held in [*Placing.objects.filter(seat=seat), *Pin.objects.filter(seat=seat)]:
        page.remove(held)
    page.remove(seat)


def add_planned_seat(
    *, team: UUID, told: Mapping[str, object], by: Viewer, at: dt.datetime
) -> PlannedSeat:
    """Add a seat to a team; `told` are columns of OF_A_SEAT."""
    row = access.team_to_plan(by, team)
    changeable(row.scenario)
    taken = [int(s.code.rpartition("-")[2]) for s in row.seats.all()]
    seat = PlannedSeat(id=uuid4(), team=row, code=f"{row.code}-{max(taken, default=0) + 1:02}")
    _set(seat, told)
    with journal(SEAT, by=by, at=at, scope=scope(row.scenario)) as page:
        page.save(seat)
        touched(page, row.scenario, at)
    return seat


def change_planned_seat(
    *, seat: UUID, told: Mapping[str, object], by: Viewer, at: dt.datetime
) -> PlannedSeat:
    row = access.seat_to_plan(by, seat)
    scenario = changeable(row.team.scenario)
    _set(row, told)
    scenario.facts = without(scenario.facts, "seats", row.code, SEAT_FIELDS)
    with journal(CHANGE, by=by, at=at, scope=scope(row.team.scenario)) as page:
        page.save(row)
        touched(page, row.team.scenario, at)
    return row


def _set(seat: PlannedSeat, told: Mapping[str, object]) -> None:
    for column, value in told.items():
        if column not in OF_A_SEAT:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(seat, column, value)
    _prove(seat)


def drop_planned_seat(*, seat: UUID, by: Viewer, at: dt.datetime) -> None:
    row = access.seat_to_plan(by, seat)
    scenario = changeable(row.team.scenario)
    if row.seat and not row.seat.dropped_on:
        raise Refused(_("This seat is open already. Drop it on the page of its team."))
    with journal(UNSEAT, by=by, at=at, scope=scope(scenario)) as page:
        remove_seat(page, row)
        touched(page, scenario, at)


def pin_seat(
    *, seat: UUID, person: UUID | None, by: Viewer, at: dt.datetime, reason: str = ""
) -> Pin:
    """Put somebody into a seat, or nobody, whatever the planner would do; the last pin holds.
    Refused for whom the rules keep from the seat whatever its time."""
    row = access.seat_to_plan(by, seat)
    scenario = changeable(row.team.scenario)
    who = person_for(by, person) if person else None
    if by.person is None:
        raise Refused(_("Sign in first."))
    prove_no_patient(reason)
    if who:
        against = against_pin(row, who.pk, by, at.date())
        if against.outright:
            raise Refused(" ".join(against.words))
    pin = access.pin_of(row) or Pin(id=uuid4(), seat=row)
    pin.person, pin.reason, pin.pinned_by = who, reason.strip()[:300], by.person
    with journal(PIN, by=by, at=at, scope=scope(scenario)) as page:
        page.save(pin)
        touched(page, scenario, at)
    return pin


def unpin_seat(*, seat: UUID, by: Viewer, at: dt.datetime) -> None:
    row = access.seat_to_plan(by, seat)
    scenario = changeable(row.team.scenario)
    pin = access.pin_of(row)
    if pin is None:
        raise Refused(_("This seat is not pinned."))
    with journal(UNPIN, by=by, at=at, scope=scope(scenario)) as page:
        page.remove(pin)
        touched(page, scenario, at)
