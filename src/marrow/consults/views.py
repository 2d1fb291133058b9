"""Consults: the queue, asking, a case with its photographs, the opinion, what came of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.consults import access, actions, queries
from marrow.consults.forms import (
    AssignForm,
    CaseForm,
    DeclineForm,
    OpinionForm,
    OutcomeForm,
    TurnDownForm,
    WithdrawForm,
)
from marrow.consults.rules.cases import MOST_PHOTOS
from marrow.core.refusals import Refused, Unseen
from marrow.sync.rules.pictures import LARGEST
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

ASKERS = access.ASKERS


def _to(consult: UUID) -> str:
    return reverse("consults:case", args=[consult])


def _called(number: int) -> str:
    return _("Case %s") % number


@require_safe
@gate(*ASKERS, "specialist", "office", "auditor")
def index(request: MarrowRequest) -> HttpResponse:
    """What waits for a specialist, what this person asked or has, what an office counts."""
    viewer, now = request.viewer, timezone.now()
    page = {
        "is_specialist": viewer.holds("specialist"), "queue": queries.queue(viewer, now),
        "held": queries.held(viewer, now), "counts": queries.counts(viewer, now),
        "asked": queries.asked(viewer, now), "asks": viewer.holds(*ASKERS),
        "allots": viewer.holds("office"),
    }  # fmt: skip
    return render(request, "consults/index.html", page)


@require_safe
@gate(*ASKERS)
def choose(request: MarrowRequest) -> HttpResponse:
    """For which hospital; where there is one alone, on to the question."""
    found = sorted(access.hospitals_to_ask_for(request.viewer), key=str)
    if len(found) == 1:
        return redirect("consults:ask", organisation=found[0].pk)
    return render(request, "consults/choose.html", {"hospitals": found})


@require_http_methods(["GET", "POST"])
@gate(*ASKERS)
def ask(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    hospital = access.hospital_to_ask_for(request.viewer, organisation)
    form = CaseForm(request.POST or None, initial={"consent_on": timezone.localdate()})

    def act() -> HttpResponse:
        row = actions.ask(
            organisation=hospital.pk, case=form.case(), by=request.viewer, at=timezone.now()
        )
        messages.success(request, _("Kept. Add photographs if they help, then send it."))
        return redirect(_to(row.pk))

    lede = _("For %s. One specialist reads it. It is not sent yet: photographs come after.")
    shown = Shown(
        _("Ask a specialist"), reverse("consults:index"), _("Consults"), lede % hospital, _("On")
    )
    return _private(keep(request, form, act, shown))


def _private(answer: HttpResponse) -> HttpResponse:
    """Nothing of a patient stays in the browser's or anybody's store."""
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_safe
@gate("signed-in")
def case(request: MarrowRequest, consult: UUID) -> HttpResponse:
    """A case with all that is told of it; that it was opened is noted."""
    viewer, now = request.viewer, timezone.now()
    row = access.case_for(viewer, consult)
    actions.note_reading(consult=row, by=viewer, at=now)
    asks, has = access.asks(viewer, row), access.has_it(viewer, row)
    page = {
        "case": queries.case_shown(row, now), "row": row, "asks": asks, "has": has,
        "writing": asks and row.state == "DRAFT", "readings": queries.readings(row),
        "accepted": row.accepted_at is not None, "most": MOST_PHOTOS,
        "turnings": row.turnings.count(),
    }  # fmt: skip
    return _private(render(request, "consults/case.html", page))


@require_http_methods(["GET", "POST"])
@gate(*ASKERS)
def change(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = access.case_of_asker(request.viewer, consult)
    form = CaseForm(request.POST or None, initial=queries.case_of(row))

    def act() -> HttpResponse:
        actions.change_case(consult=row.pk, case=form.case(), by=request.viewer, at=timezone.now())
        return kept(request, _to(row.pk))

    shown = Shown(_("Change the case"), _to(row.pk), _called(row.number))
    return _private(keep(request, form, act, shown))


@require_POST
@gate(*ASKERS)
def add_photos(request: MarrowRequest, consult: UUID) -> HttpResponse:
    """One file after the other: what is taken stays, what is not is told."""
    row = access.case_of_asker(request.viewer, consult)
    files = request.FILES.getlist("photos")[:MOST_PHOTOS]
    if not files:
        messages.error(request, _("Choose a photograph first."))
    for number, file in enumerate(files, start=1):
        try:
            data = file.read(LARGEST + 1)
            actions.add_photo(consult=row.pk, data=data, by=request.viewer, at=timezone.now())
        except Refused as refused:
            told = _("Photograph %(number)s: %(why)s") % {
                "number": number, "why": refused.message,
            }  # fmt: skip
            messages.error(request, told)
    return redirect(_to(row.pk) + "#photos")


@require_safe
@never_cache
@gate("signed-in")
def photo(request: MarrowRequest, consult: UUID, photo: UUID) -> HttpResponse:
    """A photograph, for those who read the case; it is kept nowhere on the way."""
    found = access.photo_for(request.viewer, consult, photo)
    data = queries.photo_bytes(found)
    if data is None:
        raise Unseen(_("There is no such photograph."))
    actions.note_reading(consult=found.consult, by=request.viewer, at=timezone.now(), photo=found)
    answer = HttpResponse(data, content_type="image/jpeg")
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return _private(answer)


@require_POST
@gate(*ASKERS)
def remove_photo(request: MarrowRequest, consult: UUID, photo: UUID) -> HttpResponse:
    actions.remove_photo(consult=consult, photo=photo, by=request.viewer, at=timezone.now())
    return kept(request, _to(consult) + "#photos")


@require_POST
@gate(*ASKERS)
def submit(request: MarrowRequest, consult: UUID) -> HttpResponse:
    actions.submit(consult=consult, by=request.viewer, at=timezone.now())
    messages.success(request, _("Sent. The answer comes here, and under Today."))
    return redirect(_to(consult))


@require_http_methods(["GET", "POST"])
@gate(*ASKERS)
def withdraw(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = access.case_of_asker(request.viewer, consult)
    form = WithdrawForm(request.POST or None)

    def act() -> HttpResponse:
        actions.withdraw(
            consult=row.pk, why=form.cleaned_data["why"], by=request.viewer, at=timezone.now()
        )
        return kept(request, _to(row.pk))

    return keep(request, form, act, Shown(_("Withdraw the case"), _to(row.pk), _called(row.number)))


@require_POST
@gate("specialist")
def take(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = actions.take(consult=consult, by=request.viewer, at=timezone.now())
    messages.success(request, _("It is yours. Read it, then write and sign your opinion."))
    return redirect(_to(row.pk))


@require_http_methods(["GET", "POST"])
@gate("specialist")
def turn_down(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = access.case_of_specialist(request.viewer, consult)
    form = TurnDownForm(request.POST or None)

    def act() -> HttpResponse:
        actions.turn_down(
            consult=row.pk, reason=form.cleaned_data["reason"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Given back. It waits for another specialist."))
        return redirect("consults:index")

    lede = _("Another specialist is sought at once; the clock goes on.")
    shown = Shown(_("Give the case back"), _to(row.pk), _called(row.number), lede, _("Give back"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def assign(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = access.case_to_allot(request.viewer, consult)
    form = AssignForm(request.POST or None, consult=row)
    back = reverse("consults:index")

    def act() -> HttpResponse:
        specialist = UUID(form.cleaned_data["specialist"])
        actions.assign(consult=row.pk, specialist=specialist, by=request.viewer, at=timezone.now())
        return kept(request, back)

    lede = _("The patient’s story stays between who asked and the specialist.")
    shown = Shown(_("Give the case to a specialist"), back, _called(row.number), lede, _("Give"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def decline(request: MarrowRequest, consult: UUID) -> HttpResponse:
    row = access.case_to_allot(request.viewer, consult)
    form = DeclineForm(request.POST or None)
    back = reverse("consults:index")

    def act() -> HttpResponse:
        actions.decline(
            consult=row.pk, why=form.cleaned_data["why"], by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    lede = _("Who asked is told at once. It is counted as not answered.")
    return keep(request, form, act, Shown(_("Nobody can answer"), back, _called(row.number), lede))


@require_http_methods(["GET", "POST"])
@gate("specialist")
def opinion(request: MarrowRequest, consult: UUID) -> HttpResponse:
    """Write and sign an opinion; later, an addition to it."""
    row = access.case_of_specialist(request.viewer, consult)
    form = OpinionForm(request.POST or None)

    def act() -> HttpResponse:
        actions.sign_opinion(
            consult=row.pk, text=form.cleaned_data["text"], by=request.viewer, at=timezone.now()
        )
        messages.success(request, _("Signed. Who asked finds it under Today."))
        return redirect(_to(row.pk))

    again = row.answered_at is not None
    title = _("Add to your opinion") if again else _("Write and sign the opinion")
    lede = _("What is signed is never changed; more can be added and signed. The treating hospital"
             " decides: your opinion is advice.")  # fmt: skip
    shown = Shown(title, _to(row.pk), _called(row.number), lede, _("Sign"))
    return _private(keep(request, form, act, shown))


@require_http_methods(["GET", "POST"])
@gate(*ASKERS)
def outcome(request: MarrowRequest, consult: UUID) -> HttpResponse:
    """Say what came of it, or why the advice could not be followed."""
    row = access.case_of_asker(request.viewer, consult)
    form = OutcomeForm(request.POST or None)

    def act() -> HttpResponse:
        actions.tell_outcome(
            consult=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to(row.pk))

    lede = _("The specialist reads it. It closes the case.")
    shown = Shown(_("What came of it"), _to(row.pk), _called(row.number), lede)
    return _private(keep(request, form, act, shown))
