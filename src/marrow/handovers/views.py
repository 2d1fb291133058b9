"""A handover's page, its forms, its signatures, and what was settled afterwards."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Unseen
from marrow.handovers import access, actions, queries
from marrow.handovers.forms import (
    LINE_FORMS,
    FollowUpForm,
    HandInForm,
    NextForm,
    PaperForm,
    SettleForm,
    SignForm,
    TellForm,
)
from marrow.handovers.words import side_words
from marrow.teams.forms import WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _to(mission: UUID) -> str:
    return reverse("handovers:of", args=[mission])


@require_safe
@gate("signed-in")
def mine(request: MarrowRequest) -> HttpResponse:
    """The handovers that this person writes, signs or works off."""
    found = queries.handovers_shown(request.viewer)
    return render(request, "handovers/mine.html", {"handovers": found})


@require_safe
@gate("signed-in")
def of(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """What a mission hands over; where nothing is begun, how to begin."""
    left = access.mission_to_see(request.viewer, mission)
    row = queries.handover_of(left)
    page = {"mission": left, "writes": access.writes(request.viewer, left)}
    if row is None:
        return render(request, "handovers/none.html", page)
    page |= queries.page_of(request.viewer, row, timezone.localdate())
    page["headings"] = {part: form.heading for part, form in LINE_FORMS.items()}
    page["writing"] = row.state == "DRAFT" and page["writes"]
    page["panels"] = panels(request, "handovers.handover", row)
    return render(request, "handovers/handover.html", page)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def begin(request: MarrowRequest, mission: UUID) -> HttpResponse:
    left = access.mission_to_hand_over(request.viewer, mission)
    form = NextForm(request.POST or None, mission=left)

    def act() -> HttpResponse:
        actions.begin_handover(mission=left.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, _to(left.pk))

    lede = _("Who follows this team, or why nobody does. Lines come after.")
    return keep(request, form, act, Shown(_("Begin the handover"), _to(left.pk), str(left), lede))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def follows(request: MarrowRequest, handover: UUID) -> HttpResponse:
    """Change who follows."""
    row = access.handover_to_write(request.viewer, handover)
    began = {"to_mission": row.to_mission_id, "why_nobody": row.why_nobody}
    form = NextForm(request.POST or None, mission=row.from_mission, initial=began)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        actions.name_next(handover=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, back)

    return keep(request, form, act, Shown(_("Who follows"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def add(request: MarrowRequest, handover: UUID, part: str) -> HttpResponse:
    """Write one thing that is left."""
    row = access.handover_to_write(request.viewer, handover)
    if part not in LINE_FORMS:
        raise Unseen(_("There is no such page."))
    form = LINE_FORMS[part](request.POST or None, viewer=request.viewer, handover=row)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        actions.add_line(handover=row.pk, line=form.line(), by=request.viewer, at=timezone.now())
        return kept(request, f"{back}#{part}")

    return keep(request, form, act, Shown(str(form.heading), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def plan(request: MarrowRequest, handover: UUID) -> HttpResponse:
    """Plan support after the end: what, by whom, after how many months."""
    row = access.handover_to_write(request.viewer, handover)
    end_on = queries.end_of(row.from_mission) or timezone.localdate()
    form = FollowUpForm(request.POST or None, handover=row, end_on=end_on)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        actions.plan_follow_ups(
            handover=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, f"{back}#follow-up")

    return keep(request, form, act, Shown(_("Plan support after the end"), back, str(row)))


@require_POST
@gate("signed-in")
def remove(request: MarrowRequest, handover: UUID, part: str, line: UUID) -> HttpResponse:
    row = access.handover_to_write(request.viewer, handover)
    actions.remove_line(handover=row.pk, part=part, line=line, by=request.viewer, at=timezone.now())
    return kept(request, f"{_to(row.from_mission_id)}#{part}")


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def hand_in(request: MarrowRequest, handover: UUID) -> HttpResponse:
    """Freeze it, to be signed."""
    row = access.handover_to_write(request.viewer, handover)
    empty = queries.empty_parts(row)
    form = HandInForm(request.POST if request.method == "POST" else None, empty=empty)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        none_of = form.cleaned_data.get("none_of", [])
        actions.hand_in(handover=row.pk, none_of=none_of, by=request.viewer, at=timezone.now())
        messages.success(request, _("Handed in. Whoever signs finds it under Today."))
        return redirect(back)

    lede = _("From now on its lines are frozen. To change one, take the handover back:"
             " signatures are then withdrawn.")  # fmt: skip
    shown = Shown(_("Hand it in"), back, str(row), lede, _("Hand in"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def take_back(request: MarrowRequest, handover: UUID) -> HttpResponse:
    row = access.handover_to_write(request.viewer, handover)
    form = WhyForm(request.POST or None)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.take_back(
            handover=row.pk, reason=told["reason"], by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    lede = _("Signatures that are there are withdrawn, and whoever signed is told.")
    return keep(request, form, act, Shown(_("Take the handover back"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def sign(request: MarrowRequest, handover: UUID, side: str) -> HttpResponse:
    """Sign for one's own side what the page showed."""
    row = access.handover_to_sign(request.viewer, handover, side.upper())
    seen = queries.fingerprint_of(row)
    form = SignForm(request.POST or None, initial={"seen": seen})
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        actions.sign(
            handover=row.pk, side=side.upper(), seen=form.cleaned_data["seen"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Signed."))
        return redirect(back)

    label = side_words(row)[side.upper()]
    lede = _("You sign as %(side)s. Fingerprint of what you sign: %(print)s") % {
        "side": label, "print": seen[:16],
    }  # fmt: skip
    return keep(request, form, act, Shown(_("Sign the handover"), back, str(row), lede, _("Sign")))


@require_http_methods(["GET", "POST"])
@gate("office")
def paper(request: MarrowRequest, handover: UUID, side: str) -> HttpResponse:
    """Record a signed paper, where a side has no account."""
    row = access.handover_to_record_paper(request.viewer, handover)
    label = side_words(row).get(side.upper())
    if label is None:
        raise Unseen(_("There is no such page."))
    form = PaperForm(request.POST or None)
    back = _to(row.from_mission_id)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.record_paper(
            handover=row.pk, side=side.upper(), signer_name=told["signer_name"],
            reason=told["reason"], source=form.told_by(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    lede = _("For: %s. Everybody sees that this is a paper, not a signature of an account.") % label
    return keep(request, form, act, Shown(_("Record a signed paper"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def settle(request: MarrowRequest, part: str, line: UUID) -> HttpResponse:
    """Say how something that was left is settled."""
    row = access.line_to_settle(request.viewer, part, line)
    form = SettleForm(request.POST or None, initial={"on": timezone.localdate()})
    back = f"{_to(row.handover.from_mission_id)}#{part}"

    def act() -> HttpResponse:
        actions.settle_line(
            part=part, line=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    shown = Shown(_("Settle what was left"), back, str(row.handover), str(row))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def tell(request: MarrowRequest, follow_up: UUID) -> HttpResponse:
    """Say what came of a follow-up."""
    row = access.follow_up_to_tell(request.viewer, follow_up)
    form = TellForm(request.POST or None, initial={"on": timezone.localdate()})
    back = f"{_to(row.handover.from_mission_id)}#follow-up"

    def act() -> HttpResponse:
        actions.tell_follow_up(
            follow_up=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    shown = Shown(_("What came of it"), back, str(row.handover), str(row))
    return keep(request, form, act, shown)


@require_safe
@gate("signed-in")
def table(request: MarrowRequest, handover: UUID, ending: str) -> HttpResponseBase:
    """Every line as a table."""
    row = access.handover_for(request.viewer, handover)
    header = [
        _("Part"), _("How many"), _("What"), _("About it"), _("Due"), _("Settled on"),
        _("How it was settled"),
    ]  # fmt: skip
    rows = queries.table_rows(request.viewer, row, timezone.localdate())
    return table_file(ending, "handover", header, rows)
