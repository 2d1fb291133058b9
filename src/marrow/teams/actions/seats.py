"""Seats are opened, people are asked or apply, their unit answers, one is selected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts.queries import names_of
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.days import prove_planned
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.models import Operation
from marrow.core.partial_dates import months_after
from marrow.core.refusals import NotAllowed, Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.missions.actions.days import FIRST
from marrow.missions.models import Mission
from marrow.missions.rules.journeys import LONGEST, YEAR
from marrow.people.access import keeps, person_for
from marrow.people.actions.wording import prove_no_patient
from marrow.people.models import Person
from marrow.people.rules.fitting import LEVELS
from marrow.people.rules.languages import LANGUAGES
from marrow.teams import access
from marrow.teams.actions.calls import still_called
from marrow.teams.actions.checklists import let_go, list_for, move_lists, put_down
from marrow.teams.actions.panels import as_judged, judged
from marrow.teams.models import CAME_HOME, Assignment, ChecklistItem, Seat
from marrow.teams.queries.turned_down import outcome
from marrow.teams.rules.periods import Period, fall_together
from marrow.teams.rules.stages import AT_HOME, HOME_AGAIN

OPEN = Act("open_seats", gettext_lazy("Opened seats"))
MOVE = Act("move_period", gettext_lazy("Moved the time of a team’s seats"))
#: who serves since would otherwise come to stand for what the seat asked for before
CHANGE = Act("change_seat", gettext_lazy("Changed a seat"), undo=NEVER)
DROP = Act("drop_seat", gettext_lazy("Dropped a seat"))
INVITE = Act("invite", gettext_lazy("Asked somebody for a seat"))
APPLY = Act("apply_for_seat", gettext_lazy("Applied for a seat"))
ANSWER = Act("answer_for_unit", gettext_lazy("Answered for the unit"))
ENTER = Act("enter_unit_answer", gettext_lazy("Entered what a unit without an account answered"))
SELECT = Act("select", gettext_lazy("Selected somebody for a seat"), tells=as_judged)
State = Assignment.State
OF_A_SEAT = ("role", "specialty", "grade", "languages", "from_on", "until_on", "unit")


def open_seats(*, mission: UUID, seats: Sequence[Seat], by: Viewer, at: dt.datetime) -> list[Seat]:
    """Open the seats of a mission."""
    row = access.mission_to_form(by, mission)
    if row.status in HOME_AGAIN:
        raise Refused(_("This team is over: no seat is opened in it."))
    for seat in seats:
        seat.mission = row
        _proved(seat, at)
    with journal(OPEN, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save_all(seats)
    return list(seats)


def _proved(seat: Seat, at: dt.datetime) -> None:
    if seat.specialty and seat.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    for language, level in seat.languages.items():
        if language not in LANGUAGES or level not in LEVELS:
            raise Refused(_("Choose a language and a level from the list."))
    if seat.from_on and seat.until_on and seat.until_on <= seat.from_on:
        raise Refused(_("A seat ends after it begins."))
    prove_planned(seat.from_on, seat.until_on, at=at, years=LONGEST, since=FIRST)


def move_period(
    *, mission: UUID, from_on: dt.date, until_on: dt.date, by: Viewer, at: dt.datetime
) -> list[Seat]:
    """Move the time of all seats of a team that is still at home; `until_on` is the first day
    after. Who is in them stays, unless they sit in another team then; what they then lack is said
    where seats are filled."""
    row = access.mission_to_form(by, mission)
    if row.status not in AT_HOME:
        raise Refused(_("This team has left. Who stays longer is told on its page on post."))
    seats = list(row.seats.filter(dropped_on=None))
    if not seats:
        raise Refused(_("No seat is open yet."))
    prove_planned(from_on, at=at, years=LONGEST, since=months_after(at.date(), -2 * YEAR))
    left = [seat.from_on for seat in seats if seat.from_on]
    for seat in seats:
        seat.from_on, seat.until_on = from_on, until_on
        _proved(seat, at)
    with _all_free(seats), journal(MOVE, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save_all(seats)
        if left:
            move_lists(page, row.pk, from_on - min(left), at)
    return seats


@contextmanager
def _all_free(seats: Sequence[Seat]) -> Iterator[None]:
    """Whoever holds one of these seats sits in no other at its new time; the people are held in
    one order."""
    by_id = {seat.pk: seat for seat in seats}
    held = Assignment.objects.filter(seat__in=seats, state__in=Assignment.HELD)
    with ExitStack() as free:
        for one in held.select_related("person").order_by("person_id", "pk"):
            free.enter_context(_still_free(one, by_id[one.seat_id]))
        yield


def change_seat(*, seat: UUID, told: Mapping[str, object], by: Viewer, at: dt.datetime) -> Seat:
    """Change what one seat asks for, and its time while the team is at home; `told` are columns of
    OF_A_SEAT. Who is in it stays; what they then lack is said where seats are filled. A seat in
    which somebody began to serve keeps its specialty: on every day of theirs they stood for it.
    """
    row = access.seat_to_fill(by, seat)
    _still_changed(row)
    left = row.from_on
    for column, value in told.items():
        if column not in OF_A_SEAT:
            raise Refused(_("This cannot be entered here: %s.") % column)
        if column in ("from_on", "until_on") and row.mission.status not in AT_HOME:
            raise Refused(_("This team has left. Who stays longer is told on its page on post."))
        if column == "specialty" and value != row.specialty:
            _nobody_served_in(row)
        setattr(row, column, value)
    _proved(row, at)
    held = row.assignments.filter(state__in=Assignment.HELD).select_related("person").first()
    with (
        _still_free(held, row),
        journal(CHANGE, by=by, at=at, scope=f"mission:{row.mission_id}") as page,
    ):
        page.save(row)
        if left and row.from_on and row.from_on != left:
            move_lists(page, row.mission_id, row.from_on - left, at, seat=row.pk)
    return row


def _still_changed(seat: Seat) -> None:
    if seat.dropped_on:
        raise Refused(_("This seat was dropped: it stays as it was."))
    if seat.mission.status == Mission.Status.CANCELLED:
        raise Refused(_("This team was cancelled: its seats stay as they were."))
    if seat.mission.status in HOME_AGAIN:
        raise Refused(_("This team is home again: its seats stay as they were."))


def _nobody_served_in(seat: Seat) -> None:
    if seat.assignments.filter(started_on__isnull=False).exists():
        raise Refused(
            _("Somebody serves or served in this seat: its specialty stays, so that no day that"
              " was counted changes. End that service, open another seat, and seat them there.")
        )  # fmt: skip


def _still_free(held: Assignment | None, seat: Seat) -> AbstractContextManager[None]:
    """Whoever holds the seat sits in no other at its new time."""
    if held is None:
        return nullcontext()
    held.seat = seat
    return free_for(held)


def drop_seat(*, seat: UUID, by: Viewer, at: dt.datetime) -> Seat:
    """Say that a seat is not filled after all; nobody may be in it."""
    row = access.seat_to_fill(by, seat)
    if row.assignments.filter(state__in=Assignment.HELD).exists():
        raise Refused(_("Somebody is in this seat. Replace or withdraw them first."))
    row.dropped_on = at.date()
    with journal(DROP, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row


def invite(*, seat: UUID, person: UUID, by: Viewer, at: dt.datetime) -> Assignment:
    """The office asks somebody; their unit answers. One who was turned down for the seat before is
    not asked again: the office is told what was said then. One whom the office itself no longer
    sent is."""
    row = access.seat_to_fill(by, seat)
    still_filled(row)
    who = person_for(by, person)
    before = Assignment.objects.filter(seat=row, person=who, state__in=Assignment.TURNED_DOWN)
    if found := before.first():
        told = {"person": who, "outcome": outcome(found)}
        raise Refused(_("%(person)s is not asked for this seat again: %(outcome)s") % told)
    asked = _once(row, who, State.INVITED)
    asked.asked_on = at.date()
    return kept_by_act(INVITE, asked, by, at)


def apply_for_seat(*, seat: UUID, person: UUID, by: Viewer, at: dt.datetime) -> Assignment:
    """Somebody applies, or their unit puts them forward: that is its yes, it is not asked again."""
    row = Seat.objects.select_related("mission").filter(pk=seat).first()
    who = person_for(by, person)
    if row is None or row.mission.status not in ("PLANNED", "RECRUITING"):
        raise Refused(_("This seat takes no applications now."))
    if who.account != by.person and not keeps(by, who, "unit"):
        raise NotAllowed(_("You may apply for yourself, a unit for its own people."))
    still_called(row.mission, who, at.date())
    applied = _once(row, who, State.APPLIED)
    applied.applied_on = at.date()
    if keeps(by, who, "unit") and who.account != by.person:
        applied.state, applied.unit_answered_on = State.AGREED, at.date()
    return kept_by_act(APPLY, applied, by, at)


def still_filled(seat: Seat) -> None:
    """Refuses where nobody comes into a seat of the team any more, and says why."""
    if seat.mission.status == Mission.Status.CANCELLED:
        raise Refused(_("This team was cancelled: nobody is asked for a seat in it any more."))
    if seat.mission.status in HOME_AGAIN:
        raise Refused(_("This team is home again: nobody is asked for a seat in it any more."))


def _once(seat: Seat, person: Person, state: str) -> Assignment:
    if seat.dropped_on:
        raise Refused(_("This seat was dropped."))
    before = Assignment.objects.filter(seat=seat, person=person).first()
    if before is None:
        return Assignment(id=uuid4(), seat=seat, person=person, state=state)
    if before.state != State.RELEASED:
        raise Refused(_("This person was asked or applied for this seat already."))
    return _anew(before, state)


def _anew(before: Assignment, state: str) -> Assignment:
    """Somebody comes into a seat once: what was said the first time is kept by the journal."""
    for day in ("asked_on", "applied_on", "unit_answered_on", "selected_on", "ended_on"):
        setattr(before, day, None)
    before.state, before.reason, before.unit_answered_by = state, "", ""
    before.forget_tongues("reason")
    return before


def answer_for_unit(
    *, assignment: UUID, agrees: bool, by: Viewer, at: dt.datetime, reason: str = "",
    said_by: str = "", on: dt.date | None = None,
) -> Assignment:  # fmt: skip
    """The person's unit agrees or refuses; a refusal says why.

    Of a unit without an account the office enters it: who of the unit said so, and on which day.
    """
    row = access.assignment_of_unit(by, assignment)
    itself = access.answers_itself(by, row)
    still_filled(row.seat)
    if row.state not in (State.APPLIED, State.INVITED):
        raise Refused(_("This was answered already."))
    if not agrees and not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.state = State.AGREED if agrees else State.REFUSED
    row.unit_answered_on, row.reason = at.date(), reason.strip()[:300]
    if not itself:
        _said_on_paper(row, said_by, on, at)
    return kept_by_act(ANSWER if itself else ENTER, row, by, at)


def _said_on_paper(row: Assignment, said_by: str, on: dt.date | None, at: dt.datetime) -> None:
    if not said_by.strip() or on is None:
        raise Refused(_("Say who of the unit answered, and on which day."))
    asked = row.asked_on or row.applied_on
    if on > at.date() or (asked and on < asked):
        raise Refused(_("A unit answers after it was asked, and not on a day to come."))
    row.unit_answered_on, row.unit_answered_by = on, said_by.strip()[:160]


def select(*, assignment: UUID, by: Viewer, at: dt.datetime) -> Assignment:
    """Give somebody the seat, once their unit agreed. Of two at once, the second is told."""
    row = access.assignment_to_form(by, assignment)
    still_filled(row.seat)
    if row.state in Assignment.HELD:
        raise Overtaken(_("%(person)s has this seat already.") % {"person": row.person})
    if row.state != State.AGREED:
        raise Refused(_("Their unit has not agreed."))
    note = judged(row)
    row.state, row.selected_on = State.SELECTED, at.date()
    with free_for(row):
        return kept_by_act(SELECT, row, by, at, list_for(row), note)


@contextmanager
def free_for(coming: Assignment) -> Iterator[None]:
    """Nobody sits in two seats at a time: the person is held until this is written.

    Two offices that choose one person at once come here one after the other, and the second is
    told of the first.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=coming.person_id)
        if said := sits_elsewhere(coming):
            raise Refused(said)
        yield


