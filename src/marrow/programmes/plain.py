"""Programmes and series as plain values, as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.directory.access import area_for
from marrow.programmes.access import agreement_for, event_for, programme_for
from marrow.programmes.models import ConsortiumLink, Interruption, Programme, Series, Speaker

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
Row = Mapping[str, Any]
PROGRAMME = (
    "id", "key", "kind", "names", "sender__code", "authority_id", "started_on", "ended_on",
    "status", "recurs", "rest_months", "invented",
)  # fmt: skip
SERIES = ("id", "key", "programme__key", "names", "recipient_area__code", "recipient_id", "track",
          "since")  # fmt: skip
PARTNERSHIP = (
    "id", "mode", "status", "sender_area__code", "sender_id", "sender_department_id",
    "recipient_area__code", "recipient_id", "recipient_department_id", "starts_on", "ends_on",
)  # fmt: skip


def programmes(*, kind: str = "", status: str = "") -> Rows:
    rows = Programme.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    found: Rows = rows.values(*PROGRAMME)
    return found


def programme(key: str) -> Told:
    row = Programme.objects.filter(key=key).values(*PROGRAMME).first()
    if row is None:
        raise Unseen(_("There is no such programme."))
    return programme_told(row)


def programme_told(row: Row) -> Told:
    told = dict(row)
    told["sender"], told["authority"] = told.pop("sender__code"), told.pop("authority_id")
    return told


AGREEMENT = ("id", "names", "signed_on", "starts_on", "ends_on", "parties")
EVENT = ("id", "kind", "names", "held_on", "place")
SPEAKER = ("names", "office", "spoke", "rank")


def agreement(agreement: UUID) -> Told:
    row = agreement_for(agreement)
    return {c: getattr(row, c) for c in AGREEMENT}


def event(event: UUID) -> Told:
    row = event_for(event)
    spoke = sorted(row.speakers.all(), key=lambda s: s.rank)
    speakers = [{c: getattr(s, c) for c in SPEAKER} for s in spoke]
    return {**{c: getattr(row, c) for c in EVENT}, "speakers": speakers}


def parts_of(key: str) -> Told:
    """What hangs on a programme: goals, tasking chain, agreements, partnerships, events."""
    row = programme_for(key)
    links = ConsortiumLink.objects.filter(consortium__programme=row)
    speakers = Speaker.objects.filter(event__programme=row)
    led = _all(links, "id", "consortium_id", "upper_id", "lower_id", "lower_area__code")
    spoke = _all(speakers, "event_id", *SPEAKER)
    return {
        "goals": _all(row.goals, "id", "code", "names"),
        "taskings": _all(row.taskings, "id", "organisation_id", "role", "rank"),
        "agreements": _all(row.agreements, *AGREEMENT),
        "partnerships": _all(row.partnerships, *PARTNERSHIP),
        "consortia": [
            {**whole, "links": _of(whole["id"], "consortium", led)}
            for whole in _all(row.consortia, "id", "names")
        ],
        "events": [
            {**event, "speakers": _of(event["id"], "event", spoke)}
            for event in _all(row.events, *EVENT)
        ],
    }


def _all(rows: Any, *columns: str) -> list[Told]:
    """Rows of a table: `sender_area__code` is called `sender_area`, `sender_id` `sender`."""
    return [
        {name.removesuffix("__code").removesuffix("_id"): value for name, value in row.items()}
        for row in rows.order_by("id").values(*columns)
    ]


def _of(whole: UUID, name: str, parts: list[Told]) -> list[Told]:
    """The parts of one whole, without its id."""
    return [{k: v for k, v in p.items() if k != name} for p in parts if p[name] == whole]


def series(*, programme: str = "", recipient: str = "") -> Rows:
    rows = Series.objects.all()
    if programme:
        rows = rows.filter(programme__key=programme)
    if recipient:
        rows = rows.filter(recipient_area__path__startswith=area_for(recipient).path)
    found: Rows = rows.values(*SERIES)
    return found


def one_series(series: UUID) -> Told:
    row = Series.objects.filter(pk=series).values(*SERIES).first()
    if row is None:
        raise Unseen(_("There is no such series."))
    pauses = Interruption.objects.filter(series=series).order_by("stopped_on", "id")
    told = list(pauses.values("id", "stopped_on", "resumed_on", "reason"))
    return {**series_told(row), "pauses": told}


def series_told(row: Row) -> Told:
    told = dict(row)
    told["programme"] = told.pop("programme__key")
    told["recipient_area"] = told.pop("recipient_area__code")
    told["recipient"] = told.pop("recipient_id")
    return told
