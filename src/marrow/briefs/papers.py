"""Papers of what teams tell: the month's brief, the daily report, the operating list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.activity.models import Picture as OfActivity
from marrow.activity.queries.pictures import bytes_of
from marrow.briefs.models import Brief
from marrow.briefs.queries import briefing, operating
from marrow.briefs.queries.briefing import Photograph
from marrow.briefs.queries.daily import Sheet
from marrow.briefs.queries.figures import Figure
from marrow.briefs.rules import mds
from marrow.core.words import colon, in_tongue
from marrow.missions.models import Mission
from marrow.ui.papers.books import Book, Chapter, Picture, Table, book_pdf

UNKNOWN = "–"


def brief_pdf(brief: Brief, language: str) -> bytes:
    """The brief in one language; where its leader wrote in others alone, their words as written."""
    with translation.override(language):
        shown = briefing.shown(brief)
        state = (
            _("Sent on %(day)s by %(who)s")
            % {"day": f"{brief.sent_at:%Y-%m-%d}", "who": shown.sent_by or UNKNOWN}
            if brief.sent_at
            else _("Draft: not sent yet")
        )
        return book_pdf(
            Book(
                _("Monthly brief %s") % brief, f"{brief.mission} · {state}",
                [_words(brief, language), _figures(shown), *_photographs(shown.photographs)],
                foot=f"Marrow · {brief.mission} · {brief}",
            )
        )  # fmt: skip


def _words(brief: Brief, language: str) -> Chapter:
    title = pgettext("brief", "From the leader")
    if text := brief.texts.get(language):
        return Chapter(title, text.splitlines())
    names = dict(settings.LANGUAGES)
    texts: list[str] = []
    for code, text in brief.texts.items():
        texts += [f"({names.get(code, code)})", *text.splitlines()]
    return Chapter(title, texts or [_("Nothing is written yet.")])


def _figures(shown: briefing.Shown) -> Chapter:
    header = [pgettext("brief", "Figure"), _("This month"), _("The month before")]
    rows = [
        [f.label, _value(f), f.before or UNKNOWN]
        for f in (line.figure for line in shown.lines)
    ]  # fmt: skip
    lede = _("From the records of the team. “–” is unknown: nobody told of it. It is not nought.")
    return Chapter(pgettext("brief", "In figures"), [lede], Table(header, rows, (50, 25, 25)))


def _value(told: Figure) -> str:
    if told.value is None:
        return UNKNOWN
    more = [_("single records: %s") % told.single] if told.single else []
    if told.reached or told.untold:
        people = f"{told.reached} {told.left_out}".strip() if told.reached else _("unknown")
        more.append(_("people reached: %s") % people)
    return told.value + (f" ({'; '.join(more)})" if more else "")


def _photographs(found: Sequence[Photograph]) -> list[Chapter]:
    rows = {row.pk: row for row in OfActivity.objects.filter(pk__in=[p.pk for p in found])}
    drawn = [
        Picture(jpeg, p.width, p.height, p.told)
        for p in found
        if p.pk in rows and (jpeg := bytes_of(rows[p.pk]))
    ]
    return [Chapter(pgettext("brief", "Photographs"), pictures=drawn)] if drawn else []


def list_pdf(mission: Mission, today: dt.date) -> bytes:
    """The operating list with its figures, by numbers alone."""
    lines = operating.lines(mission, today)
    rates = operating.rates_of(lines, today)
    told = [
        _("Screened: %s") % rates.screened, _("Operated: %s") % rates.operated,
        _("Seen on day 1: %s") % rates.day1,
        _("Seen in week 6: %(n)s of %(due)s for whom it has come")
        % {"n": rates.week6, "due": rates.week6_due},
        _("See again: %s") % rates.sees_again,
    ]  # fmt: skip
    header = [
        pgettext("operating list", "No."), _("Screened on"),
        pgettext("operating list", "What was decided"),
        pgettext("what was done", "Technique or condition"), _("Operated on"),
        pgettext("operating list", "Day 1"), pgettext("operating list", "Week 6"),
    ]  # fmt: skip
    rows = [
        [str(cell if cell is not None else "") for cell in row] for row in operating.table(lines)
    ]
    short = [
        [r[0], r[2], r[3], r[4], r[7], f"{r[8]} {r[9]}".strip(), f"{r[10]} {r[11]}".strip()]
        for r in rows
    ]
    return book_pdf(
        Book(
            _("Operating list"), str(mission),
            [Chapter(pgettext("brief", "In figures"), told),
             Chapter(_("The list"), (), Table(header, short, (7, 13, 17, 22, 13, 16, 16)))],
            foot=f"Marrow · {mission} · {today.isoformat()}",
        )
    )  # fmt: skip


def daily_pdf(sheet: Sheet) -> bytes:
    """The day's sheet by the groups of which something was told. What was left blank is named
    without its empty rows: they would fill pages on which nothing stands."""
    header = [
        pgettext("daily report", "No."),
        pgettext("daily report", "Item"),
        "<5",
        "≥5",
        _("Total"),
    ]
    groups = list(sheet.by_group(public=True))
    blank = [
        f"{in_tongue(mds.GROUPS[group])}{colon()}{'; '.join(r.numbered for r in rows)}"
        for group, rows in groups if all(r.told.total is None for r in rows)
    ]  # fmt: skip
    chapters = [
        Chapter(
            in_tongue(mds.GROUPS[group]), (),
            Table(header, [[r.number, in_tongue(r.words), *map(_cell, r.cells)] for r in rows],
                  (8, 56, 12, 12, 12)),
        )
        for group, rows in groups if any(r.told.total is not None for r in rows)
    ]  # fmt: skip
    if blank:
        chapters.append(Chapter(pgettext("daily report", "Left blank: nothing was told"), blank))
    where = " · ".join(part for part in (str(sheet.mission), sheet.place_name) if part)
    told = [_("Consultations: %s") % _cell(sheet.consultations), *sheet.notes()]
    return book_pdf(
        Book(
            _("Daily report %s") % sheet.day.isoformat(), where,
            [Chapter(pgettext("daily report", "The day"), told), *chapters],
            foot=f"Marrow · WHO EMT MDS 1.0 · {sheet.day.isoformat()}",
        )
    )  # fmt: skip


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)