def sits_elsewhere(coming: Assignment, meanwhile: Mapping[UUID, Assignment] = {}) -> str:
    """That the person holds another seat at that time, in words; '' where they do not. Whoever
    served on told days served nowhere else on them, even if they went home early from there. Of
    `meanwhile` the days count that are told there."""
    there = Q(state__in=Assignment.HELD)
    if coming.started_on:
        there |= CAME_HOME & Q(ended_on__isnull=False)
    held = Assignment.objects.filter(there, person=coming.person_id)
    for row in held.exclude(pk=coming.pk).select_related("seat__mission"):
        other = meanwhile.get(row.pk, row)
        if fall_together(_times(coming), _times(other)):
            return _("%(person)s holds another seat then: %(seat)s, %(mission)s (%(times)s).") % {
                "person": coming.person, "seat": other.seat, "mission": other.seat.mission,
                "times": _told(other),
            }  # fmt: skip
    return ""


def _times(row: Assignment) -> Period:
    """From the first day to the day after the last; what was told of the service comes first."""
    start = row.started_on or row.seat.from_on or row.selected_on
    return Period(start, row.ended_on or row.seat.until_on)


def _told(row: Assignment) -> str:
    """From the first day to the last, as pages tell them."""
    return f"{_times(row).start or '…'} – {row.ended_on or row.seat.last_on or '…'}"


