"""The sealed bytes of photographs: a table beside the journal, which names each photograph."""

from __future__ import annotations

from marrow.consults.models import Photo, PhotoBytes
from marrow.core.secrets import sealed_bytes


def keep_bytes(photo: Photo, data: bytes) -> None:
    """Within the act that adds the photograph: both are there, or neither."""
    place = f"consults.photo:{photo.pk}".encode()
    PhotoBytes.objects.create(photo=photo, sealed=sealed_bytes(photo.consult_id, place, data))


def lose_bytes(photo: Photo) -> None:
    PhotoBytes.objects.filter(photo=photo).delete()
