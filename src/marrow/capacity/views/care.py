"""What an area can treat: its lists, the matrix, the rows behind an answer, what changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.capacity import actions, papers, queries
from marrow.capacity.forms import ExpectForm
from marrow.capacity.queries.changes import Changed
from marrow.capacity.rules import causes
from marrow.capacity.rules.care import Care
from marrow.capacity.views.days import asked_day, day_of, notes_on_days
from marrow.capacity.words import answer_words, care_words, cause_words, gone_words
from marrow.catalogue.access import item_for, keeps_lists_of, list_for, list_to_keep
from marrow.catalogue.queries import claims, claims_of, specialty_choices
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.teams.access import hospitals_served
from marrow.ui.drawing.curves import Line, curves
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.books import pdf_file
from marrow.ui.papers.tables import Row, table_file
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("public")
def index(request: MarrowRequest) -> HttpResponse:
    """Every list with what its area can treat today."""
    today = timezone.localdate()
    shown = queries.lists_shown()
    cares = queries.care_of_all(shown, today)
    gone = queries.gone_of_all(shown, cares, today)
    lists = [
        (row, _told(Counter(cares[row.pk].values())), gone_words(gone[row.pk])) for row in shown
    ]
    page = {
        "lists": lists, "on": today, "late": _late(request.viewer, today), "claims": claims(),
    }  # fmt: skip
    return render(request, "capacity/index.html", page)


@require_safe
@gate("office")
def mine(request: MarrowRequest) -> HttpResponse:
    """What the work of an office comes to: its lists, and the change of a year."""
    today = timezone.localdate()
    page = {
        "stars": queries.stars(queries.lists_of_office(request.viewer), today),
        "before": queries.a_year_before(today),
    }
    part = "#stars" if request.htmx else ""
    return render(request, f"capacity/mine.html{part}", page)


def _late(viewer: Viewer, today: dt.date) -> list[tuple[Any, str]]:
    """Which hospitals its office should ask again whether something is still done."""
    if not viewer.holds("office"):
        return []
    told = _("A hospital has not answered whether it is still done: %s")
    return [(h, told % one.item) for h, one in queries.late_checks(hospitals_served(viewer), today)]


def _told(counts: Counter[Care]) -> list[tuple[Care, str, int]]:
    """Each answer with its words and how many items have it."""
    return [(care, care_words(care), counts[care]) for care in Care]


@require_safe
@gate("public")
def explained(request: MarrowRequest) -> HttpResponse:
    """The measure, told to a minister."""
    return render(request, "capacity/explained.html", {"levels": queries.levels()})


@require_safe
@gate("public")
def introduced(request: MarrowRequest) -> HttpResponse:
    """What hospitals had not done before: each with hospital, specialty, team, expert and day."""
    asked = request.GET
    specialty, year = asked.get("specialty", "")[:24], asked.get("year", "")[:4]
    page = {
        "new": queries.introduced(specialty, year), "specialty": specialty, "year": year,
        "specialties": specialty_choices(), "years": queries.years_of_new(),
    }  # fmt: skip
    return render(request, "capacity/introduced.html", page)


@require_safe
@gate("public")
def introduced_sheet(request: MarrowRequest, ending: str) -> HttpResponseBase:
    """The same as a table."""
    asked = request.GET
    chosen = asked.get("specialty", "")[:24], asked.get("year", "")[:4]
    new = queries.introduced(*chosen, most=queries.MOST_OF_SHEET)
    header = [
        pgettext("catalogue", "Item"), _("Kind"), _("Specialty"), _("Hospital"), _("Since"),
        _("Level"), _("Reached with"), _("Signed by the expert"),
    ]  # fmt: skip
    return table_file(ending, "introduced", header, (_new(one) for one in new.rows))


def _new(one: queries.New) -> Row:
    row = one.step
    return [
        str(row.item), row.item.get_kind_display(), one.specialty, str(one.hospital), row.on,
        row.level, str(row.mission or ""), one.experts,
    ]  # fmt: skip


def question(request: MarrowRequest, listing: str) -> queries.Question:
    """What an address asks of a list; `known` is a day by whose end it was known."""
    row = list_for(listing)
    known = asked_day(request, "known")
    by = _end_of(known) if known else None
    return queries.Question(queries.place_of(row, _code(request)), row, day_of(request), by)


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def _code(request: MarrowRequest) -> str:
    """Which part of the list's area is asked for; '' is the whole."""
    return request.GET.get("area", "").strip()[:20]


