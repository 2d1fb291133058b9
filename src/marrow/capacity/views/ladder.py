"""A hospital’s ladder over the years, a step and its signatures."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.capacity import access, actions, papers, queries
from marrow.capacity.forms import CasesForm, StepForm, WhichForm, WhyForm, WordsOfStepForm
from marrow.capacity.views.days import day_of, notes_on_days
from marrow.capacity.words import declined_words
from marrow.catalogue.access import item_for
from marrow.directory.access import organisation_for
from marrow.ui.drawing.curves import Line, Moment, curves
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.books import pdf_file
from marrow.ui.requests import MarrowRequest


def home(organisation: UUID) -> str:
    return reverse("capacity:hospital", args=[organisation])


@require_safe
@gate("public")
def hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """What a hospital can do, how it came there, and what it stands on."""
    row, on = organisation_for(organisation), _day(request)
    # as on a step's own page, the public reads no words of what merely was proposed
    declined = queries.declined_at(row) if request.viewer.signed_in else []
    sides, today = access.sides_of(request.viewer, row.pk), timezone.localdate()
    story = queries.story_of(row, on)
    can = request.GET.get("can", "")
    ladder = queries.only_done(story.ladder, can) if can else story.ladder
    page = {
        "notes": notes_on_days(request),
        "hospital": row, "on": on, "today": today, "story": story,
        "ladder": ladder, "can": can, "drawing": _drawing(story),
        "years": range(story.first.year, today.year + 1) if story.first else [],
        "waiting": queries.waiting_at(row),
        "declined": [(one, declined_words(one)) for one in declined],
        "machines": queries.machines_of(row, on),
        "presences": queries.presences_of(row, on),
        "supervisions": queries.supervisions_of(row, today), "levels": queries.levels(),
        "may_propose": bool(sides - {"REMOTE"}) and row.successor is None,
        "is_head": "HEAD" in sides,
        "may_offer": "REMOTE" in sides, "may_end": bool({"HEAD", "OFFICE"} & sides),
        "may_equip": access.may_keep_machines(request.viewer, row.pk),
        "may_answer": access.may_answer(request.viewer, row.pk),
        "answers": queries.answers_of(row),
        "dimensions": queries.dimensions_of(row), "departments": queries.departments_of(row, on),
        "families": queries.families_of(row, on),
        "panels": panels(request, "capacity.hospital", row),
    }  # fmt: skip
    return render(request, "capacity/hospital.html", page)


@require_safe
@gate("public")
def book(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """The hospital's capability book in the reader's language, to print."""
    row, on = organisation_for(organisation), _day(request)
    return pdf_file(papers.capability_book(row, on), papers.book_name(row, on))


def _day(request: MarrowRequest) -> dt.date:
    """The day that is asked about: one that is told, or the end of a year on the slider."""
    today, year = timezone.localdate(), request.GET.get("year", "")
    if year.isdecimal() and today.year - 200 < int(year[:4]) < today.year:
        return dt.date(int(year[:4]), 12, 31)
    return day_of(request)


def _drawing(story: queries.Story) -> str:
    """Items that locals do alone and those done with visitors, with what turned the lines."""
    if story.curve is None:
        return ""
    told = (
        (story.curve.first_alone, _("first done by locals alone")),
        (story.curve.teaches, _("first taught to others")),
        (story.curve.left, _("visitors leave")),
    )
    moments = [Moment(on, words) for on, words in told if on]
    lines = [
        Line(_("locals"), "l4", story.curve.locals),
        Line(_("visitors"), "l2", story.curve.visitors),
    ]
    label = _("How many items locals do alone, and how many with visitors")
    # every word in it was escaped as it was drawn
    return mark_safe(curves(story.curve.days, lines, moments, label=label))  # noqa: S308


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "office")
def which(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """First the item, then the step."""
    row = access.hospital_to_propose_for(request.viewer, organisation)
    form = WhichForm(request.POST or None, near=row.area_id)

    def act() -> HttpResponse:
        return redirect("capacity:propose", row.pk, form.cleaned_data["item"].key)

    shown = Shown(_("Propose a step"), home(row.pk), str(row), button=_("Next"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "office")
def propose(request: MarrowRequest, organisation: UUID, catalogued: str) -> HttpResponse:
    row, about = access.hospital_to_propose_for(request.viewer, organisation), item_for(catalogued)
    form = StepForm(request.POST or None, item=about, hospital=row, today=timezone.localdate())
    back, back_name = home(row.pk), str(row)
    if waits := queries.step_that_waits(row, about):
        back, back_name = reverse("capacity:step", args=[waits.pk]), _("The step that waits")
        if request.method == "GET":
            messages.info(request, _("A step of this item waits for signatures: this is it."))
            return redirect(back)

    def act() -> HttpResponse:
        made = actions.propose_step(
            organisation=row.pk, step=form.step(), evidence=form.evidence(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, reverse("capacity:step", args=[made.pk]))

    lede = _("A step up needs cases and two signatures; a step down one, and its reason.")
    return keep(request, form, act, Shown(str(about), back, back_name, lede))


@require_safe
@gate("public")
def step(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """A step: what shows it, who signed, and the button of who still must."""
    row = access.step_for(rung)
    evidence = queries.evidence_of(row)
    page = {
        "step": row, "evidence": evidence,
        # the public reads the words of what was signed, never of what merely was proposed
        "in_words": row.held_at is not None or request.viewer.signed_in,
        "lost": bool(evidence) and not any(e.counts for e in evidence),
        "signatures": queries.signatures_of(row), "side": queries.side_to_sign(request.viewer, row),
        "may_end": bool({"HEAD", "OFFICE"} & access.sides_of(request.viewer, row.organisation_id)),
        "declined": declined_words(row) if row.declined_side else "",
        "may_reword": bool(row.reason or row.ended_why) and access.may_reword(request.viewer, row),
        "reworded": queries.reworded_on(row),
    }  # fmt: skip
    return render(request, "capacity/step.html", page)


@require_POST
@gate("head", "member", "leader", "specialist", "office")
def sign(request: MarrowRequest, rung: UUID, side: str) -> HttpResponse:
    row = actions.sign_step(step=rung, side=side.upper(), by=request.viewer, at=timezone.now())
    messages.success(
        request, _("Signed. The step holds.") if row.held_at else _("Signed. Another must sign.")
    )
    return redirect("capacity:step", row.pk)


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "specialist", "office")
def decline(request: MarrowRequest, rung: UUID, side: str) -> HttpResponse:
    """Who would sign says that it was not so: the step is dropped with the reason."""
    row = access.step_to_sign(request.viewer, rung, side.upper())
    form = WhyForm(request.POST or None)
    there = reverse("capacity:step", args=[row.pk])

    def act() -> HttpResponse:
        actions.decline_step(
            step=row.pk, side=side.upper(), by=request.viewer, at=timezone.now(),
            **form.cleaned_data,
        )  # fmt: skip
        return kept(request, there)

    lede = _("The step is dropped, with your reason. It may be proposed anew.")
    return keep(request, form, act, Shown(_("It was not so"), there, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("head", "office")
def end(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """Drop a step that waits, or take a signed one back that was a mistake."""
    row = access.step_to_drop(request.viewer, rung)
    form = WhyForm(request.POST or None)
    there = reverse("capacity:step", args=[row.pk])

    def act() -> HttpResponse:
        what = actions.void_step if row.held_at else actions.drop_step
        what(step=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, there)

    title = _("Take this step back") if row.held_at else _("Drop this step")
    lede = _("Only a mistake is taken back. Where it is no longer done, record a step down.")
    return keep(request, form, act, Shown(title, there, str(row), lede if row.held_at else ""))


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "specialist", "office")
def reword(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """Put the words of a step right, be it signed: its level and its day stay."""
    row = access.step_to_reword(request.viewer, rung)
    form = WordsOfStepForm(request.POST or None, row=row)
    there = reverse("capacity:step", args=[row.pk])

    def act() -> HttpResponse:
        actions.reword_step(
            step=row.pk, told=form.cleaned_data, by=request.viewer, at=timezone.now()
        )
        return kept(request, there)

    lede = _("The step stays as it is signed. The old words are kept by the journal alone.")
    return keep(request, form, act, Shown(_("Put its words right"), there, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("head", "office")
def show_anew(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """Record new cases of a signed step of which nothing that showed it counts any more."""
    row = access.step_to_drop(request.viewer, rung)
    form = CasesForm(request.POST or None, item=row.item, hospital=row.organisation)
    there = reverse("capacity:step", args=[row.pk])

    def act() -> HttpResponse:
        actions.show_step_anew(
            step=row.pk, evidence=form.evidence(), by=request.viewer, at=timezone.now()
        )
        return kept(request, there)

    lede = _("The step stays as it is signed; these cases show that it still holds.")
    return keep(request, form, act, Shown(_("Record new cases"), there, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("head", "office")
def void_evidence(request: MarrowRequest, evidence: UUID) -> HttpResponse:
    """Take back what was told as evidence of a step."""
    row = access.evidence_to_void(request.viewer, evidence)
    form = WhyForm(request.POST or None)
    there = reverse("capacity:step", args=[row.step_id])

    def act() -> HttpResponse:
        actions.void_evidence(
            evidence=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, there)

    lede = _("The step stays, and says that it lost this.")
    shown = Shown(_("Take this evidence back"), there, str(row.step), lede)
    return keep(request, form, act, shown)


@require_safe
@gate("head", "member", "leader", "specialist", "office")
def to_sign(request: MarrowRequest) -> HttpResponse:
    """Every step that waits for this person's signature."""
    page = {"steps": queries.steps_to_sign(request.viewer)}
    return render(request, "capacity/to_sign.html", page)
