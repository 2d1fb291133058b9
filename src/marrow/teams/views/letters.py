"""Letters of a mission, and the templates that make them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Refused
from marrow.programmes.access import changes
from marrow.teams import access, actions, queries
from marrow.teams.forms import TemplateForm
from marrow.ui.forms import kept
from marrow.ui.gates import gate
from marrow.ui.papers.filling import DOCX
from marrow.ui.papers.tables import XLSX
from marrow.ui.requests import MarrowRequest

TYPES = {"docx": DOCX, "xlsx": XLSX}


@require_safe
@gate("office")
def letters(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Every letter of a mission, in three languages and two forms of file."""
    row = access.mission_to_form(request.viewer, mission)
    page = {
        "mission": row, "letters": queries.letters(row.programme),
        "keeps_templates": changes(request.viewer, row.programme),
        "no_latin": queries.without_latin_name(row), "shape": queries.shape_of(row),
    }  # fmt: skip
    return render(request, "teams/letters.html", page)


@require_safe
@gate("office")
def letter(
    request: MarrowRequest, mission: UUID, kind: str, language: str, ending: str
) -> HttpResponse:
    row = access.mission_to_form(request.viewer, mission)
    content, _template = queries.letter(row, kind, language, ending, timezone.localdate())
    answer = HttpResponse(content, content_type=TYPES[ending])
    name = f"{kind.lower().replace('_', '-')}-{language}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@gate("office")
def preview(request: MarrowRequest, mission: UUID, kind: str, language: str) -> HttpResponse:
    row = access.mission_to_form(request.viewer, mission)
    blocks = queries.preview(row, kind, language, timezone.localdate())
    page = {"mission": row, "blocks": blocks, "kind": kind, "language": language}
    return render(request, "teams/preview.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def templates(request: MarrowRequest, key: str) -> HttpResponse:
    """The programme's own templates: what they may hold, and a new one."""
    programme = access.programme_to_form(request.viewer, key)
    form = TemplateForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.keep_template(
                    programme=key, by=request.viewer, at=timezone.now(), **form.told()
                )
                return kept(request, reverse("teams:templates", args=[key]))
            except Refused as refused:
                form.add_error("file", str(refused.message))
    page = {
        "programme": programme, "letters": queries.letters(programme), "form": form,
        "places": queries.place_words(),
    }  # fmt: skip
    return render(request, "teams/templates.html", page, status=status)


@require_safe
@gate("office")
def beginning(request: MarrowRequest, kind: str, language: str, ending: str) -> HttpResponse:
    """Marrow's own layout, to be made one's own."""
    content = queries.beginning(kind, language, ending)
    answer = HttpResponse(content, content_type=TYPES[ending])
    name = f"template-{kind.lower().replace('_', '-')}-{language}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@gate("office")
def drop(request: MarrowRequest, template: UUID) -> HttpResponse:
    row = actions.drop_template(template=template, by=request.viewer, at=timezone.now())
    return kept(request, reverse("teams:templates", args=[row.programme.key]))