def _narrow(asked: queries.Question) -> str:
    """The code of the part that was asked for, for the links of its page; '' is the whole."""
    return "" if asked.area == asked.list.area else asked.area.code


@require_safe
@gate("public")
def matrix(request: MarrowRequest, listing: str) -> HttpResponse:
    """One list in its area: items against hospitals; one specialty at first."""
    asked, told = question(request, listing), request.GET
    row = asked.list
    wants = {"specialty", "care", "severity"} & told.keys()
    chosen = queries.Chosen(*(told.get(n, "") for n in ("specialty", "care", "severity")))
    found = queries.matrix_of(asked, chosen if wants else None)
    if not wants and found.specialties:
        chosen = queries.Chosen(found.specialties[0][0])
    may_expect = keeps_lists_of(request.viewer, row.area, row.programme)
    page = {
        "list": row, "on": asked.on, "known": asked_day(request, "known"), "matrix": found,
        "place": asked.area, "narrow": _narrow(asked), "places": queries.places_in(row),
        "chosen": chosen, "levels": queries.levels(),
        "outcomes": _told(found.counts), "gone": gone_words(found.gone),
        "curve": _curve(asked), "today": timezone.localdate(),
        "claims": [] if _narrow(asked) else claims_of(row, claims()),
        "expected": queries.expected_of(asked),
        "notes": notes_on_days(request, "on", "known"),
        "may_expect": may_expect, "namings": queries.namings_of(row) if may_expect else [],
    }  # fmt: skip
    return render(request, "capacity/matrix.html", page)


def _curve(asked: queries.Question) -> str:
    """The drawing of what locals and visitors treated over the years; of the present alone."""
    found = queries.curve_of(asked) if asked.known_by is None else None
    if found is None:
        return ""
    lines = [Line(_("locals"), "l4", found.locals), Line(_("visitors"), "l2", found.visitors)]
    label = _("How many of the listed items locals treat alone, and how many with visitors")
    # every word in it was escaped as it was drawn
    return mark_safe(curves(found.days, lines, label=label))  # noqa: S308


@require_safe
@gate("public")
def item(request: MarrowRequest, listing: str, catalogued: str) -> HttpResponse:
    """The rows behind one answer: each hospital, its level, its evidence, what is so that day."""
    asked, about = question(request, listing), item_for(catalogued)
    care, rows, hidden = queries.rows_of(asked, about)
    page = {
        "list": asked.list, "place": asked.area, "narrow": _narrow(asked), "item": about,
        "on": asked.on, "known": asked_day(request, "known"), "care": care, "rows": rows,
        "hidden": hidden, "notes": notes_on_days(request, "on", "known"),
    }  # fmt: skip
    return render(request, "capacity/item.html", page)


@require_safe
@gate("public")
def changes(request: MarrowRequest, listing: str) -> HttpResponse:
    """What changed between two days, split into causes that sum to it: as all is known today, or
    as it was known on each day."""
    row, today = list_for(listing), timezone.localdate()
    place = queries.place_of(row, _code(request))
    last = min(asked_day(request, "until") or today, today)
    first = min(asked_day(request, "from") or last.replace(day=1, month=1), today)
    first, last = min(first, last), max(first, last)
    then = request.GET.get("told") == "then"
    start = queries.Moment(first, _end_of(first) if then else None)
    end = queries.Moment(last, _end_of(last) if then and last < today else None)
    found = queries.changed_between(place, row, start, end)
    words = _causes_told(found, then)
    lines = [(c, care_words(c), found.before[c], found.after[c], _parts(found, c, words))
             for c in Care]  # fmt: skip
    turns = [(t.item, care_words(t.before), care_words(t.after)) for t in found.turns]
    page = {
        "list": row, "place": place, "narrow": "" if place == row.area else place.code,
        "first": first, "last": last, "lines": lines, "turns": turns, "then": then,
        "causes": words, "opened": _opened(request, found),
        "notes": notes_on_days(request, "from", "until"),
    }  # fmt: skip
    return render(request, "capacity/changes.html", page)


