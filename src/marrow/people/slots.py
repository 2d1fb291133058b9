"""What people hand in: the rail's entry, the pages of their records, sentences of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.journal.history import UNSAID
from marrow.core.models import Record
from marrow.core.subjects import Subject, seen_with, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.people import access
from marrow.people.actions.wording import prove_no_patient_by_name, prove_none_findable
from marrow.people.models import (
    Benefit,
    CareerStep,
    Contact,
    Couple,
    Credential,
    Distinction,
    LanguageSkill,
    Learning,
    Person,
    Unavailability,
    Wellbeing,
    Wish,
)
from marrow.sources.actions.facts import WORDS_HELD
from marrow.sources.sentences import DANGER
from marrow.sources.sentences import tell as tell_sentences
from marrow.ui.rail import Entry, add

name_columns(
    {
        "points": _("points"), "rule": _("rule"), "told_by": _("told by"), "told_on": _("told on"),
        "account": _("account"), "asked_account": _("account that is asked"),
        "birth_year": _("year of birth"), "expires_on": _("valid until"),
        "feeling": _("how somebody is"), "from_on": _("first day away"),
        "given_by": _("given by"), "granted_on": _("granted"),
        "issued_on": pgettext_lazy("credential", "issued"),
        "learned_on": _("learned"), "note": _("note"),
        "left_on": _("left the unit"), "person_id": _("person"),
        "said_on": _("said on"), "sealed_phone": _("telephone"),
        "sealed_relation": _("relation"), "sealed_words": _("words"), "sex": _("sex"),
        "since_on": _("since"), "specialty": _("specialty"), "tested_on": _("tested"),
        "unit_id": _("unit"), "until_on": _("first free day"),
        "why": pgettext_lazy("an absence", "why"),
        "willing": _("ready to be sent"),
    }
)  # fmt: skip
WORDS_HELD.extend((prove_none_findable, prove_no_patient_by_name))
add(Entry(45, _("People"), "people:index", ("office", "unit", "auditor")))
tell_sentences(
    {
        "NEEDS_HELP": names(
            "{name} says that they need help. Call them today.",
            "{name}表示需要帮助。请今天联系。",
            "{name} dit avoir besoin d’aide. Appelez aujourd’hui.",
        )
    },
    {"NEEDS_HELP": names("needs help", "需要帮助", "demande d’aide")},
)
DANGER.add("NEEDS_HELP")


def _whose(row: Any) -> Person:
    found: Person = row if isinstance(row, Person) else row.person
    return found


def _page(row: Record) -> str:
    return reverse("people:person", args=[_whose(row).pk])


def _care(row: Record) -> str:
    return reverse("people:care", args=[_whose(row).pk])


def _may_change(viewer: Viewer, row: Record) -> bool:
    return access.corrects(viewer, _whose(row))


def _of_office(path: str) -> Callable[[Viewer], Q]:
    """Records of people of the units that the viewer's office keeps."""
    return lambda viewer: Q(**{f"{path}__in": access.units_of(viewer, "office")})


def _may_know(viewer: Viewer, row: Record) -> bool:
    return access.may_see_wellbeing(viewer, _whose(row))


def _knows_wishes(viewer: Viewer, row: Record) -> bool:
    return access.knows_wishes(viewer, _whose(row))


def _may_care(viewer: Viewer, row: Record) -> bool:
    return access.may_see_private(viewer, _whose(row))


UNSAID["people.person"] = ("asked_account",)  # whose it may be is between that one and the office
for model, word in (
    (Person, pgettext_lazy("on the roster", "person")),
    (Credential, _("credential")),
    (LanguageSkill, _("language")),
    (Unavailability, _("days not free")),
    (Benefit, _("benefit")),
    (Distinction, _("honour of a person")),
    (CareerStep, _("step of a career")),
    (Learning, _("what was learned")),
):
    tell(
        Subject(
            model, word, _page, may_change=_may_change,
            sees=seen_with(lambda row: _whose(row).pk, access.people_for),
            related=("unit",) if model is Person else ("person",),
            mine=_of_office("unit" if model is Person else "person__unit"),
        )
    )  # fmt: skip
tell(Subject(Contact, _("emergency contact"), _care, _may_care, _may_care, related=("person",)))
tell(
    Subject(
        Wellbeing, _("how somebody is"), _care, _may_know, _may_know, related=("person",),
        mine=lambda viewer: Q(person__in=access.looked_after(viewer).values("pk")),
    )
)  # fmt: skip
tell(
    Subject(
        Wish, _("wish or refusal"), _page, _knows_wishes, _knows_wishes,
        related=("person", "area", "series"), mine=_of_office("person__unit"),
    )
)  # fmt: skip


def _sees_couple(viewer: Viewer, row: Any) -> bool:
    return access.sees_couple(viewer, row)


tell(
    Subject(
        Couple, _("couple"), lambda row: reverse("people:person", args=[row.one_id]),  # type: ignore[attr-defined]
        _sees_couple, lambda viewer, row: access.keeps(viewer, row.one),  # type: ignore[attr-defined]
        related=("one", "other"), mine=_of_office("one__unit"),
    )
)  # fmt: skip
