"""Ceremonies: their page, the list that honours everybody in one act, the order of the day."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import tongue
from marrow.recognition import access, actions, queries
from marrow.recognition.forms import AgendaForm, HonourForm
from marrow.recognition.listing import lines_of
from marrow.recognition.programme import programme_docx
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.filling import DOCX
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _to(event: UUID) -> str:
    return reverse("recognition:ceremony", args=[event])


@require_safe
@gate("office", "auditor")
def index(request: MarrowRequest) -> HttpResponse:
    """Ceremonies, teams that are home without certificates, the names of the fallen."""
    page = {
        "ceremonies": queries.ceremonies(request.viewer),
        "teams": queries.teams_at_home(request.viewer),
        "keeps_names": request.viewer.holds("office"),
    }
    return render(request, "recognition/index.html", page)


@require_safe
@gate("office", "auditor")
def ceremony(request: MarrowRequest, event: UUID) -> HttpResponse:
    row = access.event_to_see(request.viewer, event)
    return render(request, "recognition/ceremony.html", queries.ceremony_page(request.viewer, row))


@require_http_methods(["GET", "POST"])
@gate("office")
def honour(request: MarrowRequest, event: UUID) -> HttpResponse:
    """Paste or send the list, look at whom it means, then honour them all."""
    row = access.event_to_keep(request.viewer, event)
    form = HonourForm(request.POST.copy() if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            _take_file(request, form)
            if "honour" in request.POST and form.is_valid():
                return _honoured(request, row.pk, form)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        if "honour" in request.POST or form.errors.get("__all__"):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    checked = _checked(request.viewer, row, form)
    if checked and status == HTTPStatus.OK:  # only looked at: what is missing is asked for later
        form = HonourForm(initial=form.data.dict())  # type: ignore[attr-defined]  # a QueryDict
    page = {"event": row, "form": form, "checked": checked}
    return render(request, "recognition/honour.html", page, status=status)


def _take_file(request: MarrowRequest, form: HonourForm) -> None:
    """A file's rows come below the lines that are typed."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        return
    for which, lines in zip(("groups", "persons"), lines_of(file), strict=True):
        both = f"{form.data.get(which, '')}\n{lines}".strip()
        form.data[which] = both  # type: ignore[index]  # a copy of what was sent


def _checked(viewer: Viewer, event: Any, form: HonourForm) -> list[queries.Meant]:
    if not form.is_bound:
        return []
    groups = queries.meant_groups(event, form.lines("groups"))
    return groups + queries.meant_people(viewer, event, form.lines("persons"))


def _honoured(request: MarrowRequest, event: UUID, form: HonourForm) -> HttpResponse:
    body = form.cleaned_data["body"].strip()
    made = actions.honour_all(
        event=event, groups=actions.Awarded(form.lines("groups"), form.award("group")),
        persons=actions.Awarded(form.lines("persons"), form.award("person")),
        body={tongue(): body} if body else {}, source=form.told_by(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    groups = sum(1 for one in made if one.kind == "GROUP")
    messages.success(
        request,
        _("Honoured in one act: groups %(groups)s, persons %(persons)s.")
        % {"groups": groups, "persons": len(made) - groups},
    )
    return redirect(_to(event))


@require_http_methods(["GET", "POST"])
@gate("office")
def agenda(request: MarrowRequest, event: UUID) -> HttpResponse:
    row = access.event_to_keep(request.viewer, event)
    form = AgendaForm(request.POST or None, initial={"items": queries.agenda_lines(row)})

    def act() -> HttpResponse:
        actions.keep_agenda(event=row.pk, items=form.told(), by=request.viewer, at=timezone.now())
        return kept(request, _to(row.pk))

    return keep(request, form, act, Shown(_("Order of the day"), _to(row.pk), str(row)))


@require_safe
@gate("office", "auditor")
def table(request: MarrowRequest, event: UUID, ending: str) -> HttpResponseBase:
    """Everybody who was honoured, as a table."""
    row = access.event_to_see(request.viewer, event)
    header = [_("Kind"), _("No."), _("Name"), _("Unit"), _("Honour")]
    return table_file(ending, "honoured", header, queries.list_rows(request.viewer, row))


@require_safe
@gate("office", "auditor")
def programme(request: MarrowRequest, event: UUID) -> HttpResponse:
    """The programme of the ceremony, to be printed and laid out."""
    row = access.event_to_see(request.viewer, event)
    content = programme_docx(queries.ceremony_page(request.viewer, row))
    answer = HttpResponse(content, content_type=DOCX)
    answer.headers["Content-Disposition"] = 'attachment; filename="programme.docx"'
    return answer