def _causes_told(found: Changed, then: bool) -> dict[str, str]:
    """As all is known today, nobody was merged or moved between two days: those say nothing, but
    where a hospital since should have what is listed, or no longer should."""
    still = {causes.MERGE, causes.MEMBERSHIP} - {move.cause for move in found.moves}
    return {c: w for c, w in cause_words().items() if then or c not in still}


def _parts(found: Changed, care: Care, told: Iterable[str]) -> dict[str, int]:
    parts = found.part(care)
    return {cause: parts[cause] for cause in told}


def _opened(request: MarrowRequest, found: Changed) -> dict[str, Any] | None:
    """The rows behind the figure that was pressed: which cause moved what to or from an answer."""
    cause, care, words = request.GET.get("cause", ""), request.GET.get("care", ""), cause_words()
    if cause not in words or care not in set(Care):
        return None
    rows = [
        (r.item, answer_words(r.before), answer_words(r.after), r.counts, r.at)
        for r in queries.rows_behind(found, cause, Care(care))
    ]
    return {"cause": words[cause], "care": care_words(care), "rows": rows,
            "sum": sum(n for _i, _b, _a, n, _at in rows)}  # fmt: skip


@require_safe
@gate("public")
def sheet(request: MarrowRequest, listing: str, ending: str) -> HttpResponseBase:
    """The whole list as a table, with the day and the moment by which it was known."""
    asked, known = question(request, listing), asked_day(request, "known")
    version = queries.number_of_version(asked.list, asked.on, asked.known_by)
    parts = [
        "care", asked.list.key, _narrow(asked), f"v{version}" if version else "",
        asked.on.isoformat(), f"known-{known.isoformat()}" if known else "",
    ]  # fmt: skip
    name = "-".join(part for part in parts if part)
    if ending == "pdf":
        return pdf_file(papers.answers_paper(asked, known), name)
    found = queries.matrix_of(asked, queries.Chosen())
    header = [
        pgettext("catalogue", "Item"), _("Specialty"), _("Severity"), _("In the area"),
        _("left in the last year"), *(str(h) for h in found.hospitals),
        _("Place"), pgettext("of a list", "Version"), _("On the day"), _("As known on"),
    ]  # fmt: skip
    told: Row = [in_tongue(asked.area.names), version, asked.on, known or timezone.localdate()]
    return table_file(ending, name, header, _rows(found, told))


def _rows(found: queries.Matrix, told: Row) -> Iterator[Row]:
    """Each item, and behind it what the whole table was asked: a row tells it by itself."""
    for specialty, lines in found.groups:
        for line in lines:
            yield [
                in_tongue(line.item.names), specialty, str(line.item.get_severity_display()),
                care_words(line.care), line.left, *(c.level for c in line.cells), *told,
            ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate("office")
def expect(request: MarrowRequest, listing: str) -> HttpResponse:
    """Which hospitals should have what a list holds."""
    row = list_to_keep(request.viewer, listing)
    form = ExpectForm(request.POST or None, today=timezone.localdate())
    there = reverse("capacity:matrix", args=[row.key])

    def act() -> HttpResponse:
        actions.expect_hospital(
            key=row.key, organisation=form.cleaned_data["organisation"].pk,
            on=form.cleaned_data["on"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, there)

    lede = _("Patients must leave only where every hospital named here was assessed.")
    return keep(request, form, act, Shown(_("Name a hospital"), there, str(row), lede))


@require_POST
@gate("office")
def expect_no_longer(request: MarrowRequest, listing: str, organisation: UUID) -> HttpResponse:
    """From today on a hospital no longer should have what a list holds."""
    row = list_to_keep(request.viewer, listing)
    actions.expect_no_longer(
        key=row.key, organisation=organisation, by=request.viewer, at=timezone.now()
    )
    return redirect("capacity:matrix", row.key)
