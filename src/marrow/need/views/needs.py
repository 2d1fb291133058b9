"""What areas lack in the order of people helped; a need, its hospital's word, what answers it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.capacity.queries import (
    Chosen,
    Matrix,
    Question,
    levels,
    matrix_of,
    place_of,
    places_in,
)
from marrow.capacity.rules.care import Care
from marrow.capacity.words import care_words
from marrow.catalogue.access import item_for, list_for
from marrow.core.refusals import NotAllowed
from marrow.need import access, actions, queries
from marrow.need.forms import IdentifyForm, LinkForm, PaperForm, WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

TELLERS = ("recipient", "office")
AT_ONCE = 8  # needs that are open when a page opens


def _to(need: UUID) -> str:
    return reverse("need:need", args=[need])


@require_safe
@gate(*access.READERS)
def index(request: MarrowRequest) -> HttpResponse:
    """Areas with lists: what is contained, what must leave, who left."""
    today = timezone.localdate()
    lists = [
        (one, [(care, care_words(care), count) for care, count in one.counts])
        for one in queries.areas_with_lists(today)
    ]
    page = {
        "lists": lists, "on": today, "imports": request.viewer.holds("office", "recipient"),
        "reads_precision": request.viewer.holds("office", "auditor"),
    }  # fmt: skip
    return render(request, "need/index.html", page)


def _first(matrix: Matrix) -> str:
    return next((code for code, _words in matrix.specialties), "")


@require_safe
@gate(*access.READERS)
def listed(request: MarrowRequest, listing: str) -> HttpResponse:
    """What hospitals can do of a list, one specialty at first; its needs, the most people first."""
    row, today, told = list_for(listing), timezone.localdate(), request.GET
    places, code = places_in(row), told.get("area", "").strip()[:20]
    place = next((one for one in places if one.code == code), None) or place_of(row, code)
    asked = Question(place, row, today)
    found = queries.needs_of_list(asked, access.hospitals_read(request.viewer))
    wanted, severity = told.get("specialty", ""), told.get("severity", "")
    chosen = Chosen(wanted, severity=severity)
    matrix = matrix_of(asked, chosen if wanted or severity else None)
    lines = [one for one in found.lines if severity in ("", one.item.severity)]
    page = {
        "list": row, "on": today, "page": found, "shown": lines[:AT_ONCE],
        "place": place, "narrow": "" if place == row.area else place.code,
        "places": places,
        "more": lines[AT_ONCE:], "at_once": AT_ONCE, "matrix": matrix, "levels": levels(),
        "chosen": wanted if wanted or severity else _first(matrix), "severity": severity,
        "outcomes": [(care, care_words(care), found.counts[care]) for care in Care],
        "known": queries.known_of(place), "reads": access.reads_area(request.viewer, place),
        "may_name": queries.may_ask_for(request.viewer, row, today, place),
        "may_tell": access.office_of_area(request.viewer, place),
    }  # fmt: skip
    return render(request, "need/list.html", page)


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def identify(request: MarrowRequest, listing: str, catalogued: str) -> HttpResponse:
    """Make a need of what an area lacks."""
    row, about = list_for(listing), item_for(catalogued)
    hospitals = queries.hospitals_to_ask_for(request.viewer, row, timezone.localdate())
    if not hospitals:
        raise NotAllowed(_("You speak for no hospital that should have what this list holds."))
    form = IdentifyForm(request.POST or None, hospitals=hospitals)

    def act() -> HttpResponse:
        told = form.cleaned_data
        made = actions.identify_need(
            organisation=UUID(told["organisation"]), key=row.key, item=about.key,
            words=told["words"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to(made.pk))

    back = reverse("need:list", args=[row.key])
    lede = _("Its own hospital confirms it; only then seats are planned for it.")
    shown = Shown(_("Name a need: %s") % about, back, str(row), lede)
    return keep(request, form, act, shown)


@require_safe
@gate(*access.READERS)
def need(request: MarrowRequest, need: UUID) -> HttpResponse:
    """A need: what is lacking, on whose word, what answers it, what the measure proposes."""
    row, viewer = access.need_for(request.viewer, need), request.viewer
    told, care = queries.need_told(row, timezone.localdate())
    office = access.office_of(viewer, row.organisation)
    speaks = access.speaks_for(viewer, row.organisation)
    page = {
        "need": told.row, "told": told, "care": care, "wants": queries.wants_of(told.row.item),
        "story": queries.story_of(row.list.area, row.item, timezone.localdate()),
        "known": queries.known_of(row.organisation), "changes": queries.changes_of(row),
        "plans": office, "confirms": speaks, "moves": office or speaks,
        "reads_paper": office or speaks or viewer.holds("auditor"),
    }  # fmt: skip
    return render(request, "need/need.html", page)


@require_http_methods(["GET", "POST"])
@gate("recipient")
def confirm(request: MarrowRequest, need: UUID) -> HttpResponse:
    """Two taps on a phone: open the line on Today, say yes."""
    row = access.need_to_confirm(request.viewer, need)
    if request.method == "POST":
        actions.confirm_need(need=row.pk, by=request.viewer, at=timezone.now())
        return kept(request, _to(row.pk))
    told, care = queries.need_told(row, timezone.localdate())
    page = {
        "need": told.row, "care": care, "wants": queries.wants_of(told.row.item),
        "story": queries.story_of(row.list.area, row.item, timezone.localdate()),
    }  # fmt: skip
    return render(request, "need/confirm.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def paper(request: MarrowRequest, need: UUID) -> HttpResponse:
    """What a hospital without an account confirmed on paper, with the scan."""
    row = access.need_to_plan(request.viewer, need)
    form = PaperForm(request.POST or None, request.FILES or None)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.confirm_need_on_paper(
            need=row.pk, signer=told["signer"], title=told["title"], scan=told["scan"].read(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to(row.pk))

    lede = _("The hospital’s office signed it; you enter what it says.")
    shown = Shown(_("Confirmed on paper"), _to(row.pk), str(row), lede, template="need/paper.html")
    return keep(request, form, act, shown)


@require_safe
@gate("recipient", "office", "auditor")
def scan(request: MarrowRequest, change: UUID) -> HttpResponse:
    """The scan of a paper, as a file to keep: never shown as a page of this site."""
    row = access.paper_for(request.viewer, change)
    found = queries.scan_of(row)
    answer = HttpResponse(found.content, content_type=found.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="need-{row.pk}.{found.ending}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
@gate("office")
def link(request: MarrowRequest, need: UUID) -> HttpResponse:
    row = access.need_to_plan(request.viewer, need)
    form = LinkForm(request.POST or None, seats=queries.seats_to_link(request.viewer, row))

    def act() -> HttpResponse:
        mission, seat = form.chosen()
        actions.link_need(
            need=row.pk, mission=mission, seat=seat, by=request.viewer, at=timezone.now()
        )
        return kept(request, _to(row.pk))

    lede = _("Seats of teams that your office forms for this hospital.")
    return keep(request, form, act, Shown(_("What answers it"), _to(row.pk), str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("office")
def unlink(request: MarrowRequest, answer: UUID) -> HttpResponse:
    row = access.answer_to_end(request.viewer, answer)
    form, back = WhyForm(request.POST or None), _to(row.need_id)

    def act() -> HttpResponse:
        actions.unlink_need(
            answer=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("It no longer answers this"), back, str(row.need)))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def decline(request: MarrowRequest, need: UUID) -> HttpResponse:
    row = access.need_to_move(request.viewer, need)
    form = WhyForm(request.POST or None)

    def act() -> HttpResponse:
        actions.decline_need(need=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, _to(row.pk))

    shown = Shown(
        pgettext("a need", "Decline"), _to(row.pk), str(row), _("The reason stays with it.")
    )
    return keep(request, form, act, shown)


@require_POST
@gate(*TELLERS)
def move(request: MarrowRequest, need: UUID, state: str) -> HttpResponse:
    """A person confirms what the measure proposes."""
    row = access.need_to_move(request.viewer, need)
    actions.move_need(need=row.pk, state=state, by=request.viewer, at=timezone.now())
    return kept(request, _to(row.pk))


@require_safe
@gate("office", "auditor")
def precision(request: MarrowRequest) -> HttpResponse:
    """Which share of the seats answers a confirmed need; the seats behind it."""
    return render(request, "need/precision.html", {"found": queries.precision_of(request.viewer)})
