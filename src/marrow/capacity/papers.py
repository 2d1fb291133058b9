"""What hospitals and areas can do, printed: a hospital's capability book, a list's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from marrow.capacity import queries
from marrow.capacity.queries.ladder import Rung
from marrow.capacity.rules.care import Care
from marrow.capacity.rules.readiness import Running
from marrow.capacity.words import care_words, counted_words, gone_words, people_words
from marrow.core.words import colon, in_tongue, listing, semicolon
from marrow.directory.models import Organisation
from marrow.ui.papers.books import Book, Chapter, Table, book_pdf


def capability_book(hospital: Organisation, on: dt.date) -> bytes:
    """All that a hospital can do on a day, by specialty, with who signed it and since when."""
    story = queries.story_of(hospital, on)
    chapters = [_levels(), *(_specialty(name, rungs) for name, rungs in story.ladder)]
    machines = queries.machines_of(hospital, on)
    if machines:
        chapters.append(_machines(machines))
    place = in_tongue(hospital.area.names) if hospital.area else ""
    return book_pdf(
        Book(
            _("Capability book: %s") % hospital,
            " · ".join(part for part in (place, _("as of %s") % _day(on)) if part),
            chapters, foot=f"Marrow · {hospital} · {on.isoformat()}",
        )
    )  # fmt: skip


def book_name(hospital: Organisation, on: dt.date) -> str:
    """The name of its file, which tells hospital, language and day."""
    named = slugify(hospital.names.get("en") or hospital.names.get("fr") or "")
    return f"capability-{named or hospital.pk}-{get_language()}-{on.isoformat()}"


def _levels() -> Chapter:
    told = semicolon().join(f"{level} = {words}" for level, words in queries.levels())
    return Chapter(_("The ladder"), (told,))


def _specialty(name: str, rungs: Iterable[Rung]) -> Chapter:
    header = [
        pgettext("catalogue", "Item"), _("Level"), _("Since"), _("rests on"),
        _("after the visitors left"),
    ]  # fmt: skip
    rows = [
        [
            str(r.item), _level(r), r.now.on.isoformat(),
            _rests(r), _check(r),
        ]
        for r in rungs
    ]  # fmt: skip
    return Chapter(name[:1].upper() + name[1:], (), Table(header, rows, (34, 22, 13, 18, 18)))


def _level(rung: Rung) -> str:
    """The level with its words; that it fell back, and why."""
    told = f"{rung.now.level} · {rung.now.get_level_display()}"
    if not rung.fell:
        return told
    why = rung.now.said("reason")
    return semicolon().join([told, _("fell back"), *([why] if why else [])])


def _rests(rung: Rung) -> str:
    """On how many people and machines what is done alone rests; '–' of what is not done alone."""
    rests = rung.rests
    if rests is None:
        return _("not ready today") if rung.not_ready else "–"
    parts = [] if rests.hands is None else [people_words(rests.hands)]
    parts += [_running(machine, count) for machine, count in rests.machines.items()]
    if rests.why_fragile:
        parts.append(_("fragile"))
    if rung.not_ready:
        parts.append(_("not ready today"))
    return listing().join(parts) or _("unknown")


def _running(machine: str, count: Running) -> str:
    if count.work == count.there:
        return f"{count.work} × {machine}"
    told = {"machine": machine, "n": count.work, "there": count.there}
    return _("%(machine)s: %(n)s of %(there)s work") % told


def _check(rung: Rung) -> str:
    check = rung.check
    if check is None:
        return "–"
    if check.answer is None:
        return _("asked on %s") % check.due_on.isoformat()
    told = _("%d months: still done") if check.answer.still else _("%d months: no longer")
    return told % check.months


def _machines(machines: Iterable[queries.Machine]) -> Chapter:
    header = [pgettext("equipment", "Machine"), _("How it is"), _("Since")]
    rows = [
        [
            m.row.said("label"),
            str(m.last.get_state_display()) if m.last else _("not installed yet"),
            m.last.on.isoformat() if m.last else "–",
        ]
        for m in machines
    ]  # fmt: skip
    return Chapter(_("Machines"), (), Table(header, rows, (50, 25, 15)))


def answers_paper(asked: queries.Question, known: dt.date | None) -> bytes:
    """A list's answers on a day: the four counts, then every item with its hospitals."""
    found = queries.matrix_of(asked, queries.Chosen())
    counts = listing().join(counted_words(c, found.counts[c]) for c in Care)
    moment = _("as it was known on %s") % _day(known) if known else _("as it is known today")
    chapters = [Chapter(_("In the area"), (counts, gone_words(found.gone)))]
    for specialty, lines in found.groups:
        named = {h.pk: str(h) for h in found.hospitals}
        rows = [
            [
                str(line.item), care_words(line.care),
                listing().join(f"{named[c.hospital]}{colon()}{c.level}" for c in line.cells
                          if c.level is not None) or "–",
                "–" if line.left is None else str(line.left),
            ]
            for line in lines
        ]  # fmt: skip
        header = [
            pgettext("catalogue", "Item"), _("In the area"), _("Hospitals and levels"),
            _("left in the last year"),
        ]  # fmt: skip
        title = specialty[:1].upper() + specialty[1:]
        chapters.append(Chapter(title, (), Table(header, rows, (32, 17, 42, 14))))
    title, place = in_tongue(asked.list.names), in_tongue(asked.area.names)
    number = queries.number_of_version(asked.list, asked.on, asked.known_by)
    version = [_("version %d of the list") % number] if number else []
    told = " · ".join((place, *version, _("as of %s") % _day(asked.on), moment))
    return book_pdf(Book(title, told, chapters, foot=f"Marrow · {asked.list.key}"))


def _day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
