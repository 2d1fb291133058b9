"""What the planner says, in words in which each record has its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.core.words import comma
from marrow.directory.models import Organisation
from marrow.people.models import Person
from marrow.plan.rules.said import Said

Named = Mapping[UUID, Person | Organisation]
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def from_json(told: Mapping[str, Any]) -> Said:
    names = {k: tuple(v) if isinstance(v, list) else v for k, v in told["names"].items()}
    return Said(told["code"], names)


UNSEEN = object()


def with_names(words: str, named: Named, unseen: object = UNSEEN) -> str:
    """The words with people and units by their names; whom the reader may not see is told so, or
    with `unseen` None called as in the file that the reader sent."""

    def name(found: re.Match[str]) -> str:
        person = named.get(UUID(found[0]))
        unknown = found[0] if unseen is None else _("not for your eyes")
        return str(person) if person else unknown

    return ID.sub(name, words)


def ids_in(told: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """The ids of people that messages name."""
    return {UUID(x) for one in told for x in ID.findall(str(one["names"]))}


def excluded(out: Iterable[tuple[str, int]]) -> str:
    """Whom which rule keeps from a seat: "3 are away then, 2 lack the language"."""
    said = [_excluded(rule, n) for rule, n in out if rule != "has_specialty"]
    return comma().join(said)


def _excluded(rule: str, n: int) -> str:
    words = {
        "is_in_sender_pool": ngettext("%(n)s is not asked", "%(n)s are not asked", n),
        "has_grade": ngettext("%(n)s has too low a title", "%(n)s have too low a title", n),
        "grade_is_known": ngettext(
            "%(n)s has no professional title on record",
            "%(n)s have no professional title on record",
            n,
        ),
        "speaks_language": ngettext("%(n)s lacks the language", "%(n)s lack the language", n),
        "holds_certificate": ngettext(
            "%(n)s lacks a paper that lasts", "%(n)s lack a paper that lasts", n
        ),
        "has_clearance": ngettext(
            "%(n)s has a passport that ends before", "%(n)s have a passport that ends before", n
        ),
        "has_not_refused": ngettext("%(n)s does not wish to go", "%(n)s do not wish to go", n),
        "is_not_turned_down": ngettext(
            "%(n)s was turned down for this seat or withdrew",
            "%(n)s were turned down for this seat or withdrew",
            n,
        ),
        "is_available": ngettext("%(n)s is away then", "%(n)s are away then", n),
        "has_rested": ngettext(
            "%(n)s is inside the rest period", "%(n)s are inside the rest period", n
        ),
    }
    return words.get(rule, rule) % {"n": n} if rule in words else f"{rule} {n}"


def weight_words() -> dict[str, str]:
    """What each weight is called."""
    return {
        "critical": _("a critical seat"),
        "important": _("an important seat"),
        "ordinary": _("an ordinary seat"),
        "containment": _("care without leaving, times the people who leave"),
        "link": _("a handover in which both are on post"),
        "mentor": _("a mentor who comes again"),
        "preference": _("a wish that is met"),
        "overload": _("a person-month above a hospital’s share (taken off)"),
        "stability": _("a seat kept as it was published"),
    }


def tier_words() -> list[str]:
    return [
        _("Seats"), _("Care without leaving"), _("Handover and mentors"),
        _("Wishes and fair load"), _("Kept as published"),
    ]  # fmt: skip


def stop_words(why: str | None) -> str:
    return {
        "proved": pgettext("why the planner stopped", "proved: no plan is better"),
        "time": pgettext("why the planner stopped", "its time was over"),
        "work": pgettext("why the planner stopped", "its work was done"),
        "mended": pgettext("why the planner stopped", "mended by the smallest change"),
        "cancelled": pgettext("why the planner stopped", "somebody stopped it"),
    }.get(why or "", "")
