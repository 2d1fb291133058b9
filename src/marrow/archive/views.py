"""The public site: front page, map, timeline, programmes, batches, figures, honours, memorial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marrow.activity.queries import recorded_visits
from marrow.archive import pictures, queries, tables
from marrow.archive.access import changeable
from marrow.archive.doubts import doubts_of_whole, mark_doubted
from marrow.archive.figures import figures, figures_of, front_figures
from marrow.missions.access import enters_batches, records_for
from marrow.missions.forms import OF_MISSION, OF_PROGRAMME
from marrow.missions.queries import of_year
from marrow.programmes.access import changes
from marrow.programmes.forms import PARTS
from marrow.programmes.queries import mottos
from marrow.programmes.rules import next_anniversary
from marrow.sources.queries import FindingShown, doubted, findings_about
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest, asked_number

PROGRAMME_PARTS = [(code, form.heading) for code, form in PARTS.items()]
MISSION_PARTS = [(code, form.heading) for code, form in OF_MISSION.items()]
REMEMBERED = [(code, form.heading) for code, form in OF_PROGRAMME.items()]


def _doubts(request: MarrowRequest, about: UUID) -> list[FindingShown]:
    """Findings have their own lock: the office and the auditor."""
    return findings_about(request.viewer, {about})


def _entries(
    request: MarrowRequest, rows: Sequence[Any], of: Any = None,
    told: Mapping[UUID, Iterable[str]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What stands beside each of these entries, its sources and a way to change it; and whether
    the viewer may change `of`, to which they belong, and decide its doubts. `told`: the fields of
    which a source tells, by record, where they are known."""
    mine = changeable(request.viewer, [*rows, of] if of else rows)
    leave = _leave(mine=of.pk in mine) if of else {}
    fields = queries.told_fields(rows) if told is None else queries.fields_in(told)
    return {"told_fields": fields, "changeable": mine, **leave}


def _leave(*, mine: bool) -> dict[str, bool]:
    return {"may_decide": mine, "may_change": mine}


def _show(request: MarrowRequest, name: str, page: dict[str, Any]) -> HttpResponse:
    frame = "ui/office.html" if request.viewer.signed_in else "ui/public.html"
    return render(request, f"archive/{name}.html", {"page_frame": frame, **page})


@require_safe
@gate("public")
def front(request: MarrowRequest) -> HttpResponse:
    programme = queries.home_programme()
    rows = queries.series_of(programme) if programme else []
    page = {
        "programme": programme,
        "map": pictures.map_of(programme, rows),
        "figures": front_figures(programme) if programme else [],
        "strip": pictures.strip_of([s for s in rows if len(s.batches) > 1]),  # type: ignore[attr-defined]
        "single": [s for s in rows if len(s.batches) == 1 == pictures.sent_of(s)[0]],  # type: ignore[attr-defined]
        "fallen": queries.fallen(programme) if programme else [],
        "voice": queries.voice(),
    }
    return render(request, "archive/front.html", page)


@require_safe
@gate("public")
def world(request: MarrowRequest) -> HttpResponse:
    rows = queries.series_of()
    programme = queries.home_programme()
    page = {"map": pictures.map_of(programme, rows), "rows": _series_lines(rows),
            "off_map": pictures.off_map(rows)}  # fmt: skip
    return _show(request, "map", page)


def _series_lines(rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "series": s,
            "name": pictures.series_name(s),
            "count": pictures.sent_of(s)[0],
            "planned": pictures.planned_words(pictures.sent_of(s)[1]),
            "on_post": sum(pictures.is_on_post(m) for m in s.batches),
            "first": next((d for m in s.batches if (d := pictures.start_of(m))), ""),
            "last": next((d for m in reversed(s.batches) if (d := pictures.start_of(m))), ""),
        }
        for s in rows
    ]


@require_safe
@gate("public")
def timeline(request: MarrowRequest) -> HttpResponse:
    rows = queries.series_of()
    drawn = pictures.timeline_of(
        rows, queries.dated_trips(), queries.runs_of(rows), timezone.localdate()
    )
    events = queries.events()
    page = {
        "timeline": drawn,
        "strip": pictures.strip_of(rows),
        "events": events,
        **_entries(request, events),
        "jubilees": queries.jubilees(timezone.localdate()),
    }
    return _show(request, "timeline", page)


@require_safe
@gate("public")
def programmes(request: MarrowRequest) -> HttpResponse:
    return _show(request, "programmes", {"programmes": queries.programmes()})


@require_safe
@gate("public")
def programme(request: MarrowRequest, key: str) -> HttpResponse:
    row = queries.programme_for(key)
    rows = queries.series_of(row)
    trips, trip_count = queries.trips_of(row)
    parts, honours, events = queries.parts_of(row), queries.honours(row), queries.events(row)
    donations = queries.donations(row)
    entries = [*honours, *events, *parts.agreements, *parts.consortia, *donations]
    told = queries.facts_about([row.pk, *(one.pk for one in entries)])
    facts = told[row.pk]
    page = {
        "programme": row,
        "anniversary": next_anniversary(row.started_on, timezone.localdate()),
        "this_year": of_year(row, timezone.localdate().year) if row.recurs else None,
        "parts": parts,
        "strip": pictures.strip_of(rows),
        "series": rows,
        "trips": trips,
        "trip_count": trip_count,
        "count": pictures.batches_of(rows),
        "facts": facts,
        "figures": figures(facts),
        "honours": honours,
        "streaks": queries.streaks(honours),
        "fallen": queries.fallen(row),
        "events": events,
        **_entries(request, entries, row, told),
        "donations": donations,
        "parts_to_add": PROGRAMME_PARTS,
        "remembered": REMEMBERED,
        "panels": panels(request, "archive.programme", row),
    }
    return _show(request, "programme", page)


