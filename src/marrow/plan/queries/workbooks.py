"""Workbooks that were sent back for a plan: what is wrong with them, what they would change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.catalogue.queries import specialty_name
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.viewer import Viewer
from marrow.core.words import gap, in_all_tongues
from marrow.directory.models import Organisation
from marrow.people.access import people_for
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario, Workbook
from marrow.plan.queries.changes import ChangeShown, shown
from marrow.plan.queries.handed import stood
from marrow.plan.queries.problem import problem_of
from marrow.plan.queries.told import in_words, named_by
from marrow.plan.queries.wording import ID, Named, from_json, with_names
from marrow.plan.queries.workbook import called_by, corrected, sentence_of, where, workbook
from marrow.plan.rules.facts import Change, Facts, changes, difference
from marrow.plan.rules.kinds import NO_SPECIALTY
from marrow.plan.rules.problem import SELECTED, Problem
from marrow.plan.rules.reading import problem_from
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.teams import Handover, handovers_lost
from marrow.plan.rules.within import as_their_teams, staying, within
from marrow.plan.rules.workbook.cells import Wrong
from marrow.plan.rules.workbook.partly import unnamed
from marrow.plan.rules.workbook.reading import Read
from marrow.plan.words import of_handovers, sentence

MOST_SHOWN = 200
_DEPARTMENT = re.compile(rf"{ID.pattern}/\w+")


def template_of(scenario: Scenario, viewer: Viewer, on: dt.date) -> bytes:
    """The workbook of a plan as it stands, to be changed and sent back."""
    problem = problem_of(scenario, viewer, on).problem
    return workbook(problem, called_by(names_in(problem, scenario, viewer)))


def names_in(
    problem: Problem, scenario: Scenario, viewer: Viewer, *others: Problem
) -> dict[str, str]:  # fmt: skip
    """What codes of a problem, and of others beside it, are called: people as far as this viewer
    sees them."""
    told = (*others, problem)
    people = [p for one in told for p in one.people]
    ids = {UUID(p.id) for p in people if _is_id(p.id)}
    ids |= {UUID(o.person) for one in told for o in one.on_post if o.person and _is_id(o.person)}
    found = {str(p.pk): str(p) for p in people_for(viewer).filter(pk__in=ids)}
    codes = {code for one in told for s in one.seats for code in s.accepts}
    codes |= {p.specialty for p in people}
    found |= {code: specialty_name(code) for code in codes if code in SPECIALTIES}
    for o in (o for one in told for o in one.organisations):
        found[o.id] = o.name
        found |= {d.id: f"{o.name}, {specialty_name(d.specialty)}" for d in o.departments}
    teams = PlannedTeam.objects.filter(scenario=scenario).select_related(*PlannedTeam.CALLED_BY)
    return found | {t.code: str(t) for t in teams if str(t) != t.code}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def not_of_records(read: Read, base: Problem, scenario: Scenario, viewer: Viewer) -> list[Wrong]:
    """What a workbook tells of records that are not there, or not for these eyes."""
    if read.partly is None:
        return []
    told = difference(base, read.partly)
    known = {(w.what.names.get("name"), w.what.names.get("asked")) for w in read.wrong}
    wrong = [*_strangers(told, viewer), *_unknown_missions(told), *_unknown_specialties(told)]
    if "seat" not in unnamed(read.wrong):  # else a seat that seems to be gone may be there
        wrong += _open_seats(told, scenario)
    return [
        Wrong(sheet, read.rows.get((sheet, key), 0), what) for sheet, key, what in wrong
        if "asked" not in what.names or (key, what.names["asked"]) not in known
    ]  # fmt: skip


Found = Iterator[tuple[str, str, Any]]


def _strangers(told: Facts, viewer: Viewer) -> Found:
    new = [str(one["id"]) for one in told.get("people", {}).get("new", ())]
    seen = people_for(viewer).filter(pk__in=[UUID(one) for one in new if _is_id(one)])
    known = {str(pk) for pk in seen.values_list("pk", flat=True)}
    for one in new:
        if one not in known:
            yield "people", one, said("book_no_person", person=one)


def _unknown_missions(told: Facts) -> Found:
    for one in told.get("missions", {}).get("new", ()):
        yield "missions", one["id"], said("book_new_mission", mission=one["id"])


def _unknown_specialties(told: Facts) -> Found:
    seats = told.get("seats", {})
    asked = [(one["id"], one["accepts"]) for one in seats.get("new", ())]
    asked += [
        (key, one["accepts"]) for key, one in seats.get("changed", {}).items() if "accepts" in one
    ]
    for seat, codes in asked:
        for code in codes:
            if code not in SPECIALTIES and code != NO_SPECIALTY:
                yield "seats", seat, said("book_no_specialty", seat=seat, asked=code)


def _open_seats(told: Facts, scenario: Scenario) -> Found:
    gone = [*told.get("seats", {}).get("gone", ())]
    rows = PlannedSeat.objects.filter(team__scenario=scenario, code__in=gone).exclude(seat=None)
    for code in rows.values_list("code", flat=True):
        yield "seats", code, said("book_seat_is_open", seat=code)


@dataclass(frozen=True, slots=True)
class WrongShown:
    where: str
    words: str


def wrong_of(row: Workbook, viewer: Viewer) -> list[WrongShown]:
    """What is wrong with its rows, people and hospitals by their names as far as the viewer sees
    them."""
    named = _names_told(row, viewer)
    return [WrongShown(where(w), _words(w.what, named)) for w in _wrong(row)]


def _words(what: Said, named: Named) -> str:
    return with_names(sentence_of(Said(what.code, in_words(what.names))), named, None)


def _names_told(row: Workbook, viewer: Viewer) -> Named:
    return named_by(viewer, [what for _sheet, _row, what in row.wrong])


def _wrong(row: Workbook) -> list[Wrong]:
    return [Wrong(sheet, n, from_json(what)) for sheet, n, what in row.wrong]


def corrected_of(row: Workbook, viewer: Viewer) -> bytes:
    """The workbook with its last columns filled: what is wrong, in the reader's language."""
    named = _names_told(row, viewer)
    told = [(w.sheet or "settings", w.row, _words(w.what, named)) for w in _wrong(row)]
    return corrected(row.cells, told)


