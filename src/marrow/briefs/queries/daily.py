"""A day of a team at a place as the sheet of the WHO's minimum data set, out of its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.activity.models import Deed, Visits
from marrow.briefs.queries.operating import places_of
from marrow.briefs.rules import mds
from marrow.briefs.rules.mds import Cells, Done
from marrow.core.journal.columns import prove_borne
from marrow.core.words import in_tongue, semicolon
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.posts.models import Incident
from marrow.ui.papers.tables import Cell, Row

GRAVE = (Incident.Severity.SERIOUS, Incident.Severity.GRAVE)


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    words: dict[str, str]
    told: Cells
    restricted: bool

    @property
    def number(self) -> str:
        """The item's number on the form; bands of age have none."""
        return self.code if self.code[0].isdecimal() and "_" not in self.code else ""

    @property
    def cells(self) -> tuple[int | None, int | None, int | None]:
        return self.told.under5, self.told.from5, self.told.total

    @property
    def numbered(self) -> str:
        return f"{self.number} {in_tongue(self.words)}".strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`place` None is all places of the team together: `places` are its hospitals."""

    mission: Mission
    place: Organisation | None
    places: Sequence[Organisation]
    day: dt.date
    lines: Sequence[tuple[str, Line]]  # with its group
    consultations: int | None
    singles: int
    with_condition: int

    @property
    def place_name(self) -> str:
        return str(self.place) if self.place else semicolon().join(map(str, self.places))

    def by_group(self, *, public: bool = False) -> Iterator[tuple[str, list[Line]]]:
        """The lines of each group; `public` leaves out what goes by a restricted pathway."""
        for group in mds.GROUPS:
            rows = [r for g, r in self.lines if g == group and not (public and r.restricted)]
            if rows:
                yield group, rows

    def notes(self) -> list[str]:
        """What the reader must know of how far it goes."""
        told = [_("What Marrow does not record is left blank. A blank is unknown, not nought.")]
        if self.singles:
            words = ngettext(
                "Age, sex and condition are of %(n)s single record; %(with)s tells a condition.",
                "Age, sex and condition are of %(n)s single records; %(with)s tell a condition.",
                self.singles,
            )  # fmt: skip
            told.append(words % {"n": self.singles, "with": self.with_condition})
        return [*told, _("Wording after version 1.0: check it against the official form.")]


def sheet_of(mission: Mission, place: Organisation | None, day: dt.date) -> Sheet:
    """The sheet of one day, written by nobody: it is what the records say now. Raises Refused of a
    day that no record bears."""
    prove_borne(day)
    done = list(_done(mission, place, day))
    found = mds.cells(done, _grave(mission, place, day))
    lines = [
        (group, Line(code, words, found.get(code, Cells()), code in mds.RESTRICTED))
        for code, group, words in mds.ITEMS
    ]
    visits = [row for row in done if mds.is_consultation(row)]
    return Sheet(
        mission, place, places_of(mission), day, lines,
        mds.consultations(done, _counted(mission, place, day)),
        len(visits), sum(bool(row.icd10) for row in visits),
    )  # fmt: skip


def _done(mission: Mission, place: Organisation | None, day: dt.date) -> Iterator[Done]:
    rows = Deed.objects.filter(mission=mission, held_on=day, void_reason="").select_related("item")
    if place:
        rows = rows.filter(organisation=place)
    for row in rows:
        codes = row.item.codes if row.item else {}
        yield Done(
            row.kind, row.sex, row.age, row.outcome, tuple(codes.get("ICD10", ())),
            tuple(codes.get("ICD9CM3", ())),
        )  # fmt: skip


def _counted(mission: Mission, place: Organisation | None, day: dt.date) -> int | None:
    """The team's own count of the day; it names no place, so of one of several it says nothing."""
    if place and mission.sites.exclude(organisation=place).exists():
        return None
    rows = Visits.objects.filter(mission=mission, held_on=day, void_reason="")
    total: int | None = rows.aggregate(n=Sum("count"))["n"]
    return total


def _grave(mission: Mission, place: Organisation | None, day: dt.date) -> int:
    rows = Incident.objects.filter(mission=mission, happened_on=day, severity__in=GRAVE)
    return rows.filter(site__organisation=place).count() if place else rows.count()


def header() -> list[str]:
    return [
        _("Day"), pgettext("daily report", "Team"), _("Hospital"),
        pgettext("daily report", "No."), pgettext("daily report", "Group"),
        pgettext("daily report", "Item"), "<5", "≥5", _("Total"),
    ]  # fmt: skip


def table(sheet: Sheet) -> Iterator[Row]:
    """A row an item; what goes by a restricted pathway is not in it."""
    where: list[Cell] = [sheet.day, str(sheet.mission), sheet.place_name]
    told = _("Consultations")
    yield [*where, "", "", told, None, None, sheet.consultations]
    for group, rows in sheet.by_group(public=True):
        for row in rows:
            yield [*where, row.code, in_tongue(mds.GROUPS[group]), in_tongue(row.words), *row.cells]
