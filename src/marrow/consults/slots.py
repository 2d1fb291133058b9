"""What consults hand in: their records' words and locks, the rail, the panel of *Our hospital*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.consults import access, queries
from marrow.consults.models import Consult, Opinion, Outcome, Photo, Promised, Turning
from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.sources.sentences import DANGER
from marrow.sources.sentences import tell as tell_sentences
from marrow.sources.waiting import BY_ITS_ROOM, NARROWED
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import CARE, Entry, add
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "accepted_at": _("accepted"), "added_at": _("added"), "answer_by": _("answer wanted by"),
        "assigned_at": _("given"), "assigned_to": _("specialist"), "closed_at": _("closed"),
        "consent_by": _("who agreed"), "consent_how": _("how they agreed"),
        "consent_on": _("when they agreed"), "consult_id": _("case"), "height": _("height"),
        "photo_id": pgettext_lazy("column", "photograph"), "priority": _("urgency"),
        "sealed_age": _("age"),
        "sealed_question": _("question"), "sealed_reference": _("the hospital’s number"),
        "sealed_salt": _("salt of the fingerprint"), "sealed_sex": _("sex"),
        "sealed_story": pgettext_lazy("column", "the case"), "sealed_text": _("opinion"),
        "sealed_what": _("outcome"),
        "specialist": _("specialist"), "submitted_at": _("sent"), "told_at": _("told"),
        "told_by": _("told by"), "turned_at": _("given back"), "why": _("why"),
        "why_not": _("why not"), "width": _("width"),
    }
)  # fmt: skip
add(
    Entry(
        45, _("Consults"), "consults:index",
        ("recipient", "head", "leader", "member", "specialist", "office", "auditor"),
        group=CARE,
    )
)  # fmt: skip


def _case(row: Any) -> UUID:
    pk: UUID = row.pk if isinstance(row, Consult) else row.consult_id
    return pk


def _page(row: Record) -> str:
    return reverse("consults:case", args=[_case(row)])


def _sees(viewer: Viewer, rows: Sequence[Any]) -> set[UUID]:
    seen = access.sees_cases(viewer, {_case(row) for row in rows})
    return {row.pk for row in rows if _case(row) in seen}


def _numbers(rows: Sequence[Any]) -> list[str]:
    """A number alone: a name of a case would say whose it is."""
    return [str(row.number if isinstance(row, Consult) else row.consult.number) for row in rows]


def _served(viewer: Viewer) -> Q:
    """The work of cases is of the office whose teams serve at that hospital."""
    return Q(organisation__in=hospitals_served(viewer).values("pk"))


def _whose(viewer: Viewer) -> Q:
    """A specialist is called to a case that they might take, or have."""
    mine = access.cases_for(viewer).filter(assigned_to=viewer.person, state="ASSIGNED")
    called = Q(about__in=access.queue_for(viewer).values("pk")) | Q(about__in=mine.values("pk"))
    return Q(role="office") | (Q(role="specialist") & called)


NARROWED["CONSULT_LATE_"] = _whose
LATE = ("CONSULT_LATE_1", "CONSULT_LATE_2", "CONSULT_LATE_OFFER")
#: only an answer, or its end, ends these
BY_ITS_ROOM.update(LATE)
DANGER.update(LATE)
tell_sentences(
    {
        "CONSULT_LATE_1": names(
            "Case {number} was to be answered by {since}. Find a specialist.",
            "病例{number}应于{since}前答复。请联系专家。",
            "Le cas {number} devait avoir sa réponse avant le {since}. Trouvez un spécialiste.",
        ),
        "CONSULT_LATE_2": names(
            "Case {number} still has no answer (wanted by {since}). Call a specialist by telephone,"
            " or say that nobody can.",
            "病例{number}仍未答复（应于{since}前）。请电话联系专家，或告知无人能答复。",
            "Le cas {number} n’a toujours pas de réponse (attendue avant le {since}). Appelez un"
            " spécialiste par téléphone, ou dites que personne ne peut.",
        ),
        "CONSULT_LATE_OFFER": names(
            "Case {number} is past the time of its answer ({since}). Whoever can, answers it.",
            "病例{number}已超过答复时限（{since}）。请能答复者尽快答复。",
            "Le cas {number} a dépassé l’heure de sa réponse ({since}). Qui le peut répond.",
        ),
    },
    {code: names("a case without an answer", "病例未答复", "cas sans réponse") for code in LATE},
)


for model, word in (
    (Consult, _("remote consultation")), (Photo, _("photograph of a case")),
    (Promised, _("photograph of a case, on its way")),
    (Turning, _("case given back")), (Opinion, _("opinion")), (Outcome, _("outcome")),
):  # fmt: skip
    tell(
        Subject(
            model, word, _page, may_change=lambda _viewer, _row: False, sees=_sees,
            may_see=lambda viewer, row: bool(_sees(viewer, [row])), names=_numbers,
            related=() if model is Consult else ("consult",),
            mine=_served if model is Consult else None,
        )
    )  # fmt: skip


def _at_hospital(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    lines = queries.asked_at(request.viewer, organisation, timezone.now())
    return {"lines": lines, "organisation": organisation}


hand_in("desk.hospital", "consults/hospital_panel.html", _at_hospital)