@require_safe
@gate("public")
def series(request: MarrowRequest, series: UUID) -> HttpResponse:
    row = queries.series_for(series)
    missions = queries.missions_of_series(row)
    row.batches = [m for m in missions if m.number is not None]  # type: ignore[attr-defined]
    pauses = list(row.interruptions.all())
    facts = queries.facts_about([row.pk])[row.pk]
    page = {
        "series": row,
        "sent": pictures.sent_of(row)[0],
        "planned": pictures.sent_of(row)[1],
        "pause_facts": queries.facts_about([p.pk for p in pauses]),
        "name": pictures.series_name(row),
        "strip": pictures.strip_of([row]),
        "missions": missions,
        "interruptions": pauses,
        "figures": figures(facts),
        "facts": facts,
        "findings": _doubts(request, row.pk),
        "doubts_of_whole": doubts_of_whole(row.pk),
        **_leave(mine=changes(request.viewer, row.programme)),
        "may_enter": enters_batches(request.viewer, row),
    }
    return _show(request, "series", page)


def _chosen(request: MarrowRequest) -> dict[str, str]:
    """By what the list of missions is narrowed."""
    return {k: request.GET.get(k, "") for k in ("programme", "kind", "purpose", "tag")}


@require_safe
@gate("public")
def missions(request: MarrowRequest) -> HttpResponse:
    number = asked_number(request)
    chosen = _chosen(request)
    on_post = request.GET.get("on_post") == "1"
    rows, count, planned = queries.missions(**chosen, on_post=on_post, page=number)
    page = {
        "missions": rows,
        "count": count,
        "planned": planned,
        "number": number,
        "more": number * queries.PAGE < count,
        "chosen": chosen,
        "kinds": queries.KINDS,
        "purposes": queries.PURPOSES,
        "tags": queries.TAGS,
        "programmes": queries.programmes(),
    }
    return _show(request, "missions", page)


@require_safe
@gate("public")
def missions_table(request: MarrowRequest, ending: str) -> HttpResponseBase:
    """The list of batches and missions as it is filtered, as a file."""
    chosen = _chosen(request)
    rows = tables.mission_rows(**chosen, on_post=request.GET.get("on_post") == "1")
    return table_file(ending, "missions", tables.mission_header(), rows)


@require_safe
@gate("public")
def figures_table(request: MarrowRequest, ending: str) -> HttpResponseBase:
    """Every telling of every figure, as a file."""
    return table_file(ending, "figures", tables.figure_header(), tables.figure_rows())


@require_safe
@gate("public")
def mission(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = queries.mission_for(mission)
    parts = [row.pk, *(s.pk for s in row.sites.all()), *(u.pk for u in row.units.all())]
    honours = list(row.honours.select_related("programme__sender", "series__programme__sender"))
    donations = list(row.donations.select_related("programme__sender", "area"))
    facts, in_doubt = queries.facts_about(parts), doubted(parts)
    mark_doubted(facts, in_doubt)
    page = {
        "mission": row,
        "facts": facts,
        "mine": facts[row.pk],
        "figures": figures(facts[row.pk], in_doubt),
        "doubts_of_whole": doubts_of_whole(row.pk),
        "neighbours": queries.neighbours(row),
        "honours": honours,
        **_entries(request, [*honours, *donations], row),
        "donations": donations,
        "recorded": recorded_visits(row, 40),
        "may_record": records_for(request.viewer, row),
        "findings": _doubts(request, row.pk),
        "is_on_post": pictures.is_on_post(row),
        "panels": panels(request, "archive.mission", row),
        "parts_to_add": MISSION_PARTS,
    }
    return _show(request, "mission", page)


@require_safe
@gate("public")
def all_figures(request: MarrowRequest) -> HttpResponse:
    groups = queries.figure_groups()
    ids = [about for _shown, about in groups]
    drawn = figures_of(ids, doubted(ids))
    page = {
        "groups": [(shown, drawn[about]) for shown, about in groups if len(drawn[about]) > 1],
        "single": [(shown, drawn[about][0]) for shown, about in groups if len(drawn[about]) == 1],
    }
    return _show(request, "figures", page)


@require_safe
@gate("public")
def honours(request: MarrowRequest) -> HttpResponse:
    rows = queries.honours()
    real = [row for row in rows if not row.is_invented]
    page = {
        "honours": real, "invented": [row for row in rows if row.is_invented],
        "streaks": queries.streaks(real), "mottos": mottos(),
        **_entries(request, rows),
    }  # fmt: skip
    return _show(request, "honours", page)


@require_safe
@gate("public")
def memorial(request: MarrowRequest) -> HttpResponse:
    rows = queries.fallen()
    told = {"fallen": rows, "panels": panels(request, "archive.memorial", None)}
    return _show(request, "memorial", told)
