"""What a handover's page asks: its lines, its signatures, what is missing, what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.accounts.queries import as_signed
from marrow.catalogue.queries.specialties import specialty_name
from marrow.core.models import Record
from marrow.core.partial_dates import is_day
from marrow.core.viewer import Viewer
from marrow.core.words import colon, listing, semicolon
from marrow.directory.models import Organisation
from marrow.handovers import access
from marrow.handovers.models import (
    LINES,
    Fault,
    FollowUp,
    Handover,
    Line,
    OpenPatients,
    Promise,
    Signature,
    Trainee,
)
from marrow.handovers.rules.following import overdue
from marrow.handovers.rules.signing import SIDES, Signed, differing, fingerprint, missing
from marrow.handovers.words import side_words
from marrow.missions.models import Mission, Site
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.teams.access import IN_TEAM, LEADERS, forms, missions_of
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import OVER

PARTS = (*LINES, "follow-up")
#: what the team that follows works off; a trainee goes on, with no day
WORK = ("patients", "fault", "promise")
Rows = dict[str, list[Record]]
AWAY_OR_BACK = ("ON_POST", "EXTENDED", "HANDING_OVER", "DEBRIEFING", "SUSPENDED")


def handover_of(mission: Mission) -> Handover | None:
    rows = Handover.objects.select_related(*access.RELATED)
    return rows.filter(from_mission=mission).first()


def rows_of(row: Handover, part: str) -> list[Record]:
    """The lines of one part, what is due first at the top; what has no day stands last."""
    if part == "follow-up":
        return list(follow_ups_of(row))
    found: QuerySet[Line] = LINES[part]._base_manager.filter(handover=row)
    if part == "trainee":
        found = found.select_related("person")  # type: ignore[misc]  # the part's own column
    rows: list[Record] = list(found.order_by("written_at", "pk"))
    return sorted(rows, key=lambda line: getattr(line, "due_on", None) or dt.date.max)


def follow_ups_of(row: Handover) -> list[FollowUp]:
    return list(FollowUp.objects.filter(handover=row).select_related("person", "unit"))


def all_rows(row: Handover) -> Rows:
    """Every line by its part."""
    return {part: rows_of(row, part) for part in PARTS}


def content_of(row: Handover, rows: Rows) -> dict[str, object]:
    """All that is signed: from whom, to whom, each line and each follow-up as they stand."""
    told: dict[str, object] = {
        "from": str(row.from_mission_id), "to": str(row.to_mission_id or ""),
        "why_nobody": row.why_nobody, "none_of": sorted(row.none_of),
    }  # fmt: skip
    for part, lines in rows.items():
        told[part] = sorted(
            [str(line.pk), *(_plain(getattr(line, c)) for c in line.FROZEN)]  # type: ignore[attr-defined]
            for line in lines
        )
    return told


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def fingerprint_of(row: Handover, rows: Rows | None = None) -> str:
    """The fingerprint of what stands there now; `rows` are its lines where they are at hand."""
    return fingerprint(content_of(row, all_rows(row) if rows is None else rows))


def signatures_of(row: Handover) -> list[Signature]:
    """The signatures that hold."""
    return list(Signature.objects.filter(handover=row, withdrawn_at=None))


def unsigned(row: Handover) -> list[str]:
    """The sides whose signature is missing."""
    return missing(Signed(s.side, s.sha256) for s in signatures_of(row))


def stale(row: Handover) -> list[str]:
    """The sides that signed something else than what stands there now."""
    return differing((Signed(s.side, s.sha256) for s in signatures_of(row)), fingerprint_of(row))


def empty_parts(row: Handover) -> list[str]:
    """The parts in which nothing is written."""
    return [part for part in PARTS if not rows_of(row, part)]


def part_words() -> dict[str, str]:
    return {
        "patients": _("Open patients"), "trainee": _("Trainees under way"),
        "fault": _("Faults"), "promise": _("Promises"), "follow-up": _("Support after the end"),
    }  # fmt: skip


def what_is_missing(mission: Mission) -> list[str]:
    """What stands in the way of closing a mission with seats, as sentences."""
    if not Seat.objects.filter(mission=mission).exists():
        return []
    row = handover_of(mission)
    if row is None:
        return [_("No handover is written.")]
    if row.state == Handover.State.DRAFT:
        return [_("The handover is not handed in.")]
    words = side_words(row)
    said = [_("The handover lacks a signature: %s.") % words[side] for side in unsigned(row)]
    if changed := stale(row):
        names = listing().join(words[side] for side in changed)
        said.append(_("The handover was changed after it was signed: %s.") % names)
    return said


def next_missions(mission: Mission) -> list[Mission]:
    """Missions that may follow: of the same series, at the same places where theirs are known."""
    rows = Mission.objects.exclude(pk=mission.pk).exclude(status__in=OVER)
    if mission.series_id:
        rows = rows.filter(series=mission.series_id)
    else:
        rows = rows.filter(programme=mission.programme_id, invented=mission.invented)
    if mission.number:
        rows = rows.filter(Q(number=None) | Q(number__gt=mission.number))
    rows = rows.filter(returned_on="")
    here = _places(Site.objects.filter(mission=mission))
    there: dict[UUID, set[UUID]] = {}
    for site in Site.objects.filter(mission__in=rows):
        there.setdefault(site.mission_id, set()).update(_places([site]))
    found = [m for m in rows if not there.get(m.pk) or not here or here & there[m.pk]]
    return sorted(found, key=lambda m: (m.number is None, m.number or 0, m.key))


def _places(sites: Iterable[Site]) -> set[UUID]:
    return {pk for s in sites for pk in (s.organisation_id or s.area_id,) if pk}


def trainees_to_choose(viewer: Viewer, row: Handover) -> QuerySet[Person]:
    """People of the hospitals where the mission served whom this viewer may see."""
    units = Site.objects.filter(mission=row.from_mission).exclude(organisation=None)
    return people_for(viewer).filter(unit__in=units.values("organisation"), left_on="").distinct()


def supporters_to_choose(row: Handover) -> QuerySet[Person]:
    """Those who served, and those who follow."""
    missions = [pk for pk in (row.from_mission_id, row.to_mission_id) if pk]
    seated = Assignment.objects.filter(seat__mission__in=missions, state__in=IN_TEAM)
    return Person.objects.filter(pk__in=seated.values("person")).order_by("search")


def end_of(mission: Mission) -> dt.date | None:
    """The last day of the mission, where it is told to the day; else that of its last seat."""
    for told in (mission.returned_on, mission.planned_end_on):
        if is_day(told):
            return dt.date.fromisoformat(told)
    seats = Seat.objects.filter(mission=mission, dropped_on=None).exclude(until_on=None)
    last = seats.order_by("-until_on").first()
    return last.last_on if last else None


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side: its signature, or who is to sign and whether this viewer or a paper can."""

    side: str
    label: str
    signature: Signature | None
    differs: bool
    mine: bool
    on_paper: bool