def told_by(row: Workbook, base: Problem) -> Problem:
    """What a plan made of a workbook without faults takes: what it tells, as far as the records
    allow it. Whoever goes already is not left out."""
    fixed = {p.person for p in base.pins if p.by == SELECTED and p.person}
    told = staying(_as_sent(row, base), base, fixed)
    return as_their_teams(within(told, base))


def _as_sent(row: Workbook, base: Problem) -> Problem:
    """A hospital that it calls by its name in another language is called as in `base`: it was taken
    out in that language. Seats go along with a team that it moved."""
    wanted = problem_from(row.problem)
    before = {o.id: o.name for o in base.organisations}
    called = {o.id: o.name for o in wanted.organisations if before.get(o.id, o.name) != o.name}
    units = Organisation.objects.in_bulk([UUID(one) for one in called if _is_id(one)])
    same = {
        str(pk): before[str(pk)] for pk, unit in units.items()
        if {called[str(pk)], before[str(pk)]} <= set(in_all_tongues(unit).values())
    }  # fmt: skip
    missions = {m.id for m in wanted.missions}
    told = wanted.model_copy(
        update={
            # no sheet tells who is on post: that is as the records say
            "on_post": tuple(o for o in base.on_post if o.mission in missions),
            "organisations": tuple(
                o.model_copy(update={"name": same.get(o.id, o.name)}) for o in wanted.organisations
            ),
        }
    )
    return as_their_teams(told, base)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a plan made of a workbook would take otherwise than the plan that it was sent for; what
    of it stays otherwise than the workbook tells, for the records do not allow it; and in words the
    handovers that this costs, and brings, where everybody keeps their seat."""

    changes: list[ChangeShown]
    stays: list[ChangeShown]
    handovers: str


def compared(row: Workbook, viewer: Viewer, on: dt.date) -> Compared:
    if not row.problem:
        return Compared([], [], "")
    base = problem_of(row.scenario, viewer, on).problem
    wanted, sent = told_by(row, base), _as_sent(row, base)
    names = names_in(wanted, row.scenario, viewer, base)  # who is left out is in `base` alone
    stays = list(shown(changes(sent, difference(sent, wanted)), names, new=_("stays")))
    found = list(shown(changes(base, difference(base, wanted)), names))
    if wanted.weights != base.weights:
        found.append(ChangeShown(where(Wrong("settings", 0, said(""))), "", _("other weights")))
    return Compared(found, stays, _handovers_moved(base, wanted, stood(row.scenario), names))


def changes_of(row: Workbook, viewer: Viewer, on: dt.date) -> list[ChangeShown]:
    return compared(row, viewer, on).changes


def _handovers_moved(
    base: Problem, wanted: Problem, seated: Mapping[str, str], names: Mapping[str, str]
) -> str:
    def told(code: str, these: tuple[Handover, ...]) -> list[str]:
        rows = [
            (h.before, _called(h.giver, names), h.after, _called(h.taker, names)) for h in these
        ]
        return [sentence(of_handovers(code, rows))] if rows else []

    lost = told("handovers_of_book_lost", handovers_lost(base, seated, wanted, seated))
    gained = told("handovers_of_book_gained", handovers_lost(wanted, seated, base, seated))
    return gap().join([*lost, *gained])


def _called(who: str, names: Mapping[str, str]) -> str:
    """Somebody's name; – where these eyes may not see it."""
    return names.get(who) or ("–" if _is_id(who) else who)


