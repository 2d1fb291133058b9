"""A ceremony honours everybody on its list in one act; its order of the day is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.missions.models import Honour
from marrow.people.models import Distinction
from marrow.programmes.models import Event
from marrow.recognition import access
from marrow.recognition.models import AgendaItem, Honouree
from marrow.recognition.queries.ceremonies import Meant, meant_groups, meant_people
from marrow.recognition.rules.lists import MOST, Told
from marrow.sources.actions import Source, tell_source

HONOUR = Act("honour_all", gettext_lazy("Honoured groups and persons at a ceremony"))
AGENDA = Act("keep_agenda", gettext_lazy("Kept the order of the day"))


@dataclass(frozen=True, slots=True)
class Awarded:
    """The lines of a list and what the honour of all of them is called."""

    lines: Sequence[Told]
    award: Names


def honour_all(
    *, event: UUID, groups: Awarded, persons: Awarded, body: Names, source: Source, by: Viewer,
    at: dt.datetime,
) -> list[Honouree]:  # fmt: skip
    """Write the honour of each line that is new: on the mission or person that it means.

    A line that stands twice, or was honoured at this ceremony before, adds nothing. Returns those
    who are new.
    """
    row = access.event_to_keep(by, event)
    if len(groups.lines) > MOST or len(persons.lines) > MOST:
        raise Refused(_("More than %(count)s lines. Honour them in parts.") % {"count": MOST})
    for each in (groups, persons):
        if each.lines and not in_tongue(each.award):
            raise Refused(_("Say what the honour is called, for groups and for persons."))
    found = [m for m in meant_groups(row, groups.lines) if m.is_new]
    found += [m for m in meant_people(by, row, persons.lines) if m.is_new]
    if not found:
        raise Refused(_("Nobody on this list is new: all are honoured here already."))
    ranks = {
        kind: Honouree.objects.filter(event=row, kind=kind).count() for kind in Honouree.Kind.values
    }
    listed = Honouree.objects.in_bulk([one.key for one in found])
    made = []
    with journal(HONOUR, by=by, at=at, scope=f"event:{row.pk}") as page:
        for one in found:
            line = listed.get(one.key)
            if line is None:
                ranks[one.kind] += 1
                award = (groups if one.kind == "GROUP" else persons).award
                line = _line(row, one, award, ranks[one.kind])
            made.append(_honoured(page, line, one, body))
        _tell(page, made, source, at)
    return made


def _line(event: Event, one: Meant, award: Names, rank: int) -> Honouree:
    return Honouree(
        id=one.key, event=event, kind=one.kind, rank=rank, name_told=one.told.name,
        unit_told=one.told.unit, award=award,
    )  # fmt: skip


def _honoured(page: Page, made: Honouree, one: Meant, body: Names) -> Honouree:
    """The honour on the record that is meant, then the line of the ceremony's list."""
    made.mission, made.person = one.mission, one.person
    award, event = made.award, made.event
    if one.kind == "GROUP":
        made.honour = _of_group(event, one, award, body)
        page.save(made.honour)
    elif one.person:
        made.distinction = Distinction(
            id=same_id("distinction", one.key), person=one.person, names=award,
            body=in_tongue(body)[:200], given_on=event.held_on,
        )  # fmt: skip
        page.save(made.distinction)
    page.save(made)
    return made


def _of_group(event: Event, one: Meant, award: Names, body: Names) -> Honour:
    """A mission's honour hangs on it; another group is called by name beside its honour."""
    honour = Honour(
        id=same_id("honour", one.key), names=award, body=body, given_on=event.held_on,
        to=Honour.To.TEAM, mission=one.mission,
    )  # fmt: skip
    if one.mission is None:
        honour.programme, honour.to, honour.count = event.programme, Honour.To.GROUPS, 1
        honour.names = {code: f"{text} · {one.told.name}" for code, text in award.items()}
    return honour


def _tell(page: Page, made: list[Honouree], source: Source, at: dt.datetime) -> None:
    for one in made:
        for about in (one.honour, one.distinction):
            if about is not None:
                tell_source(page, about=about, told={"names": in_tongue(about.names)},
                            source=source, at=at)  # fmt: skip


def keep_agenda(
    *, event: UUID, items: Sequence[tuple[str, str, str]], by: Viewer, at: dt.datetime
) -> list[AgendaItem]:
    """Keep the order of the day: (when, what, who); what stood there before gives way."""
    row = access.event_to_keep(by, event)
    before = list(AgendaItem.objects.filter(event=row))
    made = []
    with journal(AGENDA, by=by, at=at, scope=f"event:{row.pk}") as page:
        for rank, (when, what, who) in enumerate(items, 1):
            item = before[rank - 1] if rank <= len(before) else AgendaItem(id=uuid4(), event=row)
            item.rank, item.begins_at = rank, when
            item.agenda_point, item.agenda_who = what[:200], who[:200]
            page.save(item)
            made.append(item)
        for item in before[len(items) :]:
            page.remove(item)
    return made