def sides_of(
    viewer: Viewer, row: Handover, signatures: Iterable[Signature], now: str
) -> list[SideShown]:
    """The three sides with those signatures that hold; `now` is the fingerprint of what stands."""
    signed, words = {s.side: s for s in signatures if not s.withdrawn_at}, side_words(row)
    waits = row.state == Handover.State.HANDED_IN
    mine = access.side_of(viewer, row) if waits else []
    records = waits and forms(viewer, row.from_mission)
    found = []
    for side in SIDES:
        one = signed.get(side)
        paper = records and one is None and not access.has_account(row, side)
        differs = one is not None and one.sha256 != now
        found.append(
            SideShown(side, words[side], one, differs, one is None and side in mine, paper)
        )
    return found


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as the page shows it: the heading, what belongs to it, and how it stands."""

    row: Record
    part: str
    heading: str
    about: list[str]
    due_on: dt.date | None
    late: bool
    settled_on: dt.date | None
    settled_how: str
    may_settle: bool


def lines_shown(
    viewer: Viewer, row: Handover, rows: Rows, today: dt.date
) -> dict[str, list[LineShown]]:
    """The lines by part, with what this viewer may say of each."""
    done = row.state == Handover.State.COMPLETE
    settles = done and access.takes_over(viewer, row)
    mine = _supported(viewer, row) if done and not settles else set()
    known = known_trainees(viewer, rows["trainee"])
    return {
        part: [_line(part, line, known, done, settles or line.pk in mine, today) for line in lines]
        for part, lines in rows.items()
    }


def _line(
    part: str, line: Record, known: set[UUID], done: bool, may: bool, today: dt.date
) -> LineShown:
    heading, about = _told(line, known)
    due = getattr(line, "due_on", None)
    if isinstance(line, FollowUp):
        waits, on = line.state == FollowUp.State.PLANNED, line.held_on
        how = "" if waits else f"{line.get_state_display()}{colon()}{line.said('outcome')}"
    else:
        on, how = line.settled_on, line.said("settled_how")  # type: ignore[attr-defined]
        waits = on is None
    late = done and waits and overdue(due, today)
    return LineShown(line, part, heading, about, due, late, on, how, done and waits and may)


def _supported(viewer: Viewer, row: Handover) -> set[UUID]:
    return set(access.supported_by(viewer).filter(handover=row).values_list("pk", flat=True))


def known_trainees(viewer: Viewer, rows: list[Record]) -> set[UUID]:
    """Of the trainees of the directory, those whose name this viewer may read."""
    wanted = [line.person_id for line in rows if isinstance(line, Trainee) and line.person_id]
    if not wanted:
        return set()
    return set(people_for(viewer).filter(pk__in=wanted).values_list("pk", flat=True))


def _told(line: Record, known: set[UUID]) -> tuple[str, list[str]]:
    """A line's heading and what stands under it."""
    if isinstance(line, OpenPatients):
        specialty = [specialty_name(line.specialty)] if line.specialty else []
        return line.said("needs"), specialty
    if isinstance(line, Trainee):
        who = line.said("described") or _("a person of the directory")
        if line.person_id in known:
            who = str(line.person)
        return line.said("technique"), [
            who,
            str(line.get_how_far_display()),
            _("next: %s") % line.said("next_step"),
        ]
    if isinstance(line, Fault):
        waits = [_("waits for it: %s") % line.said("who_waits")] if line.said("who_waits") else []
        return line.said("equipment"), [line.said("broken"), *waits]
    if isinstance(line, Promise):
        return line.said("promised"), [_("promised to: %s") % line.said("to_whom")]
    if isinstance(line, FollowUp):
        return line.said("topic"), [str(who) for who in (line.person, line.unit) if who]
    return str(line), []


