"""What a seat of a plan says of itself: why, who else could at what cost, what fills it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.catalogue.queries import specialty_name
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.core.words import comma, in_tongue, listing, semicolon
from marrow.directory.models import Area, Organisation
from marrow.people.access import people_for
from marrow.people.models import Credential, Person
from marrow.people.queries import language_name
from marrow.plan.models import Pin, PlannedSeat
from marrow.plan.queries.wording import ID, Named, excluded, from_json, ids_in, with_names
from marrow.plan.rules.kinds import grade_of, level_of
from marrow.plan.words import as_many, costs_others, sentence
from marrow.plan.words.reasons import (
    ASKS_ANOTHER,
    PIN_THEM_TOO,
    PINNED_COMES_ALONE,
    SPENT_ANYWHERE,
    none_fills,
)
from marrow.teams.models import Assignment
from marrow.ui.templatetags.marrow import at_most_decimals, signed

ENOUGH = 0.005  # points: what is less costs nothing
#: codes of which the page has a fuller sentence already
TOLD_ALREADY = ("why_pinned", "why_only_one", "empty_pinned", "empty_nobody", "empty_alone")
#: of a seat that is held, whoever else is free: nobody is kept back
HELD_ALREADY = ("why_pinned", "why_selected", "why_asked")
Why = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OtherShown:
    person: Person
    where: str
    cost: str


def named_in(viewer: Viewer, why: Mapping[str, Why], codes: Collection[str]) -> Named:
    """The people and units that the reasons of these seats name, as far as the viewer sees them."""
    wanted: set[UUID] = set()
    for code in codes:
        told = why.get(code, {})
        wanted |= {UUID(p) for p, _where in told.get("others", ())}
        wanted |= {UUID(p) for p, *_about in told.get("further", ())}
        wanted |= {UUID(p) for p in ID.findall(str(told.get("fills", ())))}
        for kept in told.get("kept_back", {}).values():
            wanted |= ids_in(kept)
        wanted |= ids_in(told.get("why", ()))
    return _named(viewer, wanted)


def named_by(
    viewer: Viewer, messages: Iterable[Mapping[str, Any]], beside: Iterable[UUID] = ()
) -> Named:
    """The people and units that messages name, and those `beside`, as far as the viewer sees
    them."""
    return _named(viewer, ids_in(messages) | set(beside))


def _named(viewer: Viewer, wanted: set[UUID]) -> Named:
    if not wanted:
        return {}
    people = people_for(viewer).filter(pk__in=wanted).select_related("unit")
    found: dict[UUID, Person | Organisation] = {p.pk: p for p in people}
    if left := wanted - found.keys():
        found |= {o.pk: o for o in Organisation.objects.filter(pk__in=left)}
    return found


def others(why: Why, named: Named) -> list[OtherShown]:
    costs, found = why.get("costs", {}), []
    for p, where in why.get("others", ()):
        person = named.get(UUID(p))
        if isinstance(person, Person):
            cost, place = _cost(costs[p]) if p in costs else "", where
            if kept := why.get("kept_back", {}).get(p):
                cost, place = comma().join(worded(one, named) for one in kept), ""
            elif (
                p in costs
                and costs[p][0] is None
                and any(w["code"] in HELD_ALREADY for w in why.get("why", ()))
            ):
                cost = "" if where else _("is free then")
            found.append(_other(person, place, cost))
    return found


def further(why: Why, named: Named) -> list[OtherShown]:
    """All others who could, with what they would cost by the prices: an estimate."""
    found = []
    for p, where, about, *more in why.get("further", ()):
        person = named.get(UUID(p))
        if isinstance(person, Person):
            held = comma().join(worded(one, named) for kept in more for one in kept)
            found.append(_other(person, "" if held else where, held or _about(about)))
    return found


def _about(points: float | None) -> str:
    if points is None:
        return _("kept back by a limit, or needed elsewhere")
    if points < ENOUGH:
        return _("as good, about")
    words = ngettext("costs about %s point", "costs about %s points", as_many(points))
    return words % at_most_decimals(points)


def _other(person: Person, where: str, cost: str) -> OtherShown:
    return OtherShown(person, _("sits in %s") % where if where else "", cost)


def _cost(told: list[Any]) -> str:
    """What it would cost to send somebody else: `told` is the points of the smallest change or
    None, whether solving anew costs as much, seats moved, and what it costs where that is known."""
    points, exact, moves, *known = told
    least = known[0] if known else None
    if points is None and least is None:
        return _("kept back by a limit, or needed elsewhere")
    if least is not None and not exact:
        words = _anew(least, points)
    elif points < ENOUGH:
        words = _("costs nothing")
    elif exact:
        words = ngettext("costs %s point", "costs %s points", as_many(points))
        words %= at_most_decimals(points)
    else:
        words = ngettext("costs at most %s point", "costs at most %s points", as_many(points))
        words %= at_most_decimals(points)
    if moves:
        words += semicolon() + _("then change: %s") % listing().join(moves)
    return words


def _anew(least: float, points: float | None) -> str:
    """What solving the plan anew costs, and what mending it does where that is more."""
    if least < ENOUGH:
        words = _("costs nothing when the plan is solved again")
    else:
        words = ngettext(
            "costs %s point when the plan is solved again",
            "costs %s points when the plan is solved again", as_many(least),
        ) % at_most_decimals(least)  # fmt: skip
    if points is not None:
        mended = ngettext(
            "%s point when it is mended", "%s points when it is mended", as_many(points)
        )
        words += semicolon() + mended % at_most_decimals(points)
    return words


def worded(told: Mapping[str, Any], named: Named) -> str:
    """A message in which codes of papers, languages and specialties have their words."""
    names = in_words(told["names"])
    by_number = _NUMBERS.get(told["code"])
    for key in ("asked", "level", "grade"):
        if by_number and key in names:
            names[key] = by_number(int(names[key]))
    return with_names(sentence(from_json({"code": told["code"], "names": names})), named)


def in_words(names: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a message with codes of papers, languages, specialties and places in words."""
    words = {k: word(names[k]) for k, word in _WORDS.items() if isinstance(names.get(k), str)}
    return {**names, **words}


