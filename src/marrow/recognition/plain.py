"""Certificates, ceremonies and names of the fallen as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.core.viewer import Viewer
from marrow.programmes.models import Event
from marrow.recognition import access, queries
from marrow.recognition.models import AgendaItem, Certificate, Consent, Honouree, Remembered
from marrow.recognition.queries.remembered import Kept

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
CERTIFICATE = (
    "id", "number", "names", "mission_names", "started_on", "ended_on", "days", "issued_on",
    "issuer", "signed_by", "signed_by_names", "languages", "withdrawn_on", "reason",
)  # fmt: skip
PROOF = (
    "number", "names", "mission_names", "started_on", "ended_on", "days", "issued_on", "issuer",
    "withdrawn_on",
)  # fmt: skip


def certificates(viewer: Viewer, mission: UUID) -> Rows:
    """All of a team, withdrawn ones too: for its office and auditors."""
    row = access.mission_of_certificates(viewer, mission)
    return access.certificates().filter(assignment__seat__mission=row)


def certificate(viewer: Viewer, certificate: UUID) -> Told:
    return certificate_told(access.certificate_for(viewer, certificate))


def certificate_told(row: Certificate) -> Told:
    told = {c: getattr(row, c) for c in CERTIFICATE}
    return {**told, "code": row.grouped_code, "assignment": row.assignment_id}


def proof(code: str) -> Told:
    """What a code proves: nothing but what stands on the paper, and whether it holds."""
    row = queries.certificate_with_code(code)
    if row is None:
        raise Unseen(_("There is no certificate with this code."))
    return {c: getattr(row, c) for c in PROOF}


def ceremonies(viewer: Viewer) -> Rows:
    """Ceremonies, and other meetings at which somebody was honoured."""
    rows = access.events_for(viewer).annotate(
        groups=Count("honourees", filter=Q(honourees__kind="GROUP")),
        persons=Count("honourees", filter=Q(honourees__kind="PERSON")),
    )
    return rows.filter(Q(kind=Event.Kind.CEREMONY) | Q(groups__gt=0) | Q(persons__gt=0))


def _programme(row: Event) -> str | None:
    return row.programme.key if row.programme else None


def ceremony_line(row: Any) -> Told:
    return {
        "id": row.pk, "programme": _programme(row), "names": row.names, "kind": row.kind,
        "held_on": row.held_on, "groups": row.groups, "persons": row.persons,
    }  # fmt: skip


def ceremony(viewer: Viewer, event: UUID) -> Told:
    """A ceremony with its order of the day and its list."""
    row = access.event_to_see(viewer, event)
    page = queries.ceremony_page(viewer, row)
    seen = page["seen"]
    return {
        "id": row.pk, "programme": _programme(row), "names": row.names, "kind": row.kind,
        "held_on": row.held_on, "agenda": [point_told(one) for one in page["agenda"]],
        "groups": [honouree_told(one, seen) for one in page["groups"]],
        "persons": [honouree_told(one, seen) for one in page["persons"]],
    }  # fmt: skip


def point_told(row: AgendaItem) -> Told:
    return {"at": row.begins_at, "what": row.agenda_point, "who": row.agenda_who}


def agenda(viewer: Viewer, event: UUID) -> Told:
    row = access.event_to_see(viewer, event)
    return {"items": [point_told(one) for one in AgendaItem.objects.filter(event=row)]}


def honouree_told(row: Honouree, seen: set[UUID]) -> Told:
    """`person` is null where the caller may not read who it is, or nobody known is meant."""
    return {
        "id": row.pk, "kind": row.kind, "rank": row.rank, "name": row.name_told,
        "unit": row.unit_told, "award": row.award, "mission": row.mission_id,
        "person": row.person_id if row.person_id in seen else None,
    }  # fmt: skip


def names(viewer: Viewer) -> list[Told]:
    """Every name that this office keeps, under the number that a source gives."""
    return [
        {
            "fallen": row.pk, "programme": row.programme.key, "area": row.area.code,
            "persons": row.persons, "remembered": [_kept(one) for one in kept],
        }
        for row, kept in queries.kept_names(viewer)
    ]  # fmt: skip


def _kept(one: Kept) -> Told:
    consents = [*([one.holds] if one.holds else []), *one.ended]
    return {
        **remembered_told(one.row), "name": one.row.name or "", "words": one.row.words or "",
        "consents": [consent_told(c) for c in consents],
    }  # fmt: skip


def remembered_told(row: Remembered) -> Told:
    """That somebody is remembered; what is sealed is only read."""
    return {"id": row.pk, "fallen": row.fallen_id, "fell_on": row.fell_on}


def consent_told(row: Consent) -> Told:
    return {
        "id": row.pk, "covers": row.covers, "given_on": row.given_on,
        "withdrawn_on": row.withdrawn_on,
    }  # fmt: skip