def page_of(viewer: Viewer, row: Handover, today: dt.date) -> dict[str, Any]:
    """All that the page of a handover shows; its lines are read once."""
    rows, words = all_rows(row), part_words()
    now = fingerprint_of(row, rows)
    lines, signed = lines_shown(viewer, row, rows, today), list(row.signatures.all())
    names = as_signed((s.signer, s.signer_name) for s in signed)
    return {
        "row": row, "fingerprint": now, "sides": sides_of(viewer, row, signed, now),
        "signers": {s.pk: s.signed_as(names) for s in signed},
        "withdrawn": [s for s in signed if s.withdrawn_at],
        "parts": [(p, words[p], lines[p], p in row.none_of) for p in PARTS],
    }  # fmt: skip


def table_rows(viewer: Viewer, row: Handover, today: dt.date) -> Iterator[list[str | int | None]]:
    """Every line: part, count, what, about it, due, settled, how."""
    words = part_words()
    for part, lines in lines_shown(viewer, row, all_rows(row), today).items():
        for one in lines:
            count = one.row.count if isinstance(one.row, OpenPatients) else ""
            yield [
                words[part], _("unknown") if count is None else count, one.heading,
                semicolon().join(one.about), str(one.due_on or ""), str(one.settled_on or ""),
                one.settled_how,
            ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A handover as a list shows it."""

    row: Handover
    signed: int
    open_lines: int
    may_sign: bool


def handovers_shown(viewer: Viewer, limit: int = 100) -> list[HandoverLine]:
    """The handovers that this viewer sees, those that wait for signatures first."""
    order = {"HANDED_IN": 0, "DRAFT": 1, "COMPLETE": 2}
    rows = list(access.handovers_for(viewer).order_by("-begun_on", "pk")[:limit])
    rows.sort(key=lambda row: order[row.state])
    signed = _signed_by_row(rows)
    left = open_by_row(rows)
    places = access.recipient_places(viewer)
    received = set(
        Site.objects.filter(access.at(places), mission__in=[r.from_mission_id for r in rows])
        .values_list("mission", flat=True)
    ) if places else set()  # fmt: skip
    led = set(missions_of(viewer, LEADERS))
    found = []
    for row in rows:
        mine = {
            "OUTGOING": row.from_mission_id in led, "INCOMING": row.to_mission_id in led,
            "RECIPIENT": row.from_mission_id in received,
        }  # fmt: skip
        sides = signed.get(row.pk, set())
        waits = row.state == Handover.State.HANDED_IN
        may = waits and any(here and side not in sides for side, here in mine.items())
        found.append(HandoverLine(row, len(sides), left.get(row.pk, 0), may))
    return found


def _signed_by_row(rows: list[Handover]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    live = Signature.objects.filter(handover__in=rows, withdrawn_at=None)
    for handover, side in live.values_list("handover", "side"):
        found.setdefault(handover, set()).add(side)
    return found


def open_by_row(rows: list[Handover]) -> dict[UUID, int]:
    """How many lines and follow-ups of each are still open."""
    found: dict[UUID, int] = {}
    for model in LINES.values():
        lines = model._base_manager.filter(handover__in=rows, settled_on=None)
        for (handover,) in lines.values_list("handover"):
            found[handover] = found.get(handover, 0) + 1
    planned = FollowUp.objects.filter(handover__in=rows, state=FollowUp.State.PLANNED)
    for (handover,) in planned.values_list("handover"):
        found[handover] = found.get(handover, 0) + 1
    return found


def left_at(
    organisation: Organisation, seen: QuerySet[Handover]
) -> tuple[list[Handover], list[tuple[Fault, bool]]]:
    """Handovers that wait for this hospital's signature, and what teams left broken there, each
    with whether its handover is among those that are seen."""
    signed = Signature.objects.filter(side=Signature.Side.RECIPIENT, withdrawn_at=None)
    sites = Site.objects.filter(organisation=organisation).values("mission")
    rows = Handover.objects.filter(from_mission__in=sites).annotate(
        signed=Exists(signed.filter(handover=OuterRef("pk"))),
        opens=Exists(seen.filter(pk=OuterRef("pk"))),
        fault=FilteredRelation("fault_lines", condition=Q(fault_lines__settled_on=None)),
    )
    waits = Q(state=Handover.State.HANDED_IN, signed=False)
    read_with: tuple[str, ...] = (*access.RELATED, "fault")
    rows = rows.filter(waits | Q(fault__isnull=False)).select_related(*read_with)
    found: list[Any] = list(rows.order_by("handed_in_on", "pk", "fault__written_at", "fault"))
    left = [(row.fault, row.opens) for row in found if getattr(row, "fault", None)]
    to_sign = {r.pk: r for r in found if r.state == Handover.State.HANDED_IN and not r.signed}
    return list(to_sign.values()), left[:20]