def kept_by_act(
    act: Act,
    row: Assignment,
    by: Viewer,
    at: dt.datetime,
    items: Sequence[ChecklistItem] = (),
    note: str = "",
) -> Assignment:
    try:
        with (
            transaction.atomic(),
            journal(act, by=by, at=at, scope=f"mission:{row.seat.mission_id}", note=note) as page,
        ):
            page.save(row)
            put_down(page, row.seat.mission_id, items, at)
            if row.state not in Assignment.HELD:
                let_go(page, [row], by, at)
    except IntegrityError as taken:
        raise Overtaken(_who_has(row)) from taken
    return row


def _who_has(row: Assignment) -> str:
    """Whom the seat was given to meanwhile, and by whom."""
    held = Assignment.objects.filter(seat=row.seat_id, state__in=Assignment.HELD)
    other = held.exclude(pk=row.pk).select_related("person").first()
    if other is None:
        return _("Somebody else was given this seat meanwhile.")
    selected = Operation.objects.filter(record=other.pk, action=SELECT.name).order_by("-id").first()
    names = names_of([selected.by]) if selected and selected.by else {}
    if not names:
        return _("%(person)s was given this seat meanwhile.") % {"person": other.person}
    told = {"person": other.person, "by": next(iter(names.values()))}
    return _("%(person)s was given this seat meanwhile, by %(by)s.") % told
