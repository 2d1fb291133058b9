"""Single records: what was done, by day; a mistake is voided with its reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions.away import prove_was_away
from marrow.activity.models import Deed
from marrow.activity.rules.attendees import names_in
from marrow.activity.rules.kinds import (
    AGES,
    GROUPS,
    IN_PERSONS,
    KINDS,
    MOST_REACHED,
    OUTCOMES,
    REACHING,
    SEXES,
    Words,
)
from marrow.activity.rules.visits import MOST, fault_of
from marrow.catalogue.models import Item
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, Origin, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_numbers, prove_no_patient


class NothingTold(Refused):
    """A record of work with people says no more than that it was."""

    code = "nothing-told"


RECORD = Act("record_deed", gettext_lazy("Recorded what was done"))
RECORD_ALL = Act("record_deeds", gettext_lazy("Recorded what a file tells was done"))
CORRECT = Act("correct_deed", gettext_lazy("Corrected a record of what was done"))
VOID = Act("void_deed", gettext_lazy("Voided a record of what was done"))


#: what of a record may be put right: its day and what was done, never where and by whom
CORRECTED = (
    "age", "attendees", "count", "group", "held_on", "item_id", "kind", "outcome",
    "people_reached", "place", "sex", "specialty", "with_whom",
)  # fmt: skip
#: what says more of a record than that something was held at one's hospital on a day
TELLS = (
    "age", "department_id", "group", "item_id", "outcome", "people_reached", "place", "sex",
    "specialty", "with_whom",
)  # fmt: skip


def record_deed(
    *, organisation: UUID | None, mission: UUID | None, deed: Deed, by: Viewer, at: dt.datetime,
    origin: Origin | None = None, may_be_bare: bool = False,
) -> Deed:  # fmt: skip
    """Record one thing done; `deed` has kind, day and what is known of it. Without a hospital it
    has the mission, and the place as the team calls it. A phone of which no more was asked when
    its user recorded it may be bare: nobody can be asked again."""
    if organisation:
        deed.organisation, deed.mission = access.place_to_write(by, organisation, mission)
    else:
        deed.organisation, deed.mission = None, access.village_to_write(by, mission)
    if by.person is None:
        raise Refused(_("Sign in first."))
    prove_deed(deed, at.date())
    if not may_be_bare:
        prove_told(deed)
    _prove_attendees(deed)
    deed.recorded_by, deed.recorded_at = by.person, at
    with journal(RECORD, by=by, at=at, scope=scope_of(deed), origin=origin) as page:
        page.save(deed)
    return deed


def record_deeds(*, deeds: Sequence[Deed], by: Viewer, at: dt.datetime) -> int:
    """Record up to a few hundred things done, of a file, in one transaction; how many there were.
    Each has its hospital, and the team that did it, if it was one."""
    if by.person is None:
        raise Refused(_("Sign in first."))
    for organisation, mission in {(d.organisation_id, d.mission_id) for d in deeds}:
        if organisation is None:
            raise Refused(_("Say at which hospital, or which team elsewhere."))
        access.place_to_write(by, organisation, mission)
    together: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        prove_deed(deed, at.date())
        prove_told(deed)
        deed.recorded_by, deed.recorded_at = by.person, at
        together[scope_of(deed)].append(deed)
    with journal(RECORD_ALL, by=by, at=at) as page:
        for scope, rows in together.items():
            page.save_all(rows, scope=scope)
    return len(deeds)


def correct_deed(
    *, deed: UUID, values: Mapping[str, Any], by: Viewer, at: dt.datetime,
    origin: Origin | None = None, lifts_void: bool = False,
) -> Deed:  # fmt: skip
    """Put single values of a record right, by their column; its place and author stay. With
    `lifts_void` a person decided that it was no mistake: it counts again."""
    row = access.deed_to_void(by, deed)
    if row.void_reason and not lifts_void:
        raise Refused(_("It is void already."))
    row.void_reason = ""
    for name, value in values.items():
        if name not in CORRECTED:
            raise Refused(_("This does not change."))
        setattr(row, name, value)
    prove_deed(row, at.date())
    if {"kind", *TELLS} & set(values):
        prove_told(row)
    if "attendees" in values:
        _prove_attendees(row)
    with journal(CORRECT, by=by, at=at, scope=scope_of(row), origin=origin) as page:
        page.save(row)
    return row


def prove_deed(deed: Deed, today: dt.date) -> None:
    """Refuse what no record may say."""
    if deed.department and deed.department.organisation_id != deed.organisation_id:
        raise Refused(_("Choose a department of this hospital."))
    for told, words in _codes(deed):
        if told and told not in words:
            raise Refused(_("Choose from the list: “%s” is not in it.") % told)
    named = Deed.item.is_cached(deed)  # a file's technique was just found
    if deed.item_id and not named and not Item.objects.filter(pk=deed.item_id).exists():
        raise Refused(_("There is no such item in the catalogue."))
    if deed.count != 1 and deed.kind not in IN_PERSONS:
        raise Refused(_("A single record counts one; many belong into the month’s report."))
    _prove_reached(deed)
    if fault := fault_of(deed.count, deed.held_on, today):
        raise Refused(
            {
                "COUNT": _("Count from 1 to %s.") % MOST, "FUTURE": _("This day has not come yet."),
                "TOO_EARLY": _("No team was sent before 1963."),
            }[fault]
        )  # fmt: skip
    prove_was_away(deed.mission, deed.held_on)
    if deed.organisation_id is None and not deed.place.strip():
        raise Refused(_("Say where it was."))
    prove_no_numbers(deed.with_whom, deed.place)


def prove_told(deed: Deed) -> None:
    """Refuse a lecture, a demonstration, a clinic of which nothing is told: it is no evidence."""
    told = (getattr(deed, name) for name in TELLS)
    if deed.kind in REACHING and all(value in (None, "") for value in told):
        raise NothingTold(
            _(
                "Nothing is told of it yet. Say how many people it reached, what it was about, with"
                " or for whom."
            )
        )


def _prove_reached(deed: Deed) -> None:
    if deed.people_reached is None:
        return
    if deed.kind not in REACHING:
        raise Refused(
            _(
                "Only a lecture, a demonstration, a free clinic and public-health work tell how"
                " many people they reached; of a training its number says it."
            )
        )
    if not 0 <= deed.people_reached <= MOST_REACHED:
        raise Refused(_("People reached: from 0 to %s.") % f"{MOST_REACHED:,}")


def _prove_attendees(deed: Deed) -> None:
    """Who signed up stands under trainings alone, and is as many as came."""
    names = names_in(deed.attendees or "")
    if not names:
        return
    if deed.kind not in IN_PERSONS:
        raise Refused(_("Only a training has a list of those who came."))
    if len(names) != deed.count:
        raise Refused(_("The list has %(names)s names, and %(count)s came.")
                      % {"names": len(names), "count": deed.count})  # fmt: skip
    prove_no_numbers(*names)


def _codes(deed: Deed) -> list[tuple[str, Words]]:
    return [
        (deed.kind or "–", KINDS), (deed.group, GROUPS), (deed.sex, SEXES), (deed.age, AGES),
        (deed.outcome, OUTCOMES), (deed.specialty, SPECIALTIES),
    ]  # fmt: skip


def void_deed(
    *, deed: UUID, reason: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Deed:
    row = access.deed_to_void(by, deed)
    if not reason.strip():
        raise Refused(_("Say why it is void."))
    prove_no_patient(reason)
    if row.void_reason:
        raise Refused(_("It is void already."))
    row.void_reason = reason.strip()[:200]
    with journal(VOID, by=by, at=at, scope=scope_of(row), origin=origin) as page:
        page.save(row)
    return row


def scope_of(row: Deed) -> str:
    return f"mission:{row.mission_id}" if row.mission_id else f"organisation:{row.organisation_id}"
