"""Photographs of records: which there are, and which of their bytes have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from marrow.activity.models import Picture
from marrow.sync.uploads import picture_of, sent_files


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph as a page shows it; without sizes (pixels) its bytes are still on a phone."""

    pk: UUID
    width: int | None
    height: int | None


def pictures_of(deeds: Iterable[UUID]) -> dict[UUID, list[Shot]]:
    """The photographs of records, in the order in which they were added."""
    rows = Picture.objects.filter(deed__in=set(deeds), void_reason="").order_by("added_at", "pk")
    held = list(rows)
    come = sent_files(row.sha256 for row in held) if held else {}
    found: dict[UUID, list[Shot]] = defaultdict(list)
    for row in held:
        file = come.get(row.sha256)
        size = (file.width, file.height) if file else (None, None)
        found[row.deed_id].append(Shot(row.pk, *size))
    return found


def bytes_of(row: Picture) -> bytes | None:
    """Its JPEG; None while it is on its way, or where it can be read no more."""
    file = sent_files([row.sha256]).get(row.sha256)
    return picture_of(file) if file else None


def has_picture(sha256: str) -> bool:
    """Whether a record has this photograph, named as phones name it."""
    return Picture.objects.filter(sha256=sha256, void_reason="").exists()
