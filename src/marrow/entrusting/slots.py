"""What logbooks hand in: the pages of their records, the rail, panels of other pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity.actions.steps import AFTER_VOID
from marrow.capacity.queries import count_hands
from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, seen_with, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation
from marrow.entrusting import access, queries
from marrow.entrusting.actions.doubting import CODE, doubt_firsts
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    HandedDown,
    LogCase,
    Pair,
    PairItem,
    Study,
    Talent,
)
from marrow.people.access import ALSO_ENTER, ALSO_SEEN
from marrow.people.models import Person
from marrow.programmes.models import Programme
from marrow.sources.sentences import tell as tell_sentences
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import CARE, Entry, add
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "apprentice_id": _("apprentice"), "base_id": _("training base"),
        "by_whom": _("who did it"), "decided_name": _("who decided"),
        "evidence": _("what shows it"), "giver_id": _("who handed it down"),
        "host_id": _("in which house"), "now_does": _("what they do since"),
        "pair_id": _("apprenticeship"),
        "shown_by": _("what shows it"), "supervisor_id": _("who watched"),
        "supervisor_words": _("who watched"), "taker_id": _("who took it over"),
        "teacher_id": pgettext_lazy("of an apprentice", "teacher"),
        "within_id": _("the first of which place"),
    }
)  # fmt: skip
tell_sentences(
    {
        CODE: names(
            "{what}, {place}: the step that showed this first was taken back ({why}). "
            "Was it a first?",
            "{place}“{what}”：证明这项首例的进阶已被撤回（{why}）。它还算首例吗？",
            "{what}, {place} : l’étape qui montrait cette première a été retirée ({why}). "
            "Était-ce une première ?",
        )
    },
    {
        CODE: names(
            "a first whose step was taken back", "所依据进阶被撤回的首例",
            "une première dont l’étape a été retirée",
        )
    },
)  # fmt: skip
AFTER_VOID.append(doubt_firsts)
add(Entry(35, _("Logbooks"), "entrusting:index", access.READERS, group=CARE))
add(
    Entry(
        36, pgettext_lazy("register", "Firsts"), "entrusting:firsts",
        ("office", "head", "recipient", "auditor", "unit"), group=CARE)
)  # fmt: skip
add(
    Entry(
        37, pgettext_lazy("people from other houses", "Came to learn"), "entrusting:hosted",
        ("office", "unit", "auditor"), group=CARE)
)  # fmt: skip

#: the houses whose staff a head or a recipient's office keeps: they see and enter their own
OWN = ("head", "recipient")


def _own_staff(viewer: Viewer) -> Q:
    here = organisations_of(viewer, *OWN) if viewer.holds(*OWN) else None
    return Q(pk__in=[]) if here is None else Q(unit__in=here.values("pk"))


def _enters(viewer: Viewer, unit: Organisation) -> bool:
    return access.keeps(viewer, unit.pk)


ALSO_SEEN.append(_own_staff)
ALSO_ENTER.append(_enters)


def _of_office(path: str) -> Callable[[Viewer], Q]:
    def mine(viewer: Viewer) -> Q:
        if not viewer.holds("office"):
            return Q(pk__in=[])
        return Q(**{f"{path}__in": hospitals_served(viewer).values("pk")})

    return mine


def _house(path: str, row: Any) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


#: a logbook opens for whoever keeps the hospital, and for its person
OPENS = seen_with(lambda row: row.person_id, access.colleagues_for)


def _book(row: Any) -> str:
    return reverse("entrusting:logbook", args=[row.person_id])


def _brought(path: str) -> Callable[[Record], str]:
    return lambda row: reverse("entrusting:brought-on", args=[_house(path, row)])


for model, word in ((LogCase, _("case of a logbook")), (Entrustment, _("what somebody may do"))):
    tell(
        Subject(
            model, word, _book, sees=OPENS, mine=_of_office("organisation"),
            related=("person", "item"),
        )
    )  # fmt: skip
for kept, word, path, related in (
    (Pair, _("apprenticeship"), "organisation", ("teacher", "apprentice")),
    (PairItem, _("technique of an apprenticeship"), "pair__organisation", ("pair", "item")),
    (Talent, _("grade of a person"), "organisation", ("person", "organisation")),
    (Study, _("study in another house"), "organisation", ("person", "host")),
    (Base, _("training base"), "organisation", ("organisation",)),
    (GreenChannel, _("green channel"), "base__organisation", ("base__organisation",
                                                             "organisation")),
    (HandedDown, _("experience handed down"), "giver", ("giver", "taker")),
):  # fmt: skip
    tell(
        Subject(
            kept, word, _brought(f"{path}_id"),
            sees=seen_with(partial(_house, f"{path}_id"), access.hospitals_read),
            mine=_of_office(path), related=related,
        )
    )  # fmt: skip


tell(
    Subject(
        FirstTime, pgettext_lazy("record", "first"),
        lambda row: reverse("entrusting:first", args=[row.pk]),
        sees=seen_with(lambda row: row.pk, access.firsts_for),
        mine=_of_office("organisation"), related=("organisation", "item"),
    )
)  # fmt: skip


def _at_hospital(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    """The way in: what may be done by whom, and what the ladder would enter as a first."""
    if not access.reads(request.viewer, organisation.pk):
        return {}
    return {
        "hospital": organisation,
        "levels": queries.count_with_level(organisation, timezone.localdate()),
        "candidates": queries.candidates_of([organisation]),
    }  # fmt: skip


def _linked(_request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    """Which houses lead it and which it leads."""
    found = queries.linked_with(organisation)
    return {"linked": found} if found else {}


def _of_person(request: MarrowRequest, person: Person) -> dict[str, Any]:
    if not access.colleagues_for(request.viewer).filter(pk=person.pk).exists():
        return {}
    chapters = queries.logbook_of(person, timezone.localdate())
    return {"person": person, "chapters": chapters} if chapters else {}


def _of_card(_request: MarrowRequest, programme: Programme) -> dict[str, Any]:
    """The numbers as rows count them, beside what was entered: of all partnerships, and of each."""
    cards = queries.cards_of(programme)
    return {"programme": programme, "cards": cards} if cards else {}


hand_in("desk.hospital", "entrusting/hospital_panel.html", _at_hospital)
hand_in("capacity.hospital", "entrusting/linked_panel.html", _linked)
hand_in("people.person", "entrusting/person_panel.html", _of_person)
hand_in("agreements.targets", "entrusting/card_panel.html", _of_card)


@count_hands
def _hands(hospitals: Collection[UUID], on: dt.date) -> dict[tuple[UUID, UUID], int]:
    """On how many people each capability rests: of what nobody was entrusted with, unknown."""
    counts = queries.entrusted_counts(hospitals, on)
    return {(hospital, item): n for hospital, of in counts.items() for item, n in of.items()}
