"""A mission moves from stage to stage: forming, on post, home, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marrow.core.days import first_of, prove_happened
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.missions.actions.days import FIRST
from marrow.missions.models import Mission
from marrow.missions.rules.journeys import STARTS
from marrow.people.actions.wording import prove_no_patient
from marrow.people.models import Person
from marrow.people.queries import licences_until
from marrow.teams import access
from marrow.teams.models import Assignment, Seat, StageChange
from marrow.teams.rules.stages import NEEDS_REASON, possible

MOVE = Act("move_stage", gettext_lazy("Moved the mission to another stage"))
FORMING = 12 * 5  # months that a team is formed before it leaves, at the very longest
#: what must be done before a stage begins: sentences of what is still open; rooms add their own
GUARDS: dict[str, list[Callable[[Mission], list[str]]]] = {}
#: what else follows from a new stage, within the same act; rooms add their own
FOLLOWS: list[Callable[[Page, Mission, Viewer, dt.datetime], None]] = []
#: what is kept of a team after the day on which a stage shall begin, and could not be if it did:
#: sentences with names and days; rooms add their own
KEPT_SINCE: list[Callable[[Mission, str, dt.date], list[str]]] = []


def move_stage(
    *, mission: UUID, stage: str, on: dt.date, by: Viewer, at: dt.datetime, reason: str = ""
) -> Mission:
    """Move a mission to a stage that may follow; refuses with everything that is still open."""
    row = access.mission_to_form(by, mission)
    if stage not in possible(row.status, stopped_at(row)):
        raise Refused(
            _("From “%(here)s” a mission cannot go to “%(there)s”.")
            % {"here": row.get_status_display(), "there": _label(stage)}
        )
    if stage in NEEDS_REASON and not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    last = _last(row)
    if on > at.date() or (last and on < last.on):
        raise Refused(_("The day lies before the last stage or in the future."))
    if since := [said for kept in KEPT_SINCE for said in kept(row, stage, on)]:
        raise Refused(_("Choose a later day, or correct first what is later: %s") % " ".join(since))
    prove_happened(on, at=at, since=_begun(row))
    if missing := [*blocked(row, stage), *_licences_over(row, stage, on)]:
        raise Refused(_("Not yet: %s") % " ".join(missing))
    with moving(row), journal(MOVE, by=by, at=at, scope=f"mission:{row.pk}") as page:
        change = StageChange(
            id=uuid4(), mission=row, stage=stage, before=row.status, on=on, reason=reason[:300],
            step=last.step + 1 if last else 1,
        )  # fmt: skip
        row.status, row.status_as_of = stage, on.isoformat()
        _mark(page, row, stage, on)
        page.save(row)
        page.save(change)
        for follow in FOLLOWS:
            follow(page, row, by, at)
    return row


def _begun(mission: Mission) -> dt.date:
    """The first day on which a stage may lie: some years before anything that is told of it."""
    seats = Seat.objects.filter(mission=mission).values_list("from_on", flat=True)
    told = [first_of(day) for column in STARTS if (day := getattr(mission, column))]
    first = min([*filter(None, seats), *filter(None, told)], default=None)
    return months_after(first, -FORMING) if first else FIRST


@contextmanager
def moving(mission: Mission) -> Iterator[None]:
    """Of two who move a mission at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as moved:
        raise Overtaken(_("Somebody moved this mission meanwhile. Look at it again.")) from moved


def stopped_at(mission: Mission) -> str:
    """The stage at which a suspended mission stopped; '' where it is not suspended."""
    if mission.status != Mission.Status.SUSPENDED:
        return ""
    last = _last(mission)
    return last.before if last else Mission.Status.PLANNED


def _last(mission: Mission) -> StageChange | None:
    return StageChange.objects.filter(mission=mission).order_by("-step").first()


def blocked(mission: Mission, stage: str) -> list[str]:
    """What must be done before this stage begins, as sentences."""
    return [said for guard in GUARDS.get(stage, ()) for said in guard(mission)]


def _label(stage: str) -> str:
    return str(dict(Mission.Status.choices).get(stage, stage))


def _mark(page: Page, mission: Mission, stage: str, on: dt.date) -> None:
    """The days of the mission and of those in its seats follow its stages."""
    if stage == Mission.Status.IN_TRANSIT:
        mission.departed_on = on.isoformat()
        if mission.size is None:  # nobody told how many there are; those who leave are counted
            mission.size = _in_seats(mission, Assignment.State.SELECTED).count() or None
        _all(page, mission, Assignment.State.SELECTED, Assignment.State.SERVING, "started_on", on)
    elif stage == Mission.Status.ON_POST and not mission.arrived_on:
        mission.arrived_on = on.isoformat()
    elif stage == Mission.Status.DEBRIEFING:
        mission.returned_on = on.isoformat()
        _all(page, mission, Assignment.State.SERVING, Assignment.State.SERVED, "ended_on", on)


def _all(page: Page, mission: Mission, before: str, after: str, column: str, on: dt.date) -> None:
    for row in _in_seats(mission, before):
        row.state = after
        setattr(row, column, on)
        page.save(row)


def _in_seats(mission: Mission, state: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(seat__mission=mission, state=state)


def seats_are_filled(mission: Mission) -> list[str]:
    """Before the team counts as selected, somebody is in each seat, or the seat was dropped."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    seats = Seat.objects.filter(mission=mission, dropped_on=None)
    empty = seats.exclude(pk__in=held.values("seat"))
    if not seats.exists():
        return [_("The team has no seats yet.")]
    if not (n := empty.count()):
        return []
    return [ngettext("%(count)s seat is empty.", "%(count)s seats are empty.", n) % {"count": n}]


def leader_is_there(mission: Mission) -> list[str]:
    """No team leaves while the seat of its leader is open and empty."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    seats = Seat.objects.filter(mission=mission, role=Seat.Role.LEADER, dropped_on=None)
    if not seats.exclude(pk__in=held.values("seat")).exists():
        return []
    return [
        _("Nobody is in the team leader’s seat: select somebody, or drop it where another leads.")
    ]


def _licences_over(mission: Mission, stage: str, on: dt.date) -> list[str]:
    """Nobody leaves whose licence to practise is over; one without an end is not known to be."""
    if stage != Mission.Status.IN_TRANSIT:
        return []
    chosen = _in_seats(mission, Assignment.State.SELECTED)
    people = Person.objects.filter(pk__in=chosen.values("person")).order_by("search", "id")
    lasts = licences_until(chosen.values("person"))
    told = _("%(name)s: the licence ended on %(day)s. Enter the new one, or replace them.")
    return [
        told % {"name": person, "day": last.until}
        for person in people
        if (last := lasts.get(person.pk)) and last.until and last.until < on and not last.untold
    ]


GUARDS.setdefault(Mission.Status.SELECTED, []).append(seats_are_filled)
GUARDS.setdefault(Mission.Status.IN_TRANSIT, []).append(leader_is_there)
