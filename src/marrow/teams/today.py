"""What teams put on *Today*: empty seats and who would fill them, answers, papers, last days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.core.words import colon, semicolon
from marrow.missions.models import Mission
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries import how_many_fit, missing_in_words, open_ends, wants
from marrow.teams.queries.calls import calls_that_wait, calls_to
from marrow.teams.rules.stages import AWAY
from marrow.ui.papers.calendars import Day, hand_in_days
from marrow.ui.waiting import Waiting, hand_in

NAMED = 6  # empty seats that have a line each; the rest are counted
CHOSEN_FROM = 12  # who may come: so many have a line each
EXPLAINED = 1  # of these, how many say who would fit: each asks among all people; the others
# say what their own row tells


@hand_in
def empty_seats(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    found, count = open_ends.empty_seats(viewer, today, NAMED)
    explained = 0
    for seat in found:
        asks = wants(seat)
        role = capfirst(f"{seat.get_role_display()}, {asks}" if asks else seat.get_role_display())
        why = ""
        if coming := seat.coming:  # type: ignore[attr-defined]
            told = ngettext(
                "%(count)s person is on the way into it.",
                "%(count)s people are on the way into it.", coming,
            )  # fmt: skip
            why = told % {"count": coming}
        elif explained < EXPLAINED:
            why, explained = _who_would(viewer, seat, today), explained + 1
        else:
            why = _nobody_yet(seat.gone)  # type: ignore[attr-defined]
        yield Waiting(
            what=_("%(team)s: nobody has this seat: %(seat)s")
            % {"team": seat.mission, "seat": role},
            why=why, href=reverse("teams:fill", args=[seat.pk]),
            act=_("See who would fill it"), by=_needed(seat, today),
        )  # fmt: skip
    if (more := count - len(found)) > 0:
        told = ngettext("%(count)s more seat is empty.", "%(count)s more seats are empty.", more)
        yield Waiting(
            what=told % {"count": more}, why=_("In the teams that you form."),
            href=reverse("teams:mine"), by=_needed(found[-1], today),
        )  # fmt: skip


def _nobody_yet(gone: int) -> str:
    """What the seat itself tells of why it is empty; `gone` came out of it again, or never in."""
    if not gone:
        return _("Nobody was asked for it or applied yet.")
    told = ngettext(
        "Nobody is on the way into it: %(count)s person said no, withdrew or left it.",
        "Nobody is on the way into it: %(count)s people said no, withdrew or left it.", gone,
    )  # fmt: skip
    return told % {"count": gone}


def _needed(seat: Seat, today: dt.date) -> dt.date | None:
    """By when somebody is needed: where the team is away, now."""
    return today if seat.mission.status in AWAY else seat.from_on


def _who_would(viewer: Viewer, seat: Seat, today: dt.date) -> str:
    """Who fits, else what most of those of the specialty lack."""
    fit, missing = how_many_fit(viewer, seat, today)
    if fit:
        return ngettext("%(count)s person fits.", "%(count)s people fit.", fit) % {"count": fit}
    lacking = semicolon().join(f"{words}{colon()}{n}" for words, n in missing_in_words(missing)[:2])
    return _("Nobody fits. %s") % lacking if lacking else _("Nobody here has this specialty.")


@hand_in
def answers(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """A unit answers for its people."""
    closes = {c.call.mission_id: c.call.closes_on for c in calls_to(viewer, today)}
    for one in open_ends.unanswered(viewer):
        days = (closes.get(one.seat.mission_id), _needed(one.seat, today))
        told = {"team": one.seat.mission, "person": one.person}
        applied = one.state == Assignment.State.APPLIED
        what = _("%(person)s wishes to go with %(team)s: does the unit agree?") % told
        if not applied:
            what = _("%(team)s asks for %(person)s: does the unit agree?") % told
        yield Waiting(
            what=what, why=capfirst(_seat(one)), act=_("Answer"),
            by=min(filter(None, days), default=None),
            href=reverse("teams:answer", args=[one.pk]),
        )  # fmt: skip


@hand_in
def chosen(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Among whom the office chooses, and who was chosen and has a licence that ends too early."""
    found = open_ends.chosen(viewer, CHOSEN_FROM)
    yield from _among(found, today)
    for assignment, ends in found.ending:
        told = {"person": assignment.person, "day": ends, "team": assignment.seat.mission}
        why = _("It is renewed, or somebody else goes.")
        if assignment.untold:  # type: ignore[attr-defined]
            why = _("Of another licence the end is not told: say when it ends.")
        yield Waiting(
            what=_("%(person)s: the licence ends on %(day)s, before %(team)s is home.") % told,
            why=why, by=ends,
            href=reverse("people:person", args=[assignment.person_id]), act=_("See the papers"),
        )  # fmt: skip


def _among(found: open_ends.Chosen, today: dt.date) -> Iterator[Waiting]:
    for one in found.among:
        what = _("%(person)s may come with %(team)s: choose, or say no.") % {
            "team": one.seat.mission, "person": one.person,
        }  # fmt: skip
        yield Waiting(
            what=what, why=capfirst(_seat(one)), by=_needed(one.seat, today), act=_("Choose"),
            href=reverse("teams:team", args=[one.seat.mission_id]),
        )  # fmt: skip
    if (more := found.in_all - len(found.among)) > 0:
        words = ngettext(
            "%(count)s more person may come into a seat.",
            "%(count)s more people may come into a seat.", more,
        )  # fmt: skip
        yield Waiting(
            what=words % {"count": more}, why=_("In the teams that you form."), act=_("Choose"),
            href=reverse("teams:mine"), by=_needed(found.among[-1].seat, today),
        )  # fmt: skip


@hand_in
def calls(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """A call waits for a unit until it has put somebody forward or said that it has nobody."""
    for call in calls_that_wait(viewer, today):
        yield Waiting(
            what=_("%s asks your unit for people.") % call.mission,
            why=_("Put somebody forward, or say that you have nobody."), by=call.closes_on,
            href=reverse("teams:call", args=[call.pk]), act=_("Answer"),
        )  # fmt: skip


def _seat(one: Assignment) -> str:
    asks = wants(one.seat)
    role = str(one.seat.get_role_display())
    return f"{role}, {asks}" if asks else role


@hand_in
def last_days(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Teams whose time ends within two months, and whether anybody follows them."""
    for mission, ends, follows in open_ends.ending(viewer, today):
        why = _("%s follows it.") % follows if follows else _("Nobody is named to follow it yet.")
        what = _("%(team)s ends its time on %(day)s.") % {"team": mission, "day": ends}
        if ends < today:
            what = _("%(team)s is past the end of its time, %(day)s.") % {
                "team": mission, "day": ends,
            }  # fmt: skip
        yield Waiting(
            what=what, why=why, href=_team(mission), by=ends, act=_("Open the team"),
        )  # fmt: skip


def _team(mission: Mission) -> str:
    return reverse("teams:team", args=[mission.pk])


@hand_in_days
def rotations(viewer: Viewer, today: dt.date) -> Iterator[Day]:
    """When the teams that concern this person leave and come home."""
    for mission, leaves, ends in open_ends.rotations(viewer):
        if leaves:
            yield Day(
                key=f"leaves:{mission.pk}", what=_("%s leaves") % mission, on=leaves,
                href=_team(mission),
            )  # fmt: skip
        if ends:
            yield Day(
                key=f"ends:{mission.pk}", what=_("%s: last day") % mission, on=ends,
                href=_team(mission),
            )  # fmt: skip
