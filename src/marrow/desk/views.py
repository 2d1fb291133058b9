"""Today, a hospital's own page, the history of a record, the journal, and taking a change back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.backups.queries import state_of_backups
from marrow.core.jobs import run_again
from marrow.core.journal.undoing import undo
from marrow.core.refusals import Refused, Unseen
from marrow.core.spoken import Spoken
from marrow.core.subjects import SUBJECTS, record_for
from marrow.desk import access, actions, queries
from marrow.desk.forms import LettersForm, WordsForm
from marrow.sources.queries import MOST_WORK, work_count
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.requests import MarrowRequest, asked_number
from marrow.ui.waiting import waiting

GUIDED = "guide_read"


@require_POST
@gate("signed-in")
def end_guide(request: MarrowRequest) -> HttpResponse:
    """The first minute is read: it does not come again in this session."""
    request.session[GUIDED] = True
    return redirect("desk:today")


@require_safe
@gate("signed-in")
def today(request: MarrowRequest) -> HttpResponse:
    day = timezone.localdate()
    lines = waiting(request.viewer, day)
    full = sum(1 for line in lines if line.item) >= MOST_WORK  # else none was left out
    more = max(work_count(request.viewer) - MOST_WORK, 0) if full else 0
    guided = request.viewer.holds("office") and not request.session.get(GUIDED)
    page = {
        "lines": lines,
        "more": more,
        "count": len(lines) + more,
        "day": day,
        "panels": panels(request, "desk.today", request.viewer),
        "yours": queries.yours(request.viewer),
        "guide": settings.DEMO and guided,
        "silence": panels(request, "desk.guide", request.viewer) if guided else (),
    }
    return render(request, "desk/today.html", page)


@require_safe
@gate("recipient", "head")
def hospitals(request: MarrowRequest) -> HttpResponse:
    """The way to the one hospital that is theirs, or the choice among several."""
    found = access.own_hospitals(request.viewer)
    if len(found) == 1:
        return redirect("desk:hospital", organisation=found[0].pk)
    return render(request, "desk/hospitals.html", {"hospitals": found})


@require_safe
@gate("recipient", "head")
def hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """A hospital's own page: every room shows what it knows of it."""
    row, others = access.own_hospital(request.viewer, organisation)
    page = {
        "hospital": row, "panels": panels(request, "desk.hospital", row), "others": others,
    }  # fmt: skip
    return render(request, "desk/hospital.html", page)