def facts_of(scenario: Scenario, viewer: Viewer) -> list[ChangeShown]:
    """What a plan takes otherwise than the records, as its workbook told it."""
    told = scenario.facts
    names = _names_of_facts(told, scenario, viewer)
    if not viewer.holds("office"):
        told = {name: one for name, one in told.items() if name != "couples"}
    return list(shown(_without_before(told), names))


def _names_of_facts(told: Facts, scenario: Scenario, viewer: Viewer) -> dict[str, str]:
    """What facts name: people as far as this viewer sees them, hospitals, departments, teams."""
    found: dict[str, str] = {}
    if wanted := {UUID(x) for x in ID.findall(str(dict(told)))}:
        people = people_for(viewer).filter(pk__in=wanted)
        found = {str(p.pk): str(p) for p in people}
        units = Organisation.objects.filter(pk__in=wanted)
        found |= {str(o.pk): str(o) for o in units}
    for key in _DEPARTMENT.findall(str(dict(told))):
        unit, _slash, specialty = key.partition("/")
        found[key] = f"{found.get(unit, unit)}, {specialty_name(specialty)}"
    if "missions" in told:
        teams = PlannedTeam.objects.filter(scenario=scenario).select_related(*PlannedTeam.CALLED_BY)
        found |= {t.code: str(t) for t in teams if str(t) != t.code}
    return found


def _without_before(told: Facts) -> Iterator[Change]:
    for name, one in told.items():
        if name == "head":
            yield from (Change("head", "", "changed", f, None, v) for f, v in one.items())
            continue
        yield from (Change(name, key, "gone") for key in one.get("gone", ()))
        for new in one.get("new", ()):
            yield Change(name, str(new.get("id") or new.get("seat") or ""), "new")
        for key, fields in one.get("changed", {}).items():
            yield from (Change(name, key, "changed", f, None, v) for f, v in fields.items())


def workbooks_of(scenario: Scenario) -> list[Workbook]:
    """Those sent for a plan, the latest first."""
    rows = Workbook.objects.filter(scenario=scenario).select_related("made")
    return list(rows.defer("cells", "problem")[:5])