def paper_name(code: str) -> str:
    """A paper, as people call it."""
    return str(dict(Credential.Kind.choices).get(code, code))


def _home(name: str) -> str:
    """A department's name: its hospital's id, which is told by name later, and its specialty."""
    unit, _slash, specialty = name.partition("/")
    return f"{unit}{comma()}{specialty_name(specialty)}" if specialty else unit


@remembered
def place_name(code: str) -> str:
    """A place by its code; what is none is as it is told."""
    area = Area.objects.filter(code=code).first()
    return in_tongue(area.names) if area else code


_WORDS: dict[str, Callable[[str], str]] = {
    "certificate": paper_name, "language": language_name, "specialty": specialty_name,
    "name": _home, "area": place_name, "destination": place_name,
}  # fmt: skip


def _level(number: int) -> str:
    return level_of(number) or "–"


def _grade(number: int) -> str:
    return str(dict(Person.Grade.choices).get(grade_of(number), "–"))


#: what planners count as numbers, as people call it
_NUMBERS: dict[str, Callable[[int], str]] = {
    "course": _level, "grade": _grade, "low_level": _level, "low_grade": _grade,
    "grade_unknown": _grade,
}  # fmt: skip


def fills(why: Why, named: Named) -> list[str]:
    """The changes that were tried and fill an empty seat, each with who comes then."""
    found = []
    for what, person, points, *cost in why.get("fills", ()):
        if person:
            told = {"change": worded(what, named), "who": named.get(UUID(person)) or "–"}
            told["points"] = signed(points)
            words = _("%(change)s → %(who)s (%(points)s points)") % told
            others = [with_names(one, named) for one in costs_others(*cost)] if cost else []
            found.append(semicolon().join([words, *others]))
    return found


def pin_them_too(why: Why) -> str:
    """What is to be done beside a change that the planner may spend elsewhere, or how somebody of a
    sender who is not asked comes; '' where none of those that fill the seat is such."""
    codes = {what["code"] for what, person, *_told in why.get("fills", ()) if person}
    told = [PIN_THEM_TOO] if codes & SPENT_ANYWHERE else []
    told += [PINNED_COMES_ALONE] if ASKS_ANOTHER in codes else []
    return " ".join(str(one) for one in told)


def in_its_place(why: Why, named: Named) -> list[str]:
    """Changes that bring part of what an empty seat would, while nobody sits in it."""
    return [
        _("%(change)s (%(points)s points)")
        % {"change": worded(what, named), "points": signed(points)}
        for what, person, points, *_cost in why.get("fills", ())
        if not person
    ]


def on_the_way(held: Assignment) -> str:
    """That somebody is asked for a seat, or holds it, in which the plan puts nobody."""
    return _("%(who)s is on the way into this seat (%(state)s); this plan puts nobody there.") % {
        "who": held.person, "state": held.get_state_display()
    }  # fmt: skip


def reasons(
    row: PlannedSeat, person: Person | None, pin: Pin | None, why: Why | None, named: Named, *,
    coming: bool = False,
) -> list[str]:  # fmt: skip
    """`coming`: what is not known yet is being looked for."""
    said = []
    if row.need:
        told = {"item": row.need.item, "hospital": row.need.organisation}
        said.append(_("Answers a need of %(hospital)s: %(item)s.") % told)
    if pin and pin.person_id == (person and person.pk):
        said.append(_("Pinned: %s.") % (pin.said("reason") or pin.person or _("stays empty")))
    if why is None:
        return said
    said += _counts(person, why)
    new = [w for w in why.get("why", ()) if w["code"] not in TOLD_ALREADY]
    said += [worded(w, named) for w in new]
    if why.get("tried") and not any(who for _what, who, *_told in why.get("fills", ())):
        n, _of, *proved = why["tried"]
        said += [none_fills(n, sure=any(proved))] if n else []
    if coming and "why" not in why:
        said.append(_("More reasons are being looked for."))
    return said


def _counts(person: Person | None, why: Why) -> list[str]:
    left, out = int(why.get("left", 0)), excluded(why.get("out", ()))
    if person is None and left == 0:
        return [_("Nobody can: %s.") % out if out else _("Nobody of this specialty is known.")]
    if person is None and why.get("alone"):
        return [_("A surgeon goes only with an anaesthetist, and that seat is empty.")]
    if person is None and why.get("why"):
        return []
    if person is None:
        words = ngettext(
            "%(n)s could, but is needed elsewhere or kept back by a limit.",
            "%(n)s could, but are needed elsewhere or kept back by a limit.", left,
        )  # fmt: skip
        return [words % {"n": left}]
    if left == 1:
        only = _("Only %(name)s can: %(out)s.") if out else _("Only %(name)s can.")
        return [only % {"name": person, "out": out}]
    return [ngettext("%(n)s can.", "%(n)s can.", left) % {"n": left}]