@require_safe
@gate("signed-in")
def history(request: MarrowRequest, model: str, record: UUID) -> HttpResponse:
    row = record_for(request.viewer, model, record)
    page = {
        "name": SUBJECTS[model].name(row),
        "subject": SUBJECTS[model],
        "href": SUBJECTS[model].address(row),
        "told": queries.history(request.viewer, model, record),
        "may_say": isinstance(row, Spoken) and access.may_say(request.viewer, row),
        "model": model, "record": record,
    }  # fmt: skip
    return render(request, "desk/history.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@gate("signed-in")
def words(request: MarrowRequest, model: str, record: UUID) -> HttpResponse:
    """A record's words in other languages than they were written in."""
    row = access.words_for(request.viewer, model, record)
    form = WordsForm(row, request.POST or None)
    back, name = SUBJECTS[model].address(row), SUBJECTS[model].name(row)

    def act() -> HttpResponse:
        actions.say_also(
            label=model, record=record, also=form.told(), by=request.viewer, at=timezone.now(),
            shown=form.words,
        )  # fmt: skip
        return kept(request, back)

    lede = _("Under each field stand the words as they were first written.")
    shown = Shown(_("Say it in other languages"), back, name, lede)
    return keep(request, form, act, shown)


@require_safe
@gate("office", "auditor", "admin")
def journal(request: MarrowRequest) -> HttpResponse:
    acts, older = queries.journal_page(
        request.viewer, before=asked_number(request, "before", 0) or None
    )
    return render(request, "desk/journal.html", {"acts": acts, "older": older})


@require_safe
@gate("office", "auditor", "admin")
def act(request: MarrowRequest, act: UUID) -> HttpResponse:
    """Every operation of one act."""
    here = asked_number(request)
    told = queries.act_page(request.viewer, act, here)
    if not any(one.what is None or not one.what.hidden for one in told):
        raise Unseen(_("There is no such change."))
    page = {"told": told, "line": told[0].line, "who": told[0].who, "here": here}
    return render(request, "desk/act.html", page)


@require_safe
@gate("office", "admin")
def jobs(request: MarrowRequest) -> HttpResponse:
    """Jobs that were given up, with the last line of why."""
    return render(request, "desk/jobs.html", {"jobs": queries.dead_jobs()})


@require_POST
@gate("office", "admin")
def again(request: MarrowRequest, job: UUID) -> HttpResponse:
    if not run_again(job, timezone.now()):
        raise Unseen(_("There is no such job."))
    messages.success(request, _("It waits for a worker again."))
    return redirect("desk:jobs")


@require_safe
@gate("admin")
def backups(request: MarrowRequest) -> HttpResponse:
    """Which backups there are, and which of them was ever restored."""
    return render(request, "desk/backups.html", {"state": state_of_backups(request.viewer)})


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def take_back(request: MarrowRequest, act: UUID) -> HttpResponse:
    shown = queries.undo_shown(act)
    access.may_undo(request.viewer, shown.plan)
    if request.method == "POST" and shown.plan.possible:
        note = request.POST.get("note", "")[:300]
        undo(act=act, by=request.viewer, at=timezone.now(), note=note)
        messages.success(request, _("The change was taken back. The history keeps both."))
        return redirect(queries.page_after(request.viewer, shown.plan) or "desk:today")
    status = 409 if request.method == "POST" else 200
    return render(request, "desk/undo.html", {"shown": shown}, status=status)


def _site(request: MarrowRequest) -> str:
    return request.build_absolute_uri("/")


@require_http_methods(["GET", "POST"])
@gate("signed-in")
@never_cache
def letters(request: MarrowRequest) -> HttpResponse:
    """Which letters one gets, and the address of one's calendar. Its secret is shown once."""
    wish, secret = queries.wish_of(request.viewer), ""
    begun = {"every": wish.every, "address": wish.address} if wish else {}
    form = LettersForm(request.POST if "every" in request.POST else None, initial=begun)
    if request.method == "POST" and "calendar" in request.POST:
        wish, secret = actions.make_calendar(by=request.viewer, at=timezone.now())
    elif request.method == "POST" and "no-calendar" in request.POST:
        actions.end_calendar(by=request.viewer, at=timezone.now())
        messages.success(request, _("The address opens nothing from now on."))
        return redirect("desk:letters")
    elif form.is_valid():
        try:
            wish, asks = actions.choose_letters(
                **form.cleaned_data, site=_site(request), by=request.viewer, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            said = _("Kept. A letter asks you to confirm the address.") if asks else _("Kept.")
            messages.success(request, said)
            return redirect("desk:letters")
    calendar = _site(request) + f"calendar/{secret}.ics" if secret else ""
    page = {"form": form, "wish": wish, "calendar": calendar}
    return render(request, "desk/letters.html", page, status=422 if form.errors else 200)


@require_safe
@gate("signed-in")
def confirm(request: MarrowRequest, token: str) -> HttpResponse:
    """The link of the first letter."""
    try:
        actions.confirm_address(token=token, by=request.viewer, at=timezone.now())
    except Refused as refused:
        if refused.status != Refused.status:
            raise
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The address is confirmed. The letters begin."))
    return redirect("desk:letters")


@require_safe
@gate("public")
@never_cache
def calendar(request: MarrowRequest, secret: str) -> HttpResponse:
    """A person's calendar, for a program that knows its secret."""
    told = queries.calendar_of(secret, timezone.localdate(), _site(request))
    return HttpResponse(told, content_type="text/calendar; charset=utf-8")
